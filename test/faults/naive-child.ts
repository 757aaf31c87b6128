import { ConnectionBook } from '#main/core/connections/connection-book.ts';
import { createKeyFileStore } from '#main/core/key-file-store.ts';
import { openHistory } from '#main/history/open-history.ts';
import { listReadyToSend, markSending, removeFromOutbox } from '#main/history/outbox.ts';
import { systemClock } from '#main/log/system-clock.ts';
import { addOutbound } from '#main/outbound/add-outbound.ts';
import { gatherFacts } from '#main/outbound/gather-facts.ts';
import type { OutboundDesk } from '#main/outbound/outbound-desk.ts';
import { transact } from '#main/sqlite/database.ts';
import type { LineId } from '#shared/message/line.ts';

import type { ChildRequest } from './core-process.ts';

/* The control: a sender that commits to the outbox only after the carrier has answered. Killed in between, it sends twice. */
const dataFolder = process.argv[2] ?? '';
const db = openHistory(dataFolder);
const secrets = createKeyFileStore(dataFolder);
const book = new ConnectionBook({ db, secrets, whereIs: () => null });
await book.openAll();
const desk: OutboundDesk = {
  db,
  clock: systemClock,
  tell: () => undefined,
  bootId: 'naive',
  random: Math.random,
  adapterOf: (id) => book.get(id)?.adapter,
  mediaRoad: { problemOf: () => null, link: async () => ({ kind: 'not-made', because: '' }) },
  noteOutcome: () => undefined,
  wakeReconcile: () => undefined,
};

async function sendAll(): Promise<void> {
  const connectionId = book.all()[0]?.connection.id ?? '';
  const rows = listReadyToSend(db, { connectionId, now: Date.now(), limit: 8 });
  await Promise.all(
    rows.map(async (row) => {
      await desk.adapterOf(row.connectionId)?.send({ ...row.request, mediaUrls: [] }, 10_000);
      transact(db, () => {
        markSending(db, row.entryId, desk.bootId);
        removeFromOutbox(db, row.entryId);
      });
    }),
  );
}

process.on('message', ({ uid, to, text }: ChildRequest) => {
  const input = { uid, target: { lineId: 1 as LineId, to }, text };
  transact(db, () => addOutbound(desk, input, gatherFacts(desk, input)));
  process.send?.({ kind: 'sent', uid });
  void sendAll();
});
process.on('disconnect', () => process.exit(0));
process.send?.({ kind: 'ready', relayUrl: 'http://127.0.0.1:9' });
void sendAll();
