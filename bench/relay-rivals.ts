/**
 * One of the servers that `bench/relay.ts` compares, in a process of its own. Arguments: which one, and a folder. All check the
 * same signature. Prints its port when it is ready.
 */
import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';

import { systemClock } from '#main/log/system-clock.ts';
import type { DeliveryLog } from '#main/relay/delivery-log.ts';
import { defaultLimits } from '#main/relay/intake-limits.ts';
import { Intake } from '#main/relay/intake.ts';
import { RelayMetrics } from '#main/relay/relay-metrics.ts';
import { makeRelayServer } from '#main/relay/relay-server.ts';
import { openSqliteLog } from '#main/relay/sqlite-log.ts';
import { run, transact, type WritableDb } from '#main/sqlite/database.ts';
import { openDatabase } from '#main/sqlite/open-database.ts';
import { sql } from '#main/sqlite/sql.ts';
import type { WebhookGuard } from '#shared/provider/provider.ts';
import { signingGuard } from '#test/fakes/signing-guard.ts';

import { benchUrl, secret } from './relay-requests.ts';

const [kind = '', folder = ''] = process.argv.slice(2);
const guard: WebhookGuard = {
  ...signingGuard(secret),
  reply: () => ({ status: 204, type: 'text/plain', body: '' }),
};

/** The relay's own intake on a given log. */
function relayOn(log: DeliveryLog): Server {
  const metrics = new RelayMetrics();
  const limits = { ...defaultLimits, authenticPerConnection: { perSecond: 1e6, burst: 1e6 } };
  const findConnection = () => ({ guard, pathSecret: null, publicUrl: null, log });
  const clock = systemClock;
  const ownUrl = () => benchUrl;
  const intake = new Intake({ clock, limits, metrics, findConnection, ownUrl });
  return makeRelayServer({ limits, metrics, answer: (request) => intake.take(request) }).server;
}

/** A log that keeps nothing. */
function forgetfulLog(): DeliveryLog {
  let seq = 0;
  return {
    id: 'forgetful',
    append: async () => ({ seq: (seq += 1), duplicate: false }),
    readAfter: async () => [],
    onAppended: () => () => undefined,
    trim: async () => 0,
    health: async () => ({ ok: true, problem: null, lastSeq: seq, trimmedThrough: 0, bytes: 0 }),
    close: async () => undefined,
  };
}

/** The plain way: a handler that reads the body, checks it, stores it in `store`, answers. */
function plainServer(store: (request: IncomingMessage, body: Buffer) => void): Server {
  return createServer((request: IncomingMessage, response: ServerResponse) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const body = Buffer.concat(chunks);
      if (isAuthentic(request, body)) store(request, body);
      else response.statusCode = 403;
      response.writeHead(response.statusCode === 403 ? 403 : 204).end();
    });
  });
}

function isAuthentic(request: IncomingMessage, body: Buffer): boolean {
  const url = benchUrl + (request.url ?? '');
  const headers = request.headers as Record<string, string>;
  const raw = { provider: '', connectionId: '', method: 'POST', url, headers, body, receivedAt: 0 };
  return guard.authenticate(raw) === 'authentic';
}

function storeEach(db: WritableDb): (request: IncomingMessage, body: Buffer) => void {
  db.exec(`CREATE TABLE delivery (seq INTEGER PRIMARY KEY, received_at INTEGER NOT NULL, key TEXT NOT NULL UNIQUE,
    url TEXT NOT NULL, headers TEXT NOT NULL, body BLOB NOT NULL) STRICT`);
  return (request, body) => {
    const key = String(request.headers['x-id']);
    const headers = JSON.stringify(request.headers);
    const row = sql`INSERT INTO delivery (received_at, key, url, headers, body)
      VALUES (${Date.now()}, ${key}, ${request.url ?? ''}, ${headers}, ${body}) ON CONFLICT (key) DO NOTHING`;
    transact(db, () => run(db, row));
  };
}

const file = path.join(folder, `${kind}-${process.pid}.db`);
const makers: Readonly<Record<string, () => Server>> = {
  relay: () => relayOn(openSqliteLog(file)),
  'one transaction each': () => plainServer(storeEach(openDatabase(file))),
  'relay without a log': () => relayOn(forgetfulLog()),
  'bare node:http': () => plainServer(() => undefined),
};

const server = makers[kind]?.();
if (server === undefined) throw new Error(`no server is called ${kind}`);
server.listen(0, '127.0.0.1');
await once(server, 'listening');
process.stdout.write(`${(server.address() as AddressInfo).port}\n`);
