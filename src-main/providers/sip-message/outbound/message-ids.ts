import { randomBytes } from 'node:crypto';

import type { Thread } from '../agent/write-request.ts';

/** The id of a text out: there is none from the carrier, so the request's own, by which its records name it. */
export function outboundIdOf({ callId, cseq }: Thread): string {
  return `${callId} ${cseq}`;
}

/** An id for CPIM: our uid, by which a receipt finds its text, and a part that no other try of the same text has. */
export function newMessageId(uid: string): string {
  return `${uid}.${randomBytes(6).toString('hex')}`;
}
