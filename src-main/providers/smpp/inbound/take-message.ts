import { createHash } from 'node:crypto';

import type { SessionRoad } from '#shared/provider/provider.ts';

import type { PartBook, SentText } from '../outbound/part-book.ts';
import type { Profile } from '../profile.ts';
import { type Pdu, encodePdu } from '../wire/pdu.ts';
import { type ArrivalNotes, type TextOfPart, writeNotes } from './arrival-notes.ts';
import type { Arrivals } from './arrivals.ts';
import type { EarlyReceipts } from './early-receipts.ts';
import { kindOfMessage } from './kind-of-message.ts';
import { readMessage } from './read-delivery.ts';
import { type Receipt, readReceipt } from './read-receipt.ts';

/** What taking a message in works with. */
export type InboundParts = {
  readonly profile: Profile;
  readonly road: Pick<SessionRoad, 'append'>;
  readonly book: PartBook;
  readonly arrivals: Arrivals;
  readonly early: EarlyReceipts;
};

/** Makes a message durable, whatever it says. @returns what rejects where it could not be stored */
export function takeMessage(parts: InboundParts, pdu: Pdu, link: object): Promise<void> {
  const receipt = receiptIn(pdu, parts.profile);
  return receipt === null ? takeText(parts, pdu, link) : takeReceipt(parts, pdu, receipt);
}

/* What cannot be read as a receipt is stored like a text, and shown as needing attention. */
function receiptIn(pdu: Pdu, profile: Profile): Receipt | null {
  try {
    const message = readMessage(encodePdu(pdu));
    return kindOfMessage(message) === 'receipt' ? readReceipt(message, profile) : null;
  } catch {
    return null;
  }
}

async function takeText({ arrivals, road }: InboundParts, pdu: Pdu, link: object): Promise<void> {
  const arrival = arrivals.arrive(digestOf(pdu), link, Date.now());
  const notes = { kind: 'message', id: arrival.key, text: null } as const;
  try {
    await road.append({ key: arrival.key, headers: writeNotes(notes), body: encodePdu(pdu) });
    arrival.settle(true, Date.now());
  } catch (error) {
    arrival.settle(false, Date.now());
    throw error;
  }
}

async function takeReceipt(parts: InboundParts, pdu: Pdu, receipt: Receipt): Promise<void> {
  const found = parts.book.find(receipt);
  if (found === null) parts.early.keep(receipt.id, pdu);
  await appendReceipt(parts, pdu, found?.text ?? null);
  if (found?.text) await takeAgain(parts, found.ids);
}

/* The same receipt read with its text known is another arrival. */
function appendReceipt({ road }: InboundParts, pdu: Pdu, text: TextOfPart | null): Promise<void> {
  const of = text === null ? '' : `/of/${sha256(text.id)}`;
  const key = `receipt/${digestOf(pdu)}${of}`;
  const notes: ArrivalNotes = { kind: 'message', id: key, text };
  return road.append({ key, headers: writeNotes(notes), body: encodePdu(pdu) });
}

/** Takes in anew, now that their text is known, the receipts with these ids that came before it was. */
export async function takeAgain(parts: InboundParts, ids: readonly string[]): Promise<void> {
  for (const pdu of parts.early.take(ids)) {
    const receipt = receiptIn(pdu, parts.profile);
    const found = receipt && parts.book.find(receipt);
    if (found?.text) await appendReceipt(parts, pdu, found.text);
    else if (receipt && found === null) parts.early.keep(receipt.id, pdu);
  }
}

/** Keeps a text in mind, and takes in anew the receipts that were quicker than the answers to it. */
export function noteSent(parts: InboundParts, text: SentText): void {
  parts.book.add(text);
  const ids = text.parts.map(({ id }) => id);
  const known = ids.filter((id) => id !== null);
  const early = known.length < ids.length ? parts.early.ids : known;
  void takeAgain(parts, early).catch(() => undefined);
}

/* The sequence number and the status are the road's, not the message's. */
function digestOf({ commandId, body }: Pdu): string {
  return sha256(Buffer.concat([Uint8Array.of(commandId >> 8, commandId & 0xff), body]));
}

const sha256 = (of: string | Uint8Array): string =>
  createHash('sha256').update(of).digest('base64url');
