/**
 * The relay's own program under load, with real webhooks signed for the sandbox over real sockets, and desktops of which all but
 * one only check and acknowledge what comes; the one is whole and commits. Nothing may be lost. Each part ends by itself; the
 * name of one runs it alone. Run: `node bench/relay-load.ts [part]`. Exit 1 when something is lost or a goal that counts is missed.
 */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';

import { DesktopBook } from '#main/relay/stream/desktop-book.ts';
import { accountId } from '#test/faults/team-folders.ts';

import { LoadDesktop, pairDirectly } from './load-desktop.ts';
import { describeMachine, judge, quantile, times } from './load-report.ts';
import { LoadTeam, untilShown } from './load-team.ts';
import { sendWebhooks, type Wanted, type WebhookLoad } from './load-webhooks.ts';

const catchUpMs = 120_000;

/** Waits until all that was acknowledged is on every desktop, and counts what is not. */
async function countLost(
  { desktops }: LoadTeam,
  { acknowledged }: WebhookLoad,
  wholeShown: number,
): Promise<number> {
  const until = performance.now() + catchUpMs;
  const isBehind = (): boolean => desktops.some(({ received }) => received < acknowledged);
  while (isBehind() && performance.now() < until) await pause(50);
  const missing = desktops.map((each) => Math.abs(acknowledged - each.received) + each.outOfTurn);
  return missing.reduce((sum, each) => sum + each, acknowledged - wholeShown);
}

/** So many desktops, of which one is whole, while webhooks come at a rate. */
async function serve(
  size: number,
  wanted: Wanted,
  p99Ms: { answer: number; commit: number | null },
) {
  const team = await LoadTeam.start();
  try {
    const folder = await team.joinWhole();
    const report = await team.startWhole(folder);
    await team.connect(size - 1);
    const load = await sendWebhooks(team.url, wanted);
    const shown = await untilShown(folder, load.acknowledged, catchUpMs);
    const lost = await countLost(team, load, shown);
    const { delays } = await report();
    const light = team.desktops.flatMap((each) => each.delays);
    console.log(`  ${load.acknowledged} acknowledged, ${load.refused} refused, ${lost} lost`);
    console.log(`  webhook to 2xx: ${times(load.times)}`);
    console.log(`  webhook to desktop: ${times(light)} over ${light.length} deliveries`);
    console.log(`  webhook to commit on the whole desktop: ${times(delays)}`);
    judge('nothing lost, nothing refused', lost === 0 && load.refused === 0, 'always');
    judge(`2xx p99 ${p99Ms.answer} ms`, quantile(load.times, 0.99) <= p99Ms.answer, 'when calm');
    if (p99Ms.commit !== null)
      judge(`commit p99 ${p99Ms.commit} ms`, quantile(delays, 0.99) <= p99Ms.commit, 'when calm');
  } finally {
    await team.stop();
  }
}

async function catchUp(): Promise<void> {
  const behind = 10_000;
  const team = await LoadTeam.start(behind);
  try {
    const started = performance.now();
    const [light] = await team.connect(1);
    while ((light?.received ?? 0) < behind) await pause(5);
    const lightMs = performance.now() - started;
    const folder = await team.joinWhole();
    const from = performance.now();
    const report = await team.startWhole(folder);
    const shown = await untilShown(folder, behind, catchUpMs);
    const wholeMs = performance.now() - from;
    const { cpuMs } = await report();
    const lost = behind - shown + (light?.outOfTurn ?? 0);
    console.log(`  ${behind} behind, ${lost} lost`);
    console.log(`  received and acknowledged in ${(lightMs / 1_000).toFixed(2)} s`);
    const figures = `${(wholeMs / 1_000).toFixed(2)} s, ${(cpuMs / 1_000).toFixed(2)} s of CPU`;
    console.log(`  committed by a whole desktop, its start included, in ${figures}`);
    judge('nothing lost', lost === 0, 'always');
    judge('committed in 5 s', wholeMs <= 5_000, 'when calm');
  } finally {
    await team.stop();
  }
}

async function idle(): Promise<void> {
  const team = await LoadTeam.start();
  try {
    const before = team.residentMb;
    await team.connect(1_000);
    await pause(2_000);
    const after = team.residentMb;
    console.log(
      `  relay takes ${after.toFixed(0)} MB with 1,000 idle desktops, ${before.toFixed(0)} MB with none`,
    );
    judge('250 MB', after <= 250, 'always');
    const load = await sendWebhooks(team.url, { perSecond: 1, seconds: 3 });
    const lost = await countLost(team, load, load.acknowledged);
    console.log(`  ${load.acknowledged} acknowledged, to 1,000 desktops each, ${lost} lost`);
    judge('nothing lost', lost === 0, 'always');
  } finally {
    await team.stop();
  }
}

/** Valid calls at 50 a second beside something hostile. */
async function beside(hostile: (team: LoadTeam) => Promise<string>): Promise<void> {
  const team = await LoadTeam.start();
  try {
    await team.connect(5);
    const [load, told] = await Promise.all([
      sendWebhooks(team.url, { perSecond: 50, seconds: 10 }),
      hostile(team),
    ]);
    const lost = await countLost(team, load, load.acknowledged);
    console.log(`  ${told}`);
    console.log(`  ${load.acknowledged} acknowledged, ${load.refused} refused, ${lost} lost`);
    console.log(`  webhook to 2xx: ${times(load.times)}`);
    judge('nothing lost, nothing refused', lost === 0 && load.refused === 0, 'always');
    judge('2xx p99 300 ms', quantile(load.times, 0.99) <= 300, 'when calm');
  } finally {
    await team.stop();
  }
}

async function forge({ url }: LoadTeam): Promise<string> {
  const forged = await sendWebhooks(url, { perSecond: 500, seconds: 10, forged: true });
  judge('no forged call taken', forged.acknowledged === 0, 'always');
  return `${forged.sent} forged, ${forged.refused} of them refused, ${times(forged.times)}`;
}

async function dawdle({ url }: LoadTeam): Promise<string> {
  const port = Number(new URL(url).port);
  const sockets = Array.from({ length: 500 }, () => connect(port, '127.0.0.1'));
  let closed = 0;
  for (const socket of sockets) {
    socket.on('error', () => undefined).on('close', () => (closed += 1));
    socket.write(`POST /hooks/sandbox/${accountId} HTTP/1.1\r\nhost: x\r\nx-slow: `);
  }
  for (let tenth = 0; tenth < 100; tenth += 1) {
    for (const socket of sockets) if (socket.writable) socket.write('x');
    await pause(100);
  }
  for (const socket of sockets) socket.destroy();
  return `500 connections that send a byte now and then, ${closed} of them closed by the relay`;
}

/** Deliveries a second that a server pushes to so many desktops, all of them acknowledged. */
async function pushTo(kind: 'relay' | 'bare', size: number): Promise<number> {
  const half = Math.round(100_000 / (size + 4));
  const count = 2 * half;
  const folder = mkdtempSync(path.join(tmpdir(), 'trunkline-fanout-'));
  const book = new DesktopBook(path.join(folder, 'desktops.db'));
  const identities = Array.from({ length: size }, (_, index) => pairDirectly(book, `F${index}`));
  book.close();
  const program = path.join(import.meta.dirname, 'load-fanout.ts');
  const child = fork(program, [kind, folder, String(count)], {
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  try {
    const [url] = (await once(child, 'message')) as [string];
    const desktops = identities.map((identity) => new LoadDesktop(url, identity));
    await Promise.all(desktops.map((each) => each.untilWelcome()));
    const reach = async (wanted: number): Promise<void> => {
      for (let behind = 0; behind < wanted; await pause(1)) {
        behind = Math.min(...desktops.map(({ received }) => received));
        child.send(behind);
      }
    };
    // The first half warms both processes up.
    await reach(half);
    const done = desktops.reduce((sum, { received }) => sum + received, 0);
    const started = performance.now();
    await reach(count);
    const perSecond = (count * size - done) / ((performance.now() - started) / 1_000);
    judgeTurns(desktops);
    for (const { socket } of desktops) socket.terminate();
    return perSecond;
  } finally {
    child.kill('SIGKILL');
    rmSync(folder, { recursive: true, force: true });
  }
}

function judgeTurns(desktops: readonly LoadDesktop[]): void {
  if (desktops.some(({ outOfTurn }) => outOfTurn > 0)) judge('in order', false, 'always');
}

async function fanOut(): Promise<void> {
  for (const size of [1, 10, 100]) {
    const rounds: Record<'relay' | 'bare', number[]> = { relay: [], bare: [] };
    for (let round = 0; round < 3; round += 1)
      for (const kind of ['bare', 'relay'] as const) rounds[kind].push(await pushTo(kind, size));
    const [ours, bare] = [quantile(rounds.relay, 0.5), quantile(rounds.bare, 0.5)];
    const figures = `relay ${ours.toFixed(0)}/s, bare ws ${bare.toFixed(0)}/s`;
    console.log(
      `  ${size} desktop${size === 1 ? '' : 's'}: ${figures}, ${(ours / bare).toFixed(2)} ×`,
    );
    judge('0.9 × bare ws', ours >= 0.9 * bare, 'when calm');
  }
}

const parts: Readonly<Record<string, readonly [about: string, run: () => Promise<void>]>> = {
  steady: [
    '200 webhooks a second for 60 s to 50 desktops',
    () => serve(50, { perSecond: 200, seconds: 60 }, { answer: 150, commit: 500 }),
  ],
  burst: [
    '600 webhooks a second for 5 s to 10 desktops',
    () => serve(10, { perSecond: 600, seconds: 5 }, { answer: 1_000, commit: null }),
  ],
  'catch-up': ['a desktop that is 10,000 behind', catchUp],
  idle: ['1,000 idle desktops', idle],
  forged: ['5,000 forged calls in 10 s beside 50 good ones a second', () => beside(forge)],
  slow: ['500 dawdling connections beside 50 good calls a second', () => beside(dawdle)],
  'fan-out': ['the push alone, beside bare ws with the same window', fanOut],
};

const wanted = process.argv[2];
const chosen = Object.entries(parts).filter(([name]) => wanted === undefined || name === wanted);
if (chosen.length === 0)
  throw new Error(`there is no part ${wanted}: ${Object.keys(parts).join(', ')}`);
console.log(describeMachine());
for (const [name, [about, run]] of chosen) {
  console.log(`\n${name}: ${about}`);
  await run();
}
