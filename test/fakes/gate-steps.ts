import fc from 'fast-check';

import { type GateScene, gateDeeds } from './gate-deeds.ts';

/** What may happen, and how often as against the others. */
const weights: Readonly<Record<Kind, number>> = {
  send: 6,
  later: 2,
  broadcast: 1,
  resume: 1,
  answer: 4,
  says: 5,
  pull: 7,
  push: 5,
  'opt-out': 1,
  undo: 1,
  receipt: 2,
  again: 1,
  anyway: 1,
  cancel: 1,
  crash: 2,
  'time-passes': 3,
};
type Kind = keyof typeof gateDeeds;
export type GateStep = { readonly kind: Kind; readonly who: number; readonly a: number };

export const gateSteps = (most: number): fc.Arbitrary<GateStep[]> =>
  fc.array(
    fc.record({
      kind: fc.oneof(
        ...Object.entries(weights).map(([kind, weight]) => ({
          weight,
          arbitrary: fc.constant(kind as Kind),
        })),
      ),
      who: fc.nat(1),
      a: fc.nat(11),
    }),
    { minLength: 8, maxLength: most, size: 'max' },
  );

const pauses = [1_000, 20_000, 90_000, 3_600_000, 36_000_000];
/** Longest that every second is lived through, in milliseconds. */
const awake = 2_000;

export async function doGateStep(scene: GateScene, { kind, who, a }: GateStep): Promise<void> {
  const { world } = scene;
  const desktop = world.desktops[who % world.desktops.length]!;
  watchCarriers(scene);
  gateDeeds[kind](scene, desktop, a);
  const pause = kind === 'time-passes' ? pauses[a % pauses.length]! : 1_000;
  scene.now += pause;
  for (const each of world.desktops) {
    // A machine that slept: nobody is asked each second of ten hours.
    each.clock.jump(Math.max(0, pause - awake));
    await each.clock.advance(Math.min(pause, awake));
    await each.wake();
  }
}

function watchCarriers({ world, watch }: GateScene): void {
  for (const { id, carrier } of world.desktops)
    carrier.onSend = (text) => {
      watch.sent(id, text);
      return null;
    };
}
