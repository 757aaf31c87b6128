import { randomBytes } from 'node:crypto';

import {
  type SipHeader,
  type SipRequest,
  type SipResponse,
  headerOf,
  headersOf,
} from '../wire/message.ts';

/** What a request is answered with, before it is bound to the request. */
export type Answer = {
  readonly status: number;
  readonly reason: string;
  readonly headers?: readonly SipHeader[];
};

/** The response to a request (RFC 3261 8.2.6), sent back over the flow it came by. */
export function writeAnswer(request: SipRequest, answer: Answer): SipResponse {
  const copied = ['From', 'Call-ID', 'CSeq'].flatMap((name): SipHeader[] => {
    const value = headerOf(request, name.toLowerCase());
    return value === undefined ? [] : [[name, value]];
  });
  const via = headersOf(request, 'via').map((value): SipHeader => ['Via', value]);
  const to = headerOf(request, 'to') ?? '';
  const tagged = /;\s*tag=/i.test(to) ? to : `${to};tag=${randomBytes(8).toString('hex')}`;
  return {
    kind: 'response',
    status: answer.status,
    reason: answer.reason,
    headers: [...via, ['To', tagged], ...copied, ...(answer.headers ?? [])],
    body: new Uint8Array(0),
  };
}
