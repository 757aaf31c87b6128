import { countOutbox, type OutboxState } from '#main/history/outbox.ts';
import { fromBlob } from '#main/history/uid.ts';
import { type ReadableDb, each } from '#main/sqlite/database.ts';
import { sql } from '#main/sqlite/sql.ts';
import type { DeliveryState } from '#shared/message/delivery-state.ts';

import { Faults, type Finding, inDigits, noted } from './finding.ts';

type Row = {
  entry_id: number;
  outbox: OutboxState;
  request: string;
  connection: string | null;
  same_thread: number | null;
  uid: Uint8Array | null;
  state: DeliveryState | null;
  undecided: number | null;
  text: string | null;
  peer: string | null;
  number: string | null;
};

const rows = sql`SELECT outbox.entry_id, outbox.state AS outbox, outbox.request, connections.id AS connection,
    entries.thread_id = outbox.thread_id AS same_thread, entries.uid, entries.state, entries.undecided, entries.text,
    threads.peer, lines.number
  FROM outbox LEFT JOIN connections ON connections.id = outbox.connection_id
    LEFT JOIN entries ON entries.id = outbox.entry_id AND entries.kind = 'text' AND entries.direction = 'out'
    LEFT JOIN threads ON threads.id = entries.thread_id LEFT JOIN lines ON lines.id = threads.line_id`;

const forgotten = sql`SELECT uid, state FROM entries WHERE kind = 'text' AND direction = 'out'
  AND state IN ('queued', 'sending', 'unknown') AND NOT EXISTS (SELECT 1 FROM outbox WHERE outbox.entry_id = entries.id)`;

/** Does everything that waits to be sent belong to a text that says so, and the other way round? */
export function checkOutbox(db: ReadableDb): Finding {
  const check = 'outbox';
  const faults = new Faults();
  for (const row of each<Row>(db, rows)) {
    const fault = faultOf(row);
    if (fault !== null) faults.add(fault);
  }
  for (const { uid, state } of each<{ uid: Uint8Array; state: string }>(db, forgotten))
    faults.add(`text ${fromBlob(uid)} is shown as ${state}, and nothing is left to be done for it`);
  const { waiting, undecided } = countOutbox(db);
  const words = `${inDigits(waiting)} on their way, as their texts say.`;
  if (faults.count > 0 || undecided === 0) return faults.judge(check, words);
  return noted(check, `${words} ${inDigits(undecided)} wait for a person to decide.`);
}

function faultOf(row: Row): string | null {
  if (row.uid === null) return `entry ${row.entry_id} is to be sent, and is no text out`;
  const text = `text ${fromBlob(row.uid)}`;
  if (row.same_thread !== 1) return `${text} is to be sent in another thread than its own`;
  if (row.connection === null) return `${text} is to be sent over a connection that is not there`;
  if (!isSameText(row)) return `${text} would be sent with other words or numbers than it shows`;
  if (!belong(row)) return `${text} is ${row.outbox} in the outbox, and shown as ${shownAs(row)}`;
  return null;
}

function isSameText({ request, text, peer, number }: Row): boolean {
  const frozen = JSON.parse(request) as { text?: unknown; to?: unknown; from?: unknown };
  return frozen.text === text && frozen.to === peer && frozen.from === number;
}

/* A text on the road may meanwhile have been delivered by an earlier attempt. */
function belong({ outbox, state, undecided }: Row): boolean {
  switch (outbox) {
    case 'queued':
      return state === 'queued';
    case 'sending':
      return state === 'sending' || state === 'delivered';
    case 'unknown':
      return state === 'unknown' && undecided === 0;
    case 'undecided':
      return state === 'unknown' && undecided === 1;
  }
}

const shownAs = ({ state, undecided }: Row): string =>
  `${state ?? 'nothing'}${undecided === 1 ? ' and to be decided' : ''}`;
