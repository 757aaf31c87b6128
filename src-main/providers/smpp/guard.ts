import type { WebhookGuard } from '#shared/provider/provider.ts';

/** Nothing comes in by webhook: whatever does is not the carrier's. */
export const closedGuard: WebhookGuard = {
  authenticate: () => 'forged',
  dedupeKey: () => '',
  reply: () => ({ status: 403, type: 'text/plain', body: '' }),
};
