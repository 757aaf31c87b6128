import type { SessionRoad } from '#shared/provider/provider.ts';

import type { Arrived } from '../agent/agent.ts';
import type { Answer } from '../agent/write-answer.ts';
import { contentTypeOf } from '../wire/content-type.ts';
import { contentEncodingOf, contentEncodings } from '../wire/inflate-body.ts';
import { type SipHeader, headersOf } from '../wire/message.ts';
import { splitList } from '../wire/split-list.ts';
import { within } from '../within.ts';
import { identityOf } from './identity.ts';

/** What a session lends to the taking of its requests. */
export type Taking = {
  readonly road: SessionRoad;
  /** Only a flow that the server knows us on may bring texts. */
  isRegistered(): boolean;
  /** Counts the texts being stored. */
  readonly storing: { count: number };
};

/* Milliseconds: the other side gives up after 32 s, and would rather know before. */
const storeWithin = 10_000;
const mostAtOnce = 100;

const allow: SipHeader = ['Allow', 'MESSAGE, OPTIONS'];
const accepted = ['text/plain', 'text/html', 'message/cpim', 'message/imdn+xml'];
const accept: SipHeader = [
  'Accept',
  [...accepted, 'multipart/mixed', 'multipart/alternative'].join(', '),
];
const notices = ['application/im-iscomposing+xml'];

const answers = {
  taken: { status: 200, reason: 'OK' },
  abilities: { status: 200, reason: 'OK', headers: [allow, accept] },
  notHere: { status: 480, reason: 'Temporarily Unavailable' },
  notStored: { status: 503, reason: 'Service Unavailable', headers: [['Retry-After', '5']] },
  noSuchCall: { status: 481, reason: 'Call/Transaction Does Not Exist' },
  notAllowed: { status: 405, reason: 'Method Not Allowed', headers: [allow] },
  otherType: { status: 415, reason: 'Unsupported Media Type', headers: [accept] },
  otherEncoding: {
    status: 415,
    reason: 'Unsupported Media Type',
    headers: [['Accept-Encoding', contentEncodings.join(', ')]],
  },
} as const satisfies Record<string, Answer>;

/** Answers a request that came over a session. A text is answered with 200 once it is durable, never before. Never rejects. */
export async function takeRequest(taking: Taking, arrived: Arrived): Promise<Answer | null> {
  const { request } = arrived;
  const wanted = headersOf(request, 'require').flatMap((value) => splitList(value));
  if (request.method !== 'ACK' && wanted.length > 0)
    return { status: 420, reason: 'Bad Extension', headers: [['Unsupported', wanted.join(', ')]] };
  switch (request.method) {
    case 'MESSAGE':
      return await takeMessage(taking, arrived);
    case 'OPTIONS':
      return answers.abilities;
    case 'ACK':
      return null;
    case 'INVITE':
      /* Calls on the number are taken elsewhere; this branch of them ends, and no other. */
      return answers.notHere;
    case 'BYE':
    case 'CANCEL':
      return answers.noSuchCall;
    default:
      return answers.notAllowed;
  }
}

async function takeMessage(taking: Taking, arrived: Arrived): Promise<Answer> {
  if (!taking.isRegistered()) return answers.notHere;
  const { request } = arrived;
  if (!contentEncodings.includes(contentEncodingOf(request))) return answers.otherEncoding;
  const { type } = contentTypeOf(request);
  if (notices.includes(type)) return answers.taken;
  if (!accepted.includes(type) && !type.startsWith('multipart/')) return answers.otherType;
  if (taking.storing.count >= mostAtOnce) return answers.notStored;
  const stored = await within(store(taking, arrived), storeWithin);
  return stored === true ? answers.taken : answers.notStored;
}

async function store({ road, storing }: Taking, arrived: Arrived): Promise<boolean> {
  const { bytes, request, envelope } = arrived;
  const key = `message ${identityOf(request, envelope)}`;
  storing.count += 1;
  try {
    await road.append({ body: bytes, headers: { 'content-type': 'message/sip' }, key });
    return true;
  } catch {
    return false;
  } finally {
    storing.count -= 1;
  }
}
