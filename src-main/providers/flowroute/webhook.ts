import { createHash } from 'node:crypto';

import { readJson } from '#main/http/read-json.ts';
import type { RawDelivery } from '#shared/provider/delivery.ts';
import type { WebhookGuard } from '#shared/provider/provider.ts';

import { unwrap } from './read-delivery.ts';
import { callbackShape, oldTextShape } from './wire-types.ts';

/**
 * The carrier signs nothing: who knows the secret in the hook's path, which the intake has checked, may put something into
 * the log, and nothing in it is believed before the carrier's own record confirms it.
 */
export const guard: WebhookGuard = {
  authenticate: () => 'authentic',
  dedupeKey,
  // Any other status, other 2xx included, has the carrier call again.
  reply: () => ({ status: 200, type: 'application/json', body: '{}' }),
};

/** A message is known by its id, a receipt by what it says too; a call that cannot be understood by its bytes. */
function dedupeKey({ body }: RawDelivery): string {
  const content = unwrap(readJson(body));
  const old = oldTextShape.safeParse(content).data;
  if (old !== undefined) return `message ${old.id}`;
  const callback = callbackShape.safeParse(content).data;
  if (callback === undefined) return `body ${digest(body)}`;
  const { data } = callback;
  if (data.type === 'message') return `message ${data.id}`;
  const { level, status, status_code: code, timestamp } = data.attributes;
  return `receipt ${data.id} ${digest(JSON.stringify([level, status, code, timestamp]))}`;
}

function digest(content: string | Uint8Array): string {
  return createHash('sha256').update(content).digest('hex');
}
