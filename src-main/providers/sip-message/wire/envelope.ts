import { type NameAddress, readNameAddress } from './address.ts';
import { MalformedMessage, type SipMessage, headerOf, headersOf } from './message.ts';
import { readParameters, splitList } from './split-list.ts';

/** What every message must carry (RFC 3261 8.1.1), read. */
export type Envelope = {
  readonly via: Via;
  readonly from: NameAddress;
  readonly to: NameAddress;
  readonly callId: string;
  readonly cseq: { readonly number: number; readonly method: string };
};

/** The topmost Via, and how many there are. */
export type Via = {
  readonly sentBy: string;
  readonly branch: string;
  readonly count: number;
};

/** @throws MalformedMessage that names the header */
export function readEnvelope(message: SipMessage): Envelope {
  const cseq = readCSeq(mustHave(message, 'cseq'));
  if (message.kind === 'request' && message.method !== cseq.method)
    throw new MalformedMessage('CSeq is of another method');
  const callId = mustHave(message, 'call-id');
  if (!/^[\x21-\x7e]{1,512}$/.test(callId)) throw new MalformedMessage('Call-ID cannot be read');
  return {
    via: readVia(message),
    from: readNameAddress(mustHave(message, 'from')),
    to: readNameAddress(mustHave(message, 'to')),
    callId,
    cseq,
  };
}

function mustHave(message: SipMessage, name: string): string {
  const value = headerOf(message, name);
  if (value === undefined) throw new MalformedMessage(`the header ${name} is missing`);
  return value;
}

function readCSeq(value: string): Envelope['cseq'] {
  const [, number, method] = /^(\d{1,10})\s+([A-Za-z0-9.!%*_+`'~-]{1,32})$/.exec(value) ?? [];
  if (method === undefined || Number(number) >= 2 ** 31)
    throw new MalformedMessage('CSeq cannot be read');
  return { number: Number(number), method };
}

function readVia(message: SipMessage): Via {
  const all = headersOf(message, 'via').flatMap((value) => splitList(value));
  const [sent = '', ...parameters] = splitList(all[0] ?? '', ';');
  const [, sentBy] = /^SIP\s*\/\s*2\.0\s*\/\s*[A-Za-z0-9-]+\s+(\S.*)$/i.exec(sent) ?? [];
  if (sentBy === undefined) throw new MalformedMessage('Via is missing or cannot be read');
  const branch = readParameters(parameters).get('branch') ?? '';
  return { sentBy: sentBy.toLowerCase(), branch, count: all.length };
}
