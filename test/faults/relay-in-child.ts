/**
 * A program that runs the relay for a test that kills it or fails its disk. Arguments: file of the log, a manner, and a file for
 * marks. An `honest` relay is as it should be; a `hasty` one answers first and commits a moment later; a `loose` one commits
 * without an fsync. Every call is authentic, and its body is its key. Before each answer, number and first word of the call are
 * written to the marks, where there are any. Prints its URL when it is ready.
 */
import { once } from 'node:events';
import { openSync, writeSync } from 'node:fs';
import type { AddressInfo } from 'node:net';

import { systemClock } from '#main/log/system-clock.ts';
import type { Appended, DeliveryLog } from '#main/relay/delivery-log.ts';
import { appendRows, readEnds, readRows } from '#main/relay/delivery-rows.ts';
import { defaultLimits } from '#main/relay/intake-limits.ts';
import { Intake, type FindConnection } from '#main/relay/intake.ts';
import { openLogFile } from '#main/relay/log-file.ts';
import { RelayMetrics } from '#main/relay/relay-metrics.ts';
import { makeRelayServer } from '#main/relay/relay-server.ts';
import { openSqliteLog } from '#main/relay/sqlite-log.ts';
import { startRelay } from '#main/relay/start-relay.ts';
import { transact } from '#main/sqlite/database.ts';
import type { RawDelivery } from '#shared/provider/delivery.ts';
import type { WebhookGuard } from '#shared/provider/provider.ts';
import { changedLog } from '#test/fakes/changed-log.ts';

const [dataFile = '', manner = 'honest', marks = null] = process.argv.slice(2);
const hastyPauseMs = 20;

const guard: WebhookGuard = {
  authenticate: () => 'authentic',
  dedupeKey: (raw) => Buffer.from(raw.body).toString(),
  reply: () => ({ status: 204, type: 'text/plain', body: '' }),
};
const connection = { guard, pathSecret: null, publicUrl: null };
const findConnection: FindConnection = () => connection;
const limits = { ...defaultLimits, authenticPerConnection: { perSecond: 1e6, burst: 1e6 } };

function hasty(log: DeliveryLog): DeliveryLog {
  const append = async (raw: RawDelivery, key: string): Promise<Appended> => {
    setTimeout(() => void log.append(raw, key), hastyPauseMs);
    return { seq: 0, duplicate: false };
  };
  return changedLog(log, { append });
}

/** The same log, which also writes down what it has promised. */
function marking(log: DeliveryLog, file: number): DeliveryLog {
  const append = async (raw: RawDelivery, key: string): Promise<Appended> => {
    const appended = await log.append(raw, key);
    const [word = ''] = Buffer.from(raw.body).toString().split(' ');
    writeSync(file, `${appended.seq} ${word}\n`);
    return appended;
  };
  return changedLog(log, { append });
}

/** A log as it would be with what this build of SQLite does unless told otherwise. */
function looseLog(path: string): DeliveryLog {
  const db = openLogFile(path);
  db.pragma('synchronous = NORMAL');
  const append = async (raw: RawDelivery, key: string): Promise<Appended> => {
    const { appended } = transact(db, () => appendRows(db, [{ raw, key, line: null }]));
    return appended[0] ?? { seq: 0, duplicate: false };
  };
  return {
    id: 'loose',
    append,
    readAfter: async (seq, limit) => readRows(db, seq, limit),
    onAppended: () => () => undefined,
    trim: async () => 0,
    health: async () => ({ ok: true, problem: null, ...readEnds(db), bytes: 0 }),
    close: async () => void db.close(),
  };
}

async function startHasty(): Promise<string> {
  const log = hasty(openSqliteLog(dataFile));
  const metrics = new RelayMetrics();
  const parts = {
    clock: systemClock,
    limits,
    metrics,
    findConnection: () => ({ ...connection, log }),
    ownUrl: () => '',
  };
  const intake = new Intake(parts);
  const { server } = makeRelayServer({ limits, metrics, answer: (call) => intake.take(call) });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

async function startHonest(log: DeliveryLog): Promise<string> {
  const options = {
    dataFile,
    openLog: async () => (marks === null ? log : marking(log, openSync(marks, 'a'))),
    host: '127.0.0.1',
    port: 0,
    clock: systemClock,
    findConnection,
    limits,
  };
  return (await startRelay(options)).url;
}

function start(): Promise<string> {
  if (manner === 'hasty') return startHasty();
  return startHonest(manner === 'loose' ? looseLog(dataFile) : openSqliteLog(dataFile));
}

process.stdout.write(`${await start()}\n`);
