import {
  type DeliveryEvent,
  type RawDelivery,
  type ReceiptReceived,
  UnreadableDelivery,
} from '#shared/provider/delivery.ts';
import { failureKindSchema } from '#shared/provider/send-failure.ts';

import { decodeContent } from '../content/decode-content.ts';
import { readAddress } from '../content/numbers.ts';
import { unwrap } from '../content/place-of-part.ts';
import type { Profile } from '../profile.ts';
import { commandIds } from '../wire/command-ids.ts';
import { MalformedPdu } from '../wire/malformed-pdu.ts';
import { type MessageBody, decodeData, decodeDeliver } from '../wire/message-body.ts';
import { type Pdu, decodePdu } from '../wire/pdu.ts';
import { type ArrivalNotes, readNotes } from './arrival-notes.ts';
import { kindOfMessage } from './kind-of-message.ts';
import { readReceipt } from './read-receipt.ts';
import { receiptOf } from './receipt-of.ts';

/** What reading depends on beside the octets. */
export type Habits = Pick<Profile, 'alphabet' | 'idFormat'> & {
  /** Our numbers on this connection. */
  readonly numbers: readonly string[];
};

/** What came in over the session says. @throws UnreadableDelivery that names the field, never its content */
export function readDelivery(raw: RawDelivery, habits: Habits): readonly DeliveryEvent[] {
  const notes = readNotes(raw.headers);
  if (notes === null) throw new UnreadableDelivery('it did not come in over a session');
  if (notes.kind === 'late-answer') return [lateAnswer(notes)];
  const message = readMessage(raw.body);
  switch (kindOfMessage(message)) {
    case 'text':
      return [textOf(message, notes.id, habits)];
    case 'receipt':
      return receiptOf(readReceipt(message, habits), notes.text);
    case 'acknowledgement':
      throw new UnreadableDelivery('a handset acknowledged something: esm_class is not a text’s');
  }
}

/** The message in a unit of the carrier's. @throws UnreadableDelivery */
export function readMessage(octets: Uint8Array): MessageBody {
  try {
    return messageIn(decodePdu(octets));
  } catch (error) {
    if (error instanceof MalformedPdu) throw new UnreadableDelivery(error.message);
    throw error;
  }
}

/** The message in a unit that holds one. @throws MalformedPdu */
export function messageIn({ commandId, body }: Pdu): MessageBody {
  if (commandId === commandIds.deliverSm) return decodeDeliver(body);
  if (commandId === commandIds.dataSm) return decodeData(body);
  throw new MalformedPdu('command_id is not that of a message');
}

function textOf(message: MessageBody, id: string, habits: Habits): DeliveryEvent {
  const { octets, header, part } = unwrap(message);
  const { dataCoding } = message;
  const { alphabet, numbers } = habits;
  const text = decodeContent(octets, { dataCoding, alphabet, languages: header });
  if (text === null)
    throw new UnreadableDelivery(`data_coding 0x${dataCoding.toString(16)} holds no text`);
  return {
    kind: 'text-received',
    providerMessageId: id,
    from: named('source_addr', readAddress(message.source)),
    to: named('destination_addr', asOurs(readAddress(message.destination), numbers)),
    text: part === null ? text.toWellFormed() : text,
    media: [],
    part,
    sentAt: null,
  };
}

/* Carriers do not always say truly of what type a number is, or leave it out: the one of ours that ends so is meant. */
function asOurs(to: string, numbers: readonly string[]): string {
  if (numbers.includes(to)) return to;
  const digits = to.replace(/^\+/, '');
  const isTelling = digits === '' || digits.length >= 10;
  const [ours, ...others] = numbers.filter((each) => isTelling && each.endsWith(digits));
  return ours !== undefined && others.length === 0 ? ours : to;
}

function named(field: string, number: string): string {
  if (number === '') throw new UnreadableDelivery(`${field} is empty`);
  return number;
}

function lateAnswer(notes: ArrivalNotes & { kind: 'late-answer' }): ReceiptReceived {
  const { id, reference, textId, failure, raw } = notes;
  const about = { kind: 'receipt', reference, happenedAt: null } as const;
  if (textId !== null)
    return { ...about, providerMessageId: textId, state: 'accepted', failure: null };
  const kind = failureKindSchema.catch('unmapped').parse(failure);
  return {
    ...about,
    providerMessageId: `not-taken/${id}`,
    state: 'failed',
    failure: { kind, raw },
  };
}
