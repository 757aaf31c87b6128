import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { addAttempt } from '#main/history/attempts.ts';
import { listReadyToSend, markSending } from '#main/history/outbox.ts';
import { drainOutbox } from '#main/outbound/drain-outbox.ts';
import { feedBroadcasts } from '#main/outbound/feed-broadcasts.ts';
import { handOver } from '#main/outbound/hand-over.ts';
import { recordOutcome } from '#main/outbound/record-outcome.ts';
import { transact } from '#main/sqlite/database.ts';
import { type GateScene, pull } from '#test/fakes/gate-deeds.ts';
import { type GateStep, doGateStep, gateSteps } from '#test/fakes/gate-steps.ts';
import { StopWatch } from '#test/fakes/stop-watch.ts';
import { type Draining, blankHistory, teamConnection } from '#test/fakes/team-desktop.ts';
import { TeamWorld, everything } from '#test/fakes/team-world.ts';

const seed = Number(process.env['TRUNKLINE_SEED'] ?? Date.now() % 1_000_000);
const runs = 250;
const begin = Date.UTC(2026, 0, 1);
const nothingYet = () => new StopWatch().counts;

type Setting = { readonly blank: Buffer; readonly desktops: number; readonly draining?: Draining };

/** The outbox, and the broadcasts that fill it. */
const drainAll: Draining = (desk) => {
  const drain = drainOutbox(desk);
  const feed = feedBroadcasts(desk, { wakeOutbox: drain.wake, moved: () => undefined });
  const both = [drain, feed];
  return {
    ...drain,
    wake: () => both.forEach((each) => each.wake()),
    stop: () => both.forEach((each) => each.stop()),
  };
};

/** Plays it all, lets everybody hear of everything at the end, and tells what was broken. */
async function play(
  { blank, desktops, draining = drainAll }: Setting,
  steps: readonly GateStep[],
  counts = nothingYet(),
): Promise<string[]> {
  const world = new TeamWorld(blank, desktops);
  for (const each of world.desktops) each.drainBy(draining);
  const scene: GateScene = { world, watch: new StopWatch(), now: begin };
  for (const step of steps) await doGateStep(scene, step);
  for (const each of world.desktops) world.push(each, everything);
  for (const each of world.desktops) pull(scene, each, everything);
  await doGateStep(scene, { kind: 'time-passes', who: 0, a: 4 });
  for (const each of world.desktops) {
    await each.wake();
    each.carrier.waiting.length = 0;
  }
  world.close();
  for (const key of Object.keys(counts) as (keyof typeof counts)[])
    counts[key] += scene.watch.counts[key];
  return scene.watch.broken;
}

/** Sends what is due as it was judged when it was written, and asks nobody again. */
const withoutGate: Draining = (desk) => {
  const real = drainOutbox({ ...desk, adapterOf: () => undefined });
  const wake = () => {
    const adapter = desk.adapterOf(teamConnection);
    const asked = { connectionId: teamConnection, now: desk.clock.now(), limit: 100 };
    for (const row of desk.db.open ? listReadyToSend(desk.db, asked) : []) {
      const { entryId, attempt, connectionId } = row;
      transact(desk.db, () => {
        markSending(desk.db, entryId, desk.bootId);
        addAttempt(desk.db, { entryId, attempt, connectionId, startedAt: desk.clock.now() });
      });
      if (adapter === undefined) continue;
      void handOver(desk, row, adapter).then((outcome) => {
        if (desk.db.open) recordOutcome(desk, row, outcome);
      });
    }
  };
  return { ...real, wake };
};

describe(`once a STOP is committed (seed ${seed})`, () => {
  test.each([
    ['own', 1],
    ['team', 2],
  ] as const)(
    'nothing leaves but the one confirmation: %s, %i desktops',
    async (origin, desktops) => {
      const setting = { blank: blankHistory(origin), desktops };
      const counts = nothingYet();
      const property = fc.asyncProperty(gateSteps(60), async (steps) => {
        expect(await play(setting, steps, counts)).toEqual([]);
      });
      await fc.assert(property, { seed, numRuns: runs, endOnFailure: true });
      process.stdout.write(
        `STOP, ${origin}: seed ${seed}, ${runs} runs, ${JSON.stringify(counts)}\n`,
      );
      expect(counts.requests).toBeGreaterThan(runs);
      expect(counts.confirmations).toBeGreaterThan(runs / 10);
    },
    90_000,
  );

  test('a desktop that judges only when a text is written is found out', async () => {
    const setting = { blank: blankHistory('own'), desktops: 1, draining: withoutGate };
    const found: string[] = [];
    const property = fc.asyncProperty(gateSteps(60), async (steps) => {
      found.push(...(await play(setting, steps)));
      return found.length === 0;
    });
    await fc.check(property, { seed, numRuns: runs, endOnFailure: true });
    process.stdout.write(`control: ${found.join('; ')}\n`);
    expect(found).not.toEqual([]);
  }, 90_000);
});
