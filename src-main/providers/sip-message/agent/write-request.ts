import { randomBytes, randomUUID } from 'node:crypto';

import type { Flow } from '../flow/flow.ts';
import type { SipHeader, SipRequest } from '../wire/message.ts';

/** What is to be asked, before it is bound to a flow. */
export type Question = {
  readonly method: 'REGISTER' | 'OPTIONS' | 'MESSAGE';
  /** The request's address. */
  readonly uri: string;
  /** Addresses without brackets. */
  readonly from: string;
  readonly to: string;
  /** Headers beyond those every request has. */
  readonly headers: readonly SipHeader[];
  readonly body: Uint8Array;
};

/**
 * What holds requests together that are one: a question asked again with an answered challenge (RFC 3261 22.2), and every
 * renewal of a registration (10.2.4). `cseq` is the number of the last request.
 */
export type Thread = { readonly callId: string; readonly tag: string; cseq: number };

export const newThread = (): Thread => ({
  callId: randomUUID(),
  tag: randomBytes(8).toString('hex'),
  cseq: 0,
});

export const newBranch = (): string => `z9hG4bK${randomBytes(12).toString('hex')}`;

type Bound = { readonly flow: Flow; readonly thread: Thread; readonly branch: string };

/** The request as it goes over this flow. */
export function writeRequest(question: Question, { flow, thread, branch }: Bound): SipRequest {
  const { method, uri, from, to, headers, body } = question;
  const rport = flow.reliable ? '' : ';rport';
  return {
    kind: 'request',
    method,
    uri,
    headers: [
      ['Via', `SIP/2.0/${flow.transport} ${flow.local};branch=${branch}${rport}`],
      ['Max-Forwards', '70'],
      ['From', `<${from}>;tag=${thread.tag}`],
      ['To', `<${to}>`],
      ['Call-ID', thread.callId],
      ['CSeq', `${thread.cseq} ${method}`],
      ['User-Agent', 'Trunkline'],
      ...headers,
    ],
    body,
  };
}
