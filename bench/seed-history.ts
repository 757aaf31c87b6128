import { mkdirSync } from 'node:fs';
import { parseArgs } from 'node:util';

import { addConnection, listConnections } from '#main/history/connections.ts';
import { addLine } from '#main/history/lines.ts';
import { closeHistory, openHistory } from '#main/history/open-history.ts';
import { newUid, toBlob } from '#main/history/uid.ts';
import { type WritableDb, all, run } from '#main/sqlite/database.ts';
import { sql } from '#main/sqlite/sql.ts';
import type { ConnectionId, LineId } from '#shared/message/line.ts';

/** A history of a given size, the same for the same size: `threads` of mixed length, the first one `longest` entries long. */
export type Size = {
  readonly messages: number;
  readonly threads: number;
  readonly longest: number;
};

const words =
  'order invoice delivery thanks appointment tomorrow please call photo dent claim adjuster ready pickup late early confirm address gate code driver window repair estimate signed'.split(
    ' ',
  );
const begin = Date.UTC(2025, 0, 1);

/** Fills an empty data folder. Progress goes to standard error. */
export function seedHistory(dataFolder: string, size: Size): void {
  mkdirSync(dataFolder, { recursive: true });
  const db = openHistory(dataFolder);
  db.pragma('synchronous = OFF');
  const lineIds = addLines(db);
  let message = 0;
  for (let thread = 1; thread <= size.threads; thread += 5_000) {
    db.transaction(() => {
      for (let each = thread; each < thread + 5_000 && each <= size.threads; each += 1) {
        message = addThread(db, {
          id: each,
          lineId: lineIds[each % lineIds.length] ?? (1 as LineId),
          message,
          size,
        });
      }
    })();
    process.stderr.write(`\r${message.toLocaleString('en-US')} messages`);
  }
  process.stderr.write('\n');
  db.exec("INSERT INTO entry_search (entry_search) VALUES ('optimize')");
  closeHistory(db);
}

function addLines(db: WritableDb): LineId[] {
  if (listConnections(db).length > 0)
    return all<{ id: LineId }>(db, sql`SELECT id FROM lines`).map((row) => row.id);
  const connectionId = 'seeded0001' as ConnectionId;
  addConnection(
    db,
    { id: connectionId, provider: 'sandbox', label: 'Seeded', baseUrl: 'http://127.0.0.1:9' },
    begin,
  );
  const line = (number: string, label: string) =>
    addLine(db, { connectionId, number, label, numberType: '10dlc', colour: '#3b7dd8' }, begin).id;
  return [line('+12065550142', 'Support'), line('+18005550117', 'Billing')];
}

type Place = {
  readonly id: number;
  readonly lineId: LineId;
  readonly message: number;
  readonly size: Size;
};

function addThread(db: WritableDb, { id, lineId, message, size }: Place): number {
  const rest = (size.messages - size.longest) / Math.max(1, size.threads - 1);
  const count =
    id === 1 ? size.longest : Math.max(1, Math.round(rest * (id % 2 === 0 ? 0.5 : 1.5)));
  const peer = `+1555${String(1_000_000 + id).padStart(7, '0')}`;
  run(
    db,
    sql`INSERT INTO threads (id, uid, line_id, peer, last_at, unread, awaits_reply)
              VALUES (${id}, ${toBlob(newUid(begin + id))}, ${lineId}, ${peer}, ${begin}, ${id % 50 === 0 ? 1 : 0}, ${id % 10 === 0 ? 1 : 0})`,
  );
  for (let index = 0; index < count; index += 1) addMessage(db, id, message + index);
  finishThread(db, id);
  return message + count;
}

function textOf(number: number): string {
  const length = 6 + (number % 14);
  const picked = Array.from(
    { length },
    (_, index) => words[(number * 7 + index * 13 + ((number >> 3) % 5)) % words.length],
  );
  return `${picked.join(' ')} #${number}`;
}

function addMessage(db: WritableDb, threadId: number, number: number): void {
  const at = begin + number * 50;
  const text = textOf(number);
  const incoming = number % 2 === 0;
  run(
    db,
    sql`INSERT INTO entries (thread_id, id, uid, at, kind, direction, text, state, segments)
              VALUES (${threadId}, ${at * 1_000}, ${toBlob(newUid(at))}, ${at}, 'text', ${incoming ? 'in' : 'out'}, ${text},
                      ${incoming ? 'received' : 'delivered'}, 1)`,
  );
  run(db, sql`INSERT INTO entry_search (rowid, text) VALUES (${at * 1_000}, ${text})`);
}

function finishThread(db: WritableDb, id: number): void {
  const preview = JSON.stringify({
    kind: 'text',
    direction: 'in',
    text: 'seeded text',
    state: 'received',
    seconds: null,
    outcome: null,
    failure: null,
    hasMedia: false,
  });
  run(
    db,
    sql`UPDATE threads SET preview = ${preview}, last_at = (SELECT max(at) FROM entries WHERE thread_id = ${id}) WHERE id = ${id}`,
  );
}

if (import.meta.main) {
  const { values } = parseArgs({
    options: {
      data: { type: 'string' },
      messages: { type: 'string', default: '1000000' },
      threads: { type: 'string', default: '100000' },
      longest: { type: 'string', default: '50000' },
    },
  });
  if (values.data === undefined)
    throw new Error('give the empty data folder to fill with --data DIR');
  seedHistory(values.data, {
    messages: Number(values.messages),
    threads: Number(values.threads),
    longest: Number(values.longest),
  });
}
