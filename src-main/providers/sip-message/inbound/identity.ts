import { createHash } from 'node:crypto';

import { readUri } from '../wire/address.ts';
import { contentTypeOf } from '../wire/content-type.ts';
import { cpimHeaderOf, imdnNamespace, parseCpim } from '../wire/cpim.ts';
import type { Envelope } from '../wire/envelope.ts';
import { inflateBody } from '../wire/inflate-body.ts';
import { MalformedMessage, type SipRequest } from '../wire/message.ts';

const longestId = 200;

/**
 * What a MESSAGE and its repetitions have in common: the id its sender gave it (RFC 5438 6.3), else Call-ID, CSeq and the tag
 * of From. Printable ASCII, at most 200 characters.
 */
export function identityOf(request: SipRequest, { callId, cseq, from }: Envelope): string {
  const given = givenId(request);
  const id =
    given === null
      ? `${callId} ${cseq.number} ${from.parameters.get('tag') ?? ''}`
      : `${given} ${readUri(from.uri)?.user ?? from.uri}`;
  if (id.length <= longestId && /^[\x20-\x7e]+$/.test(id)) return id;
  return createHash('sha256').update(id).digest('hex');
}

function givenId(request: SipRequest): string | null {
  if (contentTypeOf(request).type !== 'message/cpim') return null;
  try {
    const cpim = parseCpim(inflateBody(request));
    return cpimHeaderOf(cpim, imdnNamespace, 'Message-ID') ?? null;
  } catch (error) {
    if (error instanceof MalformedMessage) return null;
    throw error;
  }
}
