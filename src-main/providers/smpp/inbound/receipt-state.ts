import type { ReceiptState } from '#shared/provider/delivery.ts';
import type { FailureKind, SendFailure } from '#shared/provider/send-failure.ts';

import { type Tlvs, numberIn, tags } from '../wire/tlvs.ts';

/** The words of message_state (SMPP 3.4 §5.2.28), as they stand in receipts. */
const stateNames: readonly (string | undefined)[] = [
  undefined,
  'ENROUTE',
  'DELIVRD',
  'EXPIRED',
  'DELETED',
  'UNDELIV',
  'ACCEPTD',
  'UNKNOWN',
  'REJECTD',
];

type Meaning = { readonly state: ReceiptState; readonly kind: FailureKind | null };

const meanings: ReadonlyMap<string, Meaning> = new Map([
  ['ENROUTE', { state: 'sent', kind: null }],
  ['DELIVRD', { state: 'delivered', kind: null }],
  ['EXPIRED', { state: 'failed', kind: 'expired' }],
  ['DELETED', { state: 'failed', kind: 'unmapped' }],
  ['UNDELIV', { state: 'failed', kind: 'unreachable' }],
  ['ACCEPTD', { state: 'sent', kind: null }],
  ['UNKNOWN', { state: 'sent', kind: null }],
  ['REJECTD', { state: 'failed', kind: 'filtered' }],
]);

/** Causes the mobile network itself gives (GSM MAP, 3GPP TS 29.002), where they say more than the state. */
const gsmCauses: ReadonlyMap<number, FailureKind> = new Map([
  [1, 'unknown-number'],
  [5, 'unknown-number'],
  [6, 'unreachable'],
  [27, 'unreachable'],
  [31, 'unreachable'],
  [34, 'carrier-trouble'],
]);
const gsm = 3;

/** What a receipt's words say of the text. */
export type Stand = { readonly state: ReceiptState; readonly failure: SendFailure | null };

/** Where the text stands by the receipt; null where its word is not known, for then it says nothing. */
export function standOf(
  stat: string,
  { err, tlvs }: { err: string | null; tlvs: Tlvs },
): Stand | null {
  const meaning = meanings.get(stat);
  if (meaning === undefined) return null;
  const { state, kind } = meaning;
  if (kind === null) return { state, failure: null };
  const cause = networkCause(tlvs);
  const raw = [stat, err === null ? null : `err:${err}`, cause?.words ?? null];
  return {
    state,
    failure: { kind: cause?.kind ?? kind, raw: raw.filter((part) => part !== null).join(' ') },
  };
}

type Cause = { readonly kind: FailureKind | null; readonly words: string };

function networkCause(tlvs: Tlvs): Cause | null {
  const [network, high = 0, low = 0, ...more] = tlvs.get(tags.networkErrorCode) ?? [];
  if (network === undefined || more.length > 0) return null;
  const code = high * 256 + low;
  const kind = network === gsm ? (gsmCauses.get(code) ?? null) : null;
  return { kind, words: `network ${network} code ${code}` };
}

/** The word for the state in a receipt's optional parameter, known or not; null where it has none. */
export function stateInTlvs(
  tlvs: Tlvs,
): { readonly word: string; readonly isKnown: boolean } | null {
  const state = numberIn(tlvs, tags.messageState, 1);
  if (state === null) return null;
  const word = stateNames[state];
  return { word: word ?? `STATE ${state}`, isKnown: word !== undefined };
}
