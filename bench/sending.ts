/**
 * Sends 75 texts a second for a minute (`BENCH_SECONDS` sets another length) to a carrier on loopback, through the outbox as it is in
 * the program, and beside it by a bare `setInterval` and by a bare schedule, and measures at the carrier: how many came in all, and
 * in the fullest second. Exit 1 when the program is above the rate in any second or misses it by more than 1 %.
 */
import { fork } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { saveConnectionRates } from '#main/history/connection-limits.ts';
import { addConnection } from '#main/history/connections.ts';
import { addLine } from '#main/history/lines.ts';
import { openHistory } from '#main/history/open-history.ts';
import { callApi } from '#main/http/call-api.ts';
import { systemClock } from '#main/log/system-clock.ts';
import { drainOutbox } from '#main/outbound/drain-outbox.ts';
import type { OutboundDesk } from '#main/outbound/outbound-desk.ts';
import { sendMessage } from '#main/outbound/send-message.ts';
import { transact } from '#main/sqlite/database.ts';
import type { ConnectionId, LineId } from '#shared/message/line.ts';
import { usualCapabilities } from '#shared/provider/capabilities.ts';
import type { ProviderAdapter } from '#shared/provider/provider.ts';

import { describeMachine, judge } from './load-report.ts';

const perSecond = 75;
const seconds = Number(process.env['BENCH_SECONDS'] ?? 60);
const connectionId = 'bench001' as ConnectionId;

const carrier = fork(path.join(import.meta.dirname, 'sending-carrier.ts'));
const [port] = (await once(carrier, 'message')) as [number];
const url = `http://127.0.0.1:${port}/`;

const underWay = new Set<Promise<boolean>>();

function post(): Promise<boolean> {
  const sending = postOne().finally(() => underWay.delete(sending));
  underWay.add(sending);
  return sending;
}

async function postOne(): Promise<boolean> {
  const headers = { 'content-type': 'application/json' };
  const body = JSON.stringify({ text: 'Hello' });
  const answer = await callApi({ method: 'POST', url, headers, body, deadlineMs: 10_000 });
  return answer.kind === 'answered';
}

/** What came to the carrier since it was asked last, milliseconds of its own clock. */
async function whatCame(): Promise<number[]> {
  return (await (await fetch(url)).json()) as number[];
}

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, Math.max(ms, 0)));

async function byInterval(): Promise<void> {
  const timer = setInterval(() => void post(), 1_000 / perSecond);
  await pause(seconds * 1_000);
  clearInterval(timer);
}

async function bySchedule(): Promise<void> {
  const began = performance.now();
  for (let count = 0; count < seconds * perSecond; count += 1) {
    await pause(began + (count * 1_000) / perSecond - performance.now());
    void post();
  }
}

async function byOutbox(): Promise<void> {
  const folder = mkdtempSync(path.join(tmpdir(), 'trunkline-bench-'));
  const desk = makeDesk(folder);
  const lineId = furnish(desk);
  const drain = drainOutbox(desk);
  writeTexts(desk, lineId);
  const cpu = process.cpuUsage();
  drain.wake();
  await pause(seconds * 1_000);
  drain.stop();
  await drain.settled();
  const { user, system } = process.cpuUsage(cpu);
  console.log(`  the outbox used ${((user + system) / 10_000 / seconds).toFixed(0)} % of a core`);
  desk.db.close();
  rmSync(folder, { recursive: true, force: true });
}

function makeDesk(folder: string): OutboundDesk {
  const adapter = loopbackAdapter();
  return {
    db: openHistory(folder),
    clock: systemClock,
    tell: () => undefined,
    bootId: 'bench',
    random: Math.random,
    adapterOf: () => adapter,
    noteOutcome: () => undefined,
    wakeReconcile: () => undefined,
    mediaRoad: {
      problemOf: () => null,
      link: () => Promise.resolve({ kind: 'not-made', because: 'there are no pictures' }),
    },
  };
}

/** What a carrier's adapter comes to where it takes everything. */
function loopbackAdapter(): ProviderAdapter {
  return {
    capabilities: { ...usualCapabilities, parallelSends: 16 },
    async send({ uid }: { uid: string }) {
      const failure = { kind: 'no-answer', raw: null } as const;
      if (await post()) return { kind: 'accepted', providerMessageId: uid };
      return { kind: 'unknown', failure };
    },
  } as unknown as ProviderAdapter;
}

function furnish({ db }: OutboundDesk): LineId {
  const now = Date.now();
  addConnection(db, { id: connectionId, provider: 'bench', label: 'Bench', baseUrl: null }, now);
  saveConnectionRates(db, connectionId, { sms: { limit: perSecond, within: 1_000 }, mms: null });
  const number = '+15550100001';
  const line = {
    connectionId,
    number,
    numberType: 'other',
    label: 'Bench',
    colour: '#111111',
  } as const;
  return addLine(db, line, now).id;
}

/** More than can leave in the time, so that the queue never runs dry. Each recipient wrote first, so that no hour holds it up. */
function writeTexts(desk: OutboundDesk, lineId: LineId): void {
  transact(desk.db, () => {
    for (let count = 0; count < seconds * perSecond * 1.1; count += 1) {
      const to = `+1555${String(2_000_000 + count)}`;
      sendMessage(desk, { uid: randomUUID(), target: { lineId, to }, text: 'Hello' });
    }
  });
}

type Measured = { readonly perSecond: number; readonly fullest: number; readonly over: number };

function measure(came: readonly number[]): Measured {
  const sorted = came.toSorted((a, b) => a - b);
  const first = sorted[0] ?? 0;
  const inTime = sorted.filter((at) => at < first + seconds * 1_000);
  let [fullest, over, from] = [0, 0, 0];
  sorted.forEach((at, index) => {
    while (at - (sorted[from] ?? 0) >= 1_000) from += 1;
    fullest = Math.max(fullest, index - from + 1);
    if (index - from + 1 > perSecond) over += 1;
  });
  return { perSecond: inTime.length / seconds, fullest, over };
}

console.log(`Sending ${perSecond} texts a second for ${seconds} s. ${describeMachine()}`);
const ways = { setInterval: byInterval, 'a bare schedule': bySchedule, 'the outbox': byOutbox };
for (const [name, way] of Object.entries(ways)) {
  await way();
  // What is late still belongs to this way, not to the next.
  await Promise.all(underWay);
  const { perSecond: rate, fullest, over } = measure(await whatCame());
  console.log(
    `${name}: ${rate.toFixed(2)}/s, ${fullest} in the fullest second; ${over} texts came as one too many`,
  );
  if (way !== byOutbox) continue;
  judge('never above the rate in any second at the carrier', fullest <= perSecond, 'always');
  judge('at least 0.99 of the rate', rate >= perSecond * 0.99, 'when calm');
}
carrier.disconnect();
