import { createHash } from 'node:crypto';

import type { WebhookGuard } from '#shared/provider/provider.ts';

/** Texts come over the session alone, so whatever calls a hook of this carrier is not the carrier. */
export const closedGuard: WebhookGuard = {
  authenticate: () => 'forged',
  dedupeKey: ({ body }) => `body ${createHash('sha256').update(body).digest('hex')}`,
  reply: () => ({ status: 404, type: 'text/plain', body: '' }),
};
