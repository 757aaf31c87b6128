import { randomUUID } from 'node:crypto';

import { broadcastHandlers } from '#main/commands/broadcasts.ts';
import { consentHandlers } from '#main/commands/consent.ts';
import type { Desk } from '#main/commands/desk.ts';
import { cancelText, sendAnyway } from '#main/outbound/decide-held.ts';
import { scheduleText } from '#main/outbound/schedule-text.ts';
import { sendMessage } from '#main/outbound/send-message.ts';
import { tryAgain } from '#main/outbound/try-again.ts';
import { all } from '#main/sqlite/database.ts';
import { sql } from '#main/sqlite/sql.ts';
import { CommandFailure } from '#shared/contract/failure.ts';
import type { EntryId, ThreadId } from '#shared/message/entry.ts';
import type { DeliveryEvent } from '#shared/provider/delivery.ts';
import { type TeamEvent, teamProvider } from '#shared/team/team-event.ts';

import { refused, unknown, unsent } from './outbound-road.ts';
import type { StopWatch } from './stop-watch.ts';
import type { TeamDesktop } from './team-desktop.ts';
import { type TeamWorld, acceptedAs, threadsOf } from './team-world.ts';

/** STOP as often as everything else together, for it is what this is about. */
const sayings = ['STOP', 'Hello', 'STOP', 'HELP', 'STOP', 'START', 'take me off your list'];
/** Desktops, what customers said when, and what the carrier was asked. */
export type GateScene = { readonly world: TeamWorld; readonly watch: StopWatch; now: number };
type Deed = (scene: GateScene, desktop: TeamDesktop, a: number) => void;

export const gateDeeds = {
  send: ({ world }, { desk }, a) => {
    const target = { lineId: 1 as never, to: world.peer(a) };
    ifAllowed(() => {
      sendMessage(desk, { uid: randomUUID(), target, text: `out ${world.nextId()}` });
    });
  },
  answer: ({ world }, { carrier }, a) => {
    const next = carrier.waiting[0];
    if (next === undefined) return;
    const id = world.nextId();
    carrier.answerNext([acceptedAs(id), unsent(1_000), unknown, unsent(), refused][a % 5]!);
  },
  says: (scene, _, a) => {
    const { world, watch } = scene;
    const [from, text] = [world.peer(a % 2), sayings[a % sayings.length]!];
    watch.wrote(from, text);
    world.hook({ ...world.textIn(from), text } as DeliveryEvent, scene.now);
  },
  pull: (scene, desktop, a) => pull(scene, desktop, a),
  push: ({ world }, desktop, a) => world.push(desktop, a),
  'opt-out': (scene, desktop) => decide(scene, desktop, true),
  undo: (scene, desktop) => decide(scene, desktop, false),
  receipt: ({ world, now }, { carrier }, a) => {
    const text = carrier.sent[a % Math.max(1, carrier.sent.length)];
    if (text === undefined) return;
    const said = { providerMessageId: `p-${text.uid}`, reference: text.uid, failure: null };
    const state = (['accepted', 'sent', 'delivered'] as const)[a % 3]!;
    world.hook({ kind: 'receipt', ...said, state, happenedAt: null }, now);
  },
  again: (_, desktop) =>
    withText(desktop, sql`entries.state IN ('failed', 'unknown')`, (id) =>
      tryAgain(desktop.desk, id),
    ),
  anyway: (_, desktop) =>
    withText(desktop, sql`entries.state = 'queued'`, (id) => sendAnyway(desktop.desk, id)),
  cancel: (_, desktop) =>
    withText(desktop, sql`entries.state = 'queued'`, (id) => cancelText(desktop.desk, id)),
  crash: ({ watch }, desktop) => {
    watch.counts.crashes += 1;
    desktop.restart();
  },
  later: ({ world }, desktop, a) => {
    const { desk } = desktop;
    const target = { lineId: 1 as never, to: world.peer(a) };
    const when = { dueAt: desk.clock.now() + 5_000 + a * 60_000, zone: 'America/Chicago' };
    const words = { uid: randomUUID(), target, text: `out ${world.nextId()}` };
    ifAllowed(() => void scheduleText(desk, { ...words, ...when, evenIfTheyWrite: a % 2 === 0 }));
  },
  broadcast: ({ world }, desktop, a) => {
    const commands = broadcastHandlers(wholeDesk(desktop));
    const rows = [0, 1].map((nth) => ({ to: world.peer(nth), text: `out ${world.nextId()}` }));
    const about = {
      name: 'News',
      purpose: 'informational',
      text: 'out',
      people: rows.length,
    } as const;
    const uid = randomUUID();
    ifAllowed(() => {
      void commands['broadcast.create']({ ...about, uid, lineId: 1 as never });
      const { id } = broadcastsOf(desktop).at(-1) ?? { id: 0 };
      void commands['broadcast.add']({ broadcastId: id, from: 0, rows });
      void commands['broadcast.start']({ broadcastId: id });
      if (a % 3 === 0) void commands['broadcast.pause']({ broadcastId: id });
    });
  },
  resume: (_, desktop) => {
    const paused = broadcastsOf(desktop).find(({ state }) => state === 'paused');
    if (paused === undefined) return;
    const commands = broadcastHandlers(wholeDesk(desktop));
    ifAllowed(() => void commands['broadcast.resume']({ broadcastId: paused.id }));
  },
  'time-passes': () => undefined,
} as const satisfies Readonly<Record<string, Deed>>;

const broadcastsOf = ({ db }: TeamDesktop) =>
  all<{ id: number; state: string }>(db, sql`SELECT id, state FROM broadcasts ORDER BY id`);

/** Takes what the log has next; what a desktop has then committed, it must keep to. */
export function pull({ world, watch }: GateScene, desktop: TeamDesktop, most: number): void {
  world.pull(desktop, most, (stored) => {
    const said = JSON.parse(Buffer.from(stored.raw.body).toString()) as unknown;
    watch.counts.pendingAtStop += pendingFor(desktop, said);
    desktop.take(stored);
    if (stored.raw.provider === teamProvider) heardOfTeam(watch, desktop.id, said as TeamEvent);
    else
      for (const event of said as DeliveryEvent[])
        if (event.kind === 'text-received') watch.heard(desktop.id, event, stored.raw.receivedAt);
  });
}

function pendingFor({ db }: TeamDesktop, said: unknown): number {
  const [event] = Array.isArray(said) ? (said as DeliveryEvent[]) : [];
  if (event?.kind !== 'text-received' || event.text !== 'STOP') return 0;
  const waits = sql`SELECT outbox.entry_id FROM outbox JOIN threads ON threads.id = thread_id
      WHERE state = 'queued' AND peer = ${event.from}`;
  return all(db, waits).length;
}

function heardOfTeam(watch: StopWatch, desktop: string, event: TeamEvent): void {
  if (event.kind !== 'consent-told') return;
  // One's own deed may come back after one that was done since: it says nothing new.
  if (event.event.by === desktop) return;
  const { number, kind, at } = event.event;
  watch.decided(desktop, number, { isOut: kind === 'opt-out', at });
}

/** An agent decides about the person whose conversation moved last, or takes that back. */
function decide({ watch }: GateScene, desktop: TeamDesktop, isOut: boolean): void {
  const commands = consentHandlers(wholeDesk(desktop));
  for (const { id: threadId } of threadsOf(desktop).slice(isOut ? -1 : 0))
    ifAllowed(() => {
      if (isOut) void commands['consent.opt-out']({ threadId, note: '' });
      else void commands['consent.undo']({ threadId });
      const at = desktop.desk.clock.now();
      watch.decided(desktop.id, peerOf(desktop, threadId), { isOut, at });
    });
}

const wholeDesk = ({ desk }: TeamDesktop): Desk => ({
  ...desk,
  sending: desk,
  wakeOutbox: () => undefined,
  wakeBroadcasts: () => undefined,
});

const peerOf = ({ db }: TeamDesktop, id: ThreadId): string =>
  all<{ peer: string }>(db, sql`SELECT peer FROM threads WHERE id = ${id}`)[0]?.peer ?? '';

function withText(
  { db }: TeamDesktop,
  which: ReturnType<typeof sql>,
  deed: (id: EntryId) => unknown,
): void {
  const text = all<{ id: EntryId }>(
    db,
    sql`SELECT entries.id FROM entries WHERE direction = 'out' AND ${which} ORDER BY id DESC LIMIT 1`,
  )[0];
  if (text !== undefined) ifAllowed(() => void deed(text.id));
}

/** A refusal is an answer like any other. */
function ifAllowed(deed: () => void): void {
  try {
    deed();
  } catch (error) {
    if (!(error instanceof CommandFailure)) throw error;
  }
}
