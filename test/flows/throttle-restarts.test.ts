import { randomUUID } from 'node:crypto';

import fc from 'fast-check';
import { expect, test } from 'vitest';

import { saveConnectionRates } from '#main/history/connection-limits.ts';
import { sendMessage } from '#main/outbound/send-message.ts';
import { settle } from '#test/fakes/manual-clock.ts';
import { accepted, unknown, unsent } from '#test/fakes/outbound-road.ts';
import { blankHistory, TeamDesktop, teamConnection } from '#test/fakes/team-desktop.ts';

const seed = Number(process.env['TRUNKLINE_SEED'] ?? Date.now() % 1_000_000);
const limit = 5;
const within = 1_000;

const step = fc.record({
  kind: fc.constantFrom('write', 'write', 'pass', 'pass', 'restart'),
  a: fc.nat(11),
});
type Step = typeof step extends fc.Arbitrary<infer One> ? One : never;

/** When requests came to the carrier, whatever happened in between. */
async function requestsOf(blank: Buffer, steps: readonly Step[], allowed: number) {
  const desktop = new TeamDesktop('desk-a', blank, Date.UTC(2026, 0, 1));
  saveConnectionRates(desktop.db, teamConnection, { sms: { limit: allowed, within }, mms: null });
  const came: number[] = [];
  desktop.carrier.onSend = ({ uid }) => {
    came.push(desktop.clock.now());
    return [accepted(uid), unsent(), unknown, accepted(uid)][came.length % 4] ?? null;
  };
  for (const { kind, a } of steps) {
    if (kind === 'write') for (let nth = 0; nth <= a; nth += 1) write(desktop, nth);
    if (kind === 'restart') desktop.restart();
    await desktop.wake();
    if (kind === 'pass') await desktop.clock.advance(a * 130);
    await settle();
  }
  await desktop.clock.advance(30_000);
  desktop.close();
  return came;
}

function write(desktop: TeamDesktop, nth: number): void {
  const target = { lineId: 1 as never, to: `+155502001${String(nth).padStart(2, '0')}` };
  sendMessage(desktop.desk, { uid: randomUUID(), target, text: `out ${nth}` });
}

/** The most that came within any span. */
const fullest = (came: readonly number[]): number =>
  Math.max(0, ...came.map((from) => came.filter((at) => at >= from && at < from + within).length));

test(`no span is over its limit through refusals and restarts (seed ${seed})`, async () => {
  const blank = blankHistory('own');
  let [requests, restarts] = [0, 0];
  const property = fc.asyncProperty(
    fc.array(step, { minLength: 5, maxLength: 25, size: 'max' }),
    async (steps) => {
      const came = await requestsOf(blank, steps, limit);
      requests += came.length;
      restarts += steps.filter(({ kind }) => kind === 'restart').length;
      expect(fullest(came)).toBeLessThanOrEqual(limit);
    },
  );
  await fc.assert(property, { seed, numRuns: 40, endOnFailure: true });
  process.stdout.write(`budget: seed ${seed}, ${requests} requests, ${restarts} restarts\n`);
  expect(requests).toBeGreaterThan(400);
  expect(restarts).toBeGreaterThan(40);
}, 60_000);

test('what is allowed more is seen to be more', async () => {
  const burst = [{ kind: 'write', a: 11 }] as const;
  expect(fullest(await requestsOf(blankHistory('own'), burst, limit * 2))).toBe(limit * 2);
});
