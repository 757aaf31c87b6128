import { transact } from '#main/sqlite/database.ts';

import { type ApiReply, complain } from './api-reply.ts';
import { type SendBody, complainOf, sendShape } from './api-shapes.ts';
import { type Behaviour, behaviourOf, ownNumber } from './behaviours.ts';
import type { Carrier } from './carrier.ts';
import { insertEvents } from './event-table.ts';
import { type FetchedFile, fetchFiles } from './fetch-files.ts';
import {
  type StoredMessage,
  countBusy,
  countOfPair,
  countOfReference,
  insertMessage,
} from './message-table.ts';
import { planEvents } from './plan-events.ts';
import { idOf } from './seeded-chance.ts';
import { pairOf } from './taken-message.ts';

/** The longest a reply is held back for receipts, in milliseconds. */
const longestHoldMs = 1_500;

/** Takes or refuses a text, as its recipient decides. Once this resolves with 202, what follows survives a crash. */
export async function takeMessage(carrier: Carrier, input: unknown): Promise<ApiReply> {
  const read = sendShape.safeParse(input);
  if (!read.success) return complainOf(read.error);
  const { to } = read.data;
  const behaviour = carrier.numbers.includes(to) ? ownNumber : behaviourOf(to);
  const complaint = refuse(carrier, read.data, behaviour) ?? delay(carrier, read.data, behaviour);
  if (complaint !== null) return complaint;
  const files = await fetchFiles(read.data.media_urls);
  const message = keep(carrier, { ...read.data, files }, behaviour);
  carrier.poster.wake();
  if (behaviour.answer === 'never') return { kind: 'none' };
  if (behaviour.answer === 'after-receipts') await holdForReceipts(carrier, pairOf(message));
  const { id, reference } = message;
  return { kind: 'json', status: 202, body: { id, status: 'accepted', reference } };
}

function refuse({ numbers }: Carrier, body: SendBody, { refusal }: Behaviour): ApiReply | null {
  if (!numbers.includes(body.from))
    return complain(403, {
      code: 'unknown_sender',
      message: 'from: is not a number of this account',
      field: 'from',
    });
  return refusal === null ? null : complain(422, { ...refusal, field: 'to' });
}

function delay(
  { db }: Carrier,
  { reference }: SendBody,
  { busyTimes }: Behaviour,
): ApiReply | null {
  if (busyTimes === 0 || countBusy(db, reference) > busyTimes) return null;
  const error = { code: 'too_many_requests', message: 'Slow down.' };
  return { kind: 'json', status: 429, headers: { 'retry-after': '1' }, body: { error } };
}

type Taken = SendBody & { readonly files: readonly FetchedFile[] };

function keep(carrier: Carrier, body: Taken, behaviour: Behaviour): StoredMessage {
  const { db, temper, clock } = carrier;
  const createdAt = clock.now();
  const held = behaviour.receipts === 'once-listed';
  return transact(db, () => {
    const message = nameMessage(carrier, body, createdAt);
    insertMessage(db, { ...message, held });
    if (!held) insertEvents(db, planEvents(message, behaviour, { ...temper, startAt: createdAt }));
    return message;
  });
}

/** The same text with the same reference gets the same id in every run of the same account and seed. */
function nameMessage(carrier: Carrier, body: Taken, createdAt: number): StoredMessage {
  const { db, account, temper } = carrier;
  const { from, to, text, reference, files } = body;
  const times = countOfReference(db, reference);
  const id = idOf('msg', account.id, temper.seed, reference, times);
  return { id, reference, from, to, text, files, turn: countOfPair(db, from, to), createdAt };
}

async function holdForReceipts({ poster, clock }: Carrier, pair: string): Promise<void> {
  let callOff = (): void => undefined;
  const longest = new Promise<void>((resolve) => {
    callOff = clock.after(longestHoldMs, resolve);
  });
  await Promise.race([poster.lull(pair), longest]);
  callOff();
}
