import { transact } from '#main/sqlite/database.ts';

import type { ApiReply } from './api-reply.ts';
import { complainOf, listShape } from './api-shapes.ts';
import { behaviourOf } from './behaviours.ts';
import type { Carrier } from './carrier.ts';
import { insertEvents } from './event-table.ts';
import { type ListedMessage, listMessages, release } from './message-table.ts';
import { planEvents } from './plan-events.ts';

const usualLimit = 100;
const highestLimit = 500;

/** The texts that were taken, newest first. Receipts that wait for a text to be listed set out now. */
export function answerList(carrier: Carrier, parameters: URLSearchParams): ApiReply {
  const read = listShape.safeParse(Object.fromEntries(parameters));
  if (!read.success) return complainOf(read.error);
  const { from, to, since, limit, cursor } = read.data;
  const most = Math.min(limit === undefined ? usualLimit : Number(limit), highestLimit);
  const query = {
    from: from ?? null,
    to: to ?? null,
    since: since === undefined ? 0 : Date.parse(since),
    before: cursor === undefined ? null : Number(cursor),
    limit: most,
  };
  const found = listMessages(carrier.db, query, carrier.clock.now());
  sendHeldReceipts(carrier, found);
  const next = found.length === most ? (found.at(-1)?.seq ?? null) : null;
  return {
    kind: 'json',
    status: 200,
    body: { data: found.map(shown), next: next === null ? null : String(next) },
  };
}

function sendHeldReceipts({ db, clock, temper, poster }: Carrier, found: ListedMessage[]): void {
  const held = found.filter((message) => message.held);
  if (held.length === 0) return;
  transact(db, () => {
    for (const message of held) {
      release(db, message.id);
      const startAt = clock.now();
      insertEvents(db, planEvents(message, behaviourOf(message.to), { ...temper, startAt }));
    }
  });
  poster.wake();
}

function shown(message: ListedMessage): object {
  const { id, reference, from, to, text, status } = message;
  return {
    id,
    reference,
    from,
    to,
    text,
    status,
    media_urls: message.files.map(({ url }) => url),
    error_code: message.errorCode,
    created_at: new Date(message.createdAt).toISOString(),
  };
}
