import { createHash } from 'node:crypto';

import { readForm } from '#main/http/read-form.ts';
import type { RawDelivery } from '#shared/provider/delivery.ts';
import type { WebhookGuard } from '#shared/provider/provider.ts';

import { isSigned } from './signature.ts';
import { sid } from './wire-types.ts';

/** Instructions that hold nothing: the carrier is to answer the text with nothing. Callbacks do not read it. */
const doNothing = '<?xml version="1.0" encoding="UTF-8"?><Response></Response>';

/**
 * The guard of a connection's hooks. Besides the current token, the one before it is good too where it is given, so that a
 * rotation loses nothing. A replay is known by its key alone: the carrier signs no time.
 */
export function openGuard(tokens: readonly string[]): WebhookGuard {
  return {
    authenticate: (raw) => (isSigned(raw, tokens) ? 'authentic' : 'forged'),
    dedupeKey,
    reply: () => ({ status: 200, type: 'text/xml', body: doNothing }),
  };
}

/** The id with the status, where both can be read; a call that cannot be understood is known by its address and bytes. */
function dedupeKey({ url, body }: RawDelivery): string {
  const fields = readForm(body);
  const [kind, status] = fields?.has('CallSid')
    ? (['CallSid', 'CallStatus'] as const)
    : (['MessageSid', 'MessageStatus'] as const);
  const id = sid.safeParse(fields?.get(kind));
  const word = /^[\w-]{0,40}$/.exec(fields?.get(status) ?? fields?.get('SmsStatus') ?? '')?.[0];
  if (id.success && word !== undefined) return `${kind} ${id.data} ${word}`;
  return `body ${createHash('sha256').update(url).update('\0').update(body).digest('hex')}`;
}
