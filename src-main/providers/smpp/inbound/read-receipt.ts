import { UnreadableDelivery } from '#shared/provider/delivery.ts';

import { decodeContent } from '../content/decode-content.ts';
import { readAddress } from '../content/numbers.ts';
import { unwrap } from '../content/place-of-part.ts';
import type { Profile } from '../profile.ts';
import type { MessageBody } from '../wire/message-body.ts';
import { numberIn, tags } from '../wire/tlvs.ts';
import { shareId } from './message-ids.ts';
import { type Stand, standOf, stateInTlvs } from './receipt-state.ts';
import { readReceiptText } from './receipt-text.ts';

/** What a receipt is about. */
export type Receipt = {
  readonly id: string;
  /** What we had numbered the part, where the carrier says it back. */
  readonly mark: number | null;
  /** The two numbers it is between, ours and theirs, in whatever order the carrier has them. */
  readonly numbers: readonly string[];
  /** What else it tells of the text, in the carrier's form; null where it does not. */
  readonly submitted: string | null;
  readonly words: string | null;
  /** Null where the receipt's word is not known. */
  readonly stand: Stand | null;
};

/** What stands in a receipt stands at its beginning. */
const longestReceipt = 2_000;

type Habits = Pick<Profile, 'alphabet' | 'idFormat'>;

/** Reads a receipt by its optional parameters, and by its text where they say nothing. @throws UnreadableDelivery */
export function readReceipt(message: MessageBody, { alphabet, idFormat }: Habits): Receipt {
  const { tlvs, dataCoding } = message;
  const text = decodeContent(unwrap(message).octets, { dataCoding, alphabet });
  const said = readReceiptText(text?.slice(0, longestReceipt) ?? '');
  const id = idInTlvs(message) ?? said.id;
  if (id === null) throw new UnreadableDelivery('the receipt names no message');
  const inTlvs = stateInTlvs(tlvs);
  const stat = inTlvs?.isKnown === true ? inTlvs.word : (said.stat ?? inTlvs?.word ?? null);
  if (stat === null) throw new UnreadableDelivery('the receipt names no state');
  return {
    id: shareId(id, idFormat, 'in-receipt'),
    mark: numberIn(tlvs, tags.userMessageReference, 2),
    numbers: [readAddress(message.source), readAddress(message.destination)],
    submitted: said.submitted,
    words: said.words,
    stand: standOf(stat, { err: said.err, tlvs }),
  };
}

function idInTlvs({ tlvs }: MessageBody): string | null {
  const octets = tlvs.get(tags.receiptedMessageId);
  if (octets === undefined) return null;
  const id = String.fromCharCode(...octets.subarray(0, 65)).replace(/\0.*$/s, '');
  return id === '' ? null : id;
}
