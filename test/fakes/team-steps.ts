import fc from 'fast-check';

import { all } from '#main/sqlite/database.ts';
import { sql } from '#main/sqlite/sql.ts';
import type { EntryId } from '#shared/message/entry.ts';
import type { ReceiptState } from '#shared/provider/delivery.ts';

import { refused, unknown } from './outbound-road.ts';
import { type TeamDesktop, desktopIds } from './team-desktop.ts';
import { type TeamWorld, acceptedAs, everything, threadsOf } from './team-world.ts';

/** What may happen, and how often as against the others. */
const weights = {
  'text-in': 3,
  'text-in-twice': 1,
  call: 1,
  send: 3,
  'send-refused': 1,
  'send-unanswered': 1,
  again: 1,
  receipt: 3,
  sweep: 1,
  read: 2,
  draft: 2,
  done: 2,
  assign: 2,
  note: 1,
  push: 4,
  'push-unanswered': 1,
  pull: 6,
  repeat: 1,
  'old-delivery': 1,
  restart: 1,
  'clock-back': 1,
} as const;
type Kind = keyof typeof weights;

export type Step = { readonly kind: Kind; readonly who: number; readonly a: number };

export const steps = (most: number): fc.Arbitrary<Step[]> =>
  fc.array(
    fc.record({
      kind: fc.oneof(
        ...Object.entries(weights).map(([kind, weight]) => ({
          weight,
          arbitrary: fc.constant(kind as Kind),
        })),
      ),
      who: fc.nat(3),
      a: fc.nat(11),
    }),
    { minLength: 5, maxLength: most, size: 'max' },
  );

/** How a desktop takes what the log hands it; a control does it wrongly. */
export type Taking = (desktop: TeamDesktop, stored: Parameters<TeamDesktop['take']>[0]) => void;
export const rightly: Taking = (desktop, stored) => desktop.take(stored);

type Scene = {
  readonly world: TeamWorld;
  readonly desktop: TeamDesktop;
  readonly a: number;
  readonly taking: Taking;
};

const deeds: Readonly<Record<Kind, (scene: Scene) => void | Promise<void>>> = {
  'text-in': ({ world, a }) => world.hook(world.textIn(world.peer(a))),
  'text-in-twice': ({ world, a }) => {
    const text = world.textIn(world.peer(a));
    world.hook(text);
    world.hook(text);
  },
  call: ({ world, a }) =>
    world.hook({
      kind: 'call',
      providerCallId: world.nextId(),
      direction: a % 4 === 0 ? 'out' : 'in',
      line: '+15550100001',
      peer: world.peer(a),
      outcome: 'missed',
      seconds: 0,
    }),
  send: async ({ world, desktop, a }) => {
    const [to, text] = [world.peer(a), `out ${world.nextId()}`];
    await desktop.send(to, text, acceptedAs(world.taken(desktop, { to, text })));
  },
  'send-refused': ({ world, desktop, a }) =>
    desktop.send(world.peer(a), `out ${world.nextId()}`, refused),
  'send-unanswered': async ({ world, desktop, a }) => {
    const [to, text] = [world.peer(a), `out ${world.nextId()}`];
    world.taken(desktop, { to, text });
    await desktop.send(to, text, unknown);
  },
  again: async ({ world, desktop }) => {
    const text = all<{ id: EntryId; text: string; peer: string }>(
      desktop.db,
      sql`SELECT entries.id, text, peer FROM entries JOIN threads ON threads.id = thread_id
          WHERE state = 'failed' AND author = ${desktop.id} AND failure_kind = 'landline' ORDER BY entries.id LIMIT 1`,
    )[0];
    if (text === undefined) return;
    const id = world.taken(desktop, { to: text.peer, text: text.text });
    await desktop.again(text.id, acceptedAs(id));
  },
  receipt: ({ world, a }) => {
    const sent = world.list.filter(({ direction }) => direction === 'out');
    const text = sent[a % Math.max(1, sent.length)];
    if (text === undefined) return;
    const state = (['accepted', 'sent', 'delivered', 'failed'] as const)[a % 4] as ReceiptState;
    const failure = state === 'failed' ? ({ kind: 'unreachable', raw: null } as const) : null;
    const { providerMessageId } = text;
    const said = { providerMessageId, reference: null, state, failure, happenedAt: null };
    world.hook({ kind: 'receipt', ...said });
  },
  sweep: ({ world, desktop }) => desktop.sweep(world.list),
  read: ({ desktop, a }) => inThread(desktop, a, ({ id, newest }) => desktop.read(id, newest)),
  draft: ({ world, desktop, a }) =>
    inThread(desktop, a, ({ id }) => desktop.draft(id, a % 3 ? `draft ${world.nextId()}` : '')),
  done: ({ desktop, a }) => inThread(desktop, a, ({ id }) => desktop.done(id, a % 3 > 0)),
  assign: ({ desktop, a }) =>
    inThread(desktop, a, ({ id }) => desktop.assign(id, desktopIds[a % 5] ?? null)),
  note: ({ world, desktop, a }) =>
    inThread(desktop, a, ({ id }) => desktop.note(id, `note ${world.nextId()}`)),
  push: ({ world, desktop, a }) => world.push(desktop, a),
  'push-unanswered': ({ world, desktop, a }) => world.push(desktop, a, false),
  pull: ({ world, desktop, a, taking }) =>
    world.pull(desktop, a, (stored) => taking(desktop, stored)),
  repeat: ({ world, a }) => world.repeat(a),
  'old-delivery': ({ world, desktop, a, taking }) => {
    const old = world.log[a % Math.max(1, desktop.cursor)];
    if (old && old.seq <= desktop.cursor) taking(desktop, old);
  },
  restart: ({ desktop }) => desktop.restart(),
  'clock-back': ({ desktop, a }) => desktop.clock.jump((a - 8) * 60_000),
};

function inThread(
  desktop: TeamDesktop,
  a: number,
  deed: (thread: ReturnType<typeof threadsOf>[number]) => unknown,
): void {
  const threads = threadsOf(desktop);
  const thread = threads[a % Math.max(1, threads.length)];
  if (thread) deed(thread);
}

export async function doStep(world: TeamWorld, step: Step, taking: Taking): Promise<void> {
  const desktop = world.desktops[step.who % world.desktops.length];
  if (desktop) await deeds[step.kind]({ world, desktop, a: step.a, taking });
}

/** Everybody is online for long enough: every list is looked through, everything is told and heard. */
export function bringTogether(world: TeamWorld, taking: Taking = rightly): void {
  for (let round = 0; round < 2; round += 1) {
    for (const each of world.desktops) {
      each.sweep(world.list);
      world.push(each, everything);
    }
    for (const each of world.desktops)
      world.pull(each, everything, (stored) => taking(each, stored));
  }
}
