import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';

import { describe, expect, it, onTestFinished } from 'vitest';

import { type TeamRelay, startTeamRelay } from '#main/core/relay/start-team-relay.ts';
import { systemClock } from '#main/log/system-clock.ts';
import { openSqliteLog } from '#main/relay/sqlite-log.ts';
import type { Clock } from '#shared/contract/clock.ts';
import { CuttingProxy } from '#test/fakes/cutting-proxy.ts';
import { deliveryOf } from '#test/fakes/deliveries.ts';
import { ManualClock } from '#test/fakes/manual-clock.ts';
import { textEvent } from '#test/fakes/sandbox-hook.ts';
import { SlowRoad } from '#test/fakes/slow-road.ts';
import { TeamRelay as StreamRelay } from '#test/fakes/team-relay.ts';
import { temporaryFolder } from '#test/fakes/temporary-folder.ts';

import { AckFirstDesktop } from './ack-first-desktop.ts';
import { seeded } from './kill-conversation.ts';
import { LinkedDesktop } from './linked-desktop.ts';
import { accountId, joinFolder, loggedTexts, makeRelayFolder, tally } from './team-folders.ts';
import { PatientCarrier, TeamDesktopProcess, untilTrue } from './team-processes.ts';

/** Milliseconds: far more than any of it takes on an idle machine. */
const withinMs = 200_000;
const nothingWrong = { lost: 0, twice: 0, outOfOrder: 0 };

async function makeFolder(): Promise<string> {
  const relayFolder = path.join(temporaryFolder(), 'relay');
  await makeRelayFolder(relayFolder);
  return relayFolder;
}

async function startRelay(relayFolder: string, clock: Clock = systemClock) {
  const relay = await startTeamRelay({
    dataFolder: relayFolder,
    host: '127.0.0.1',
    port: 0,
    publicUrl: null,
    certificate: null,
    behindProxy: false,
    nats: null,
    clock,
  });
  onTestFinished(() => relay.stop());
  return { relay, relayFolder, carrier: new PatientCarrier(relay.url) };
}

/** The carrier tells of so many texts, a few at once. */
async function tellMany(carrier: PatientCarrier, count: number): Promise<void> {
  for (let told = 0; told < count; told += 10)
    await Promise.all(Array.from({ length: Math.min(10, count - told) }, () => carrier.tell()));
}

type Shows = { shown(): string[] };

async function settle(
  { relay, relayFolder }: { relay: TeamRelay; relayFolder: string },
  acknowledged: ReadonlySet<string>,
  desktops: readonly Shows[],
) {
  const reached = (): boolean => desktops.every((each) => each.shown().length >= acknowledged.size);
  const caughtUp = await untilTrue(reached, withinMs);
  await pause(200);
  await relay.stop();
  const shown = desktops.map((each) => each.shown());
  return { caughtUp, ...tally(acknowledged, await loggedTexts(relayFolder), shown) };
}

describe('a team over a bad network', () => {
  it('loses and doubles nothing where the connection is cut again and again, in the middle of frames', async () => {
    const seed = Number(process.env['TRUNKLINE_TEST_SEED'] ?? Date.now() % 1_000_000);
    const random = seeded(seed);
    const team = await startRelay(await makeFolder());
    const proxy = await CuttingProxy.start();
    onTestFinished(() => proxy.close());
    proxy.port = Number(new URL(team.relay.url).port);
    const desktop = await LinkedDesktop.join({ ...team, address: proxy.url });
    // A delivery is a frame of about 900 octets: a cut comes after 1 to 50 of them, wherever it falls.
    const draw = (): number => Math.ceil(random() * 50 * 900);
    let left = draw();
    proxy.cutAfter = (octets) => {
      left -= octets;
      if (left > 0) return null;
      const rest = octets + left;
      left = draw();
      return rest;
    };
    await tellMany(team.carrier, 1_000);
    const counts = await settle(team, team.carrier.acknowledged, [desktop]);
    process.stdout.write(
      `team cut off: ${JSON.stringify({ seed, cuts: proxy.cuts, ...counts })}\n`,
    );
    expect(proxy.cuts).toBeGreaterThan(15);
    expect(counts).toMatchObject({ caughtUp: true, acknowledged: 1_000, ...nothingWrong });
  });

  it('lets a frozen desktop go, serves the others meanwhile, and brings it up to date when it thaws', async () => {
    const clock = new ManualClock(Date.now());
    const team = await startRelay(await makeFolder(), clock);
    const { carrier, relay, relayFolder } = team;
    const folder = path.join(temporaryFolder(), 'frozen');
    await joinFolder(folder, { relayFolder, address: relay.url });
    const frozen = new TeamDesktopProcess(folder);
    await frozen.start();
    const other = await LinkedDesktop.join({ relayFolder, address: relay.url });
    await tellMany(carrier, 50);
    expect(await untilTrue(() => frozen.shown().length === 50, withinMs)).toBe(true);

    frozen.signal('SIGSTOP');
    onTestFinished(() => frozen.signal('SIGCONT'));
    await tellMany(carrier, 500);
    expect(await untilTrue(() => other.shown().length === 550, withinMs)).toBe(true);
    for (let second = 0; second < 80; second += 10) {
      await clock.advance(10_000);
      // Pings and their answers go over real sockets.
      await pause(100);
    }
    const metrics = await (await fetch(`${relay.url}/metrics`)).text();
    expect(metrics).toMatch(/stream_ended_total\{[^}]*silent[^}]*\} 1/);
    expect(frozen.shown()).toHaveLength(50);

    frozen.signal('SIGCONT');
    const counts = await settle(team, carrier.acknowledged, [frozen, other]);
    process.stdout.write(`team with one frozen: ${JSON.stringify(counts)}\n`);
    expect(counts).toMatchObject({ caughtUp: true, acknowledged: 550, ...nothingWrong });
  });

  it('is not held up by a desktop that reads a kilobyte a second, nor keeps what it does not read', async () => {
    const team = await startRelay(await makeFolder());
    const { carrier, relay, relayFolder } = team;
    const road = await SlowRoad.before(Number(new URL(relay.url).port), 1_024);
    onTestFinished(() => road.close());
    const slow = await LinkedDesktop.join({ relayFolder, address: road.url });
    const quick = await LinkedDesktop.join({ relayFolder, address: relay.url });
    await tellMany(carrier, 1_000);
    expect(await untilTrue(() => quick.shown().length === 1_000, withinMs)).toBe(true);
    const behind = 1_000 - slow.shown().length;
    expect(behind).toBeGreaterThan(500);
    road.octetsPerSecond = Infinity;
    const counts = await settle(team, carrier.acknowledged, [slow, quick]);
    process.stdout.write(`team with one slow: ${JSON.stringify({ behind, ...counts })}\n`);
    expect(counts).toMatchObject({ caughtUp: true, acknowledged: 1_000, ...nothingWrong });
  });

  it('brings a desktop up to date that is 10,000 behind, while more comes', async () => {
    const relayFolder = await makeFolder();
    const log = openSqliteLog(path.join(relayFolder, 'relay.db'));
    const before = Array.from({ length: 10_000 }, (_, index) => `before ${index}`);
    const append = (text: string, index: number) => {
      const body = Buffer.from(textEvent({ id: `before-${index}`, text }));
      const raw = deliveryOf('', { connectionId: accountId, body, receivedAt: Date.now() });
      return log.append(raw, text);
    };
    await Promise.all(before.map(append));
    await log.close();
    const team = await startRelay(relayFolder);
    const { carrier, relay } = team;
    const started = performance.now();
    const desktop = await LinkedDesktop.join({ relayFolder, address: relay.url });
    await tellMany(carrier, 100);
    const acknowledged = new Set([...before, ...carrier.acknowledged]);
    const counts = await settle(team, acknowledged, [desktop]);
    const seconds = Math.round((performance.now() - started) / 100) / 10;
    process.stdout.write(`team with one behind: ${JSON.stringify({ seconds, ...counts })}\n`);
    expect(counts).toMatchObject({ caughtUp: true, acknowledged: 10_100, ...nothingWrong });
  });

  it('control: a desktop that acknowledges before it commits loses what it had in hand', async () => {
    const relay = await StreamRelay.start();
    const identity = await relay.pair();
    const desktop = new AckFirstDesktop();
    const words = Array.from({ length: 200 }, (_, index) => `text ${index}`);
    await relay.workspace().append(...words);
    for (let round = 0; round < 10; round += 1) await desktop.runAndDie(relay.url, identity, 20);
    const lost = words.filter((word) => !desktop.committed.includes(word)).length;
    process.stdout.write(`control, acknowledged before the commit: lost ${lost} of 200\n`);
    expect(lost).toBeGreaterThan(0);
  });
});
