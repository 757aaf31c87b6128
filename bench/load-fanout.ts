/**
 * One of two servers that push the same frames to desktops, each with at most a window of them not acknowledged, in a process of
 * its own: `relay`, whose log is in memory so that pushing alone is measured, or `bare`, which is `ws` and nothing else. Arguments:
 * which one, the folder of a list of desktops, and how many deliveries. Says its URL; pushes when it is told how many deliveries the
 * desktop furthest behind has, and never so far ahead of it that the relay would have to read its log anew.
 */
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { setImmediate as nextTurn, setTimeout as pause } from 'node:timers/promises';

import { WebSocketServer, type WebSocket } from 'ws';

import { systemClock } from '#main/log/system-clock.ts';
import type { DeliveryLog, StoredDelivery } from '#main/relay/delivery-log.ts';
import { serveWorkspaces } from '#main/relay/serve-workspaces.ts';
import { DesktopBook } from '#main/relay/stream/desktop-book.ts';
import { toFrame } from '#main/relay/stream/wire-delivery.ts';
import { streamLimits } from '#shared/team/stream-frames.ts';
import { deliveryOf } from '#test/fakes/deliveries.ts';

const [kind = '', folder = '', count = '0'] = process.argv.slice(2);
/** Appended in one turn of the loop, as a busy intake does. */
const atOnce = 32;
const mostAhead = 2_048;
let furthestBehind = 0;

/** Resolves when `next` may be appended: in the next turn of the loop, or when desktops have come nearer. */
async function untilDue(next: number): Promise<void> {
  await nextTurn();
  while (next - furthestBehind > mostAhead) await pause(1);
}

const stored = Array.from({ length: Number(count) }, (_, index): StoredDelivery => {
  const raw = deliveryOf(`${index} ${'x'.repeat(500)}`);
  return { seq: index + 1, raw, line: null };
});

async function startRelay(): Promise<{ url: string; push(): Promise<void> }> {
  const listeners = new Set<(lastSeq: number) => void>();
  let lastSeq = 0;
  const log: DeliveryLog = {
    id: 'memory',
    append: async () => ({ seq: lastSeq, duplicate: false }),
    readAfter: async (seq, limit) => stored.slice(seq, Math.min(lastSeq, seq + limit)),
    onAppended(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    trim: async () => 0,
    health: async () => ({ ok: true, problem: null, lastSeq, trimmedThrough: 0, bytes: 0 }),
    close: async () => undefined,
  };
  const desktops = new DesktopBook(path.join(folder, 'desktops.db'));
  const team = { desktops, connections: () => [], hasOrHad: () => false };
  const workspace = { name: 'main', log, findConnection: () => null, taken: () => 0, team };
  const options = { host: '127.0.0.1', port: 0, clock: systemClock, workspaces: [workspace] };
  const { url } = await serveWorkspaces(options);
  const push = async (): Promise<void> => {
    while (lastSeq < stored.length) {
      lastSeq = Math.min(stored.length, lastSeq + atOnce);
      for (const tell of listeners) tell(lastSeq);
      await untilDue(lastSeq);
    }
  };
  return { url, push };
}

async function startBare(): Promise<{ url: string; push(): Promise<void> }> {
  const server = new WebSocketServer({ host: '127.0.0.1', port: 0, perMessageDeflate: false });
  await once(server, 'listening');
  const pumps = new Set<() => void>();
  const frames: Buffer[] = [];
  server.on('connection', (socket) => pumps.add(pumpOf(socket, frames)));
  const push = async (): Promise<void> => {
    while (frames.length < stored.length) {
      const next = stored.slice(frames.length, frames.length + atOnce);
      frames.push(...next.map((each) => toFrame(each).frame));
      for (const pump of pumps) pump();
      await untilDue(frames.length);
    }
  };
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, push };
}

/** Keeps the window of one socket full. */
function pumpOf(socket: WebSocket, frames: readonly Buffer[]): () => void {
  let sent = 0;
  let acknowledged = 0;
  const pump = (): void => {
    while (sent < frames.length && sent - acknowledged < streamLimits.unacknowledged)
      socket.send(frames[sent++] ?? '', { binary: false });
  };
  socket.on('message', (data) => {
    acknowledged = (JSON.parse(String(data)) as { seq: number }).seq;
    pump();
  });
  socket.send('{"type":"welcome"}');
  return pump;
}

const { url, push } = await (kind === 'relay' ? startRelay() : startBare());
let isPushing = false;
process.on('message', (behind: number) => {
  furthestBehind = behind;
  if (!isPushing) void push();
  isPushing = true;
});
process.on('disconnect', () => process.exit(0));
process.send?.(url);
