import {
  addPeople,
  countOutcomes,
  countPeople,
  pagePeople,
  releasePaused,
} from '#main/history/broadcast-people.ts';
import {
  type BroadcastRow,
  addBroadcast,
  findBroadcast,
  findBroadcastByUid,
  listBroadcasts,
  setBroadcastState,
  startBroadcast,
} from '#main/history/broadcasts.ts';
import { findDayCap } from '#main/history/day-cap.ts';
import { findLimitFacts } from '#main/history/limit-facts.ts';
import { findLine } from '#main/history/lines.ts';
import { purposeOf } from '#main/outbound/feed-broadcasts.ts';
import { gatherFacts } from '#main/outbound/gather-facts.ts';
import { transact } from '#main/sqlite/database.ts';
import { judge } from '#shared/compliance/judge.ts';
import type { Handlers } from '#shared/contract/answer-renderer.ts';
import type { Broadcast, broadcastCommands } from '#shared/contract/broadcast-commands.ts';
import type { CommandInput, CommandOutput } from '#shared/contract/contract.ts';
import { CommandFailure } from '#shared/contract/failure.ts';
import { readNumber } from '#shared/phone/read-number.ts';
import { analyzeText } from '#shared/text/analyze-text.ts';
import { estimateDuration } from '#shared/throughput/estimate-duration.ts';
import { limitsOf } from '#shared/throughput/limits-of.ts';
import { endOfPacificDay } from '#shared/throughput/pacific-day.ts';
import { usualTables } from '#shared/throughput/throughput-tables.ts';

import type { Desk } from './desk.ts';

/** Milliseconds between the start and the first text, in which a start can be undone. */
const undoMs = 5_000;

/** One text to many, each in a conversation of their own. */
export function broadcastHandlers(desk: Desk): Pick<Handlers, keyof typeof broadcastCommands> {
  const { db } = desk;
  return {
    'broadcast.judge': (input) => judgeRows(desk, input),
    'broadcast.duration': (input) => durationOf(desk, input),
    'broadcast.create': (input) => create(desk, input),
    'broadcast.add': (input) => add(desk, input),
    'broadcast.start': ({ broadcastId }) => start(desk, broadcastId),
    'broadcast.pause': ({ broadcastId }) =>
      turn(desk, broadcastId, { from: ['running'], to: 'paused' }),
    'broadcast.resume': ({ broadcastId }) => {
      const answer = turn(desk, broadcastId, { from: ['paused'], to: 'running' });
      releasePaused(db, broadcastId, desk.clock.now());
      desk.wakeOutbox();
      return answer;
    },
    'broadcast.cancel': ({ broadcastId }) =>
      turn(desk, broadcastId, { from: ['draft', 'running', 'paused'], to: 'cancelling' }),
    'broadcasts.list': () => ({ broadcasts: listBroadcasts(db).map((each) => view(desk, each)) }),
    'broadcast.people': (input) => {
      mustFind(desk, input.broadcastId);
      return pagePeople(db, input);
    },
  };
}

/** A broadcast with what became of its people, as the screen shows it. */
export function showBroadcast(desk: Pick<Desk, 'db'>, id: number): Broadcast | null {
  const row = findBroadcast(desk.db, id);
  return row === undefined ? null : view(desk, row);
}

const view = ({ db }: Pick<Desk, 'db'>, row: BroadcastRow): Broadcast => ({
  ...row,
  stored: countPeople(db, row.id),
  counts: countOutcomes(db, row.id),
});

function mustFind({ db }: Desk, id: number): BroadcastRow {
  const row = findBroadcast(db, id);
  if (row !== undefined) return row;
  throw new CommandFailure('not-found', 'This broadcast is no longer there.');
}

function judgeRows(
  { sending }: Desk,
  { lineId, purpose, rows }: CommandInput<'broadcast.judge'>,
): CommandOutput<'broadcast.judge'> {
  const people = rows.map(({ to, text }) => {
    const { facts, to: reading } = gatherFacts(
      sending,
      { target: { lineId, to }, text },
      { purpose: purposeOf(purpose) },
    );
    const peer = peerOf(reading);
    return { verdict: judge(facts), segments: analyzeText(text).segments.length, peer };
  });
  return { people };
}

function durationOf(
  { db, clock }: Desk,
  { lineId, texts, units }: CommandInput<'broadcast.duration'>,
): CommandOutput<'broadcast.duration'> {
  const road = findLimitFacts(db, lineId);
  if (road === undefined) return { ms: 0, because: null };
  const now = clock.now();
  const limits = limitsOf({ ...road, isMms: false, isDomestic: true }, usualTables);
  const isOfBrand = road.brand !== null && road.line.numberType === '10dlc';
  const cap = isOfBrand && road.brand !== null ? findDayCap(db, road.brand, now) : null;
  const day = cap === null ? null : { ...cap, left: endOfPacificDay(now) - now };
  return estimateDuration({ texts, units, limits, day });
}

function peerOf(reading: ReturnType<typeof readNumber>): string | null {
  if (reading.kind === 'impossible') return null;
  return reading.kind === 'number' ? reading.e164 : reading.digits;
}

function create(desk: Desk, input: CommandInput<'broadcast.create'>): { broadcast: Broadcast } {
  if (findLine(desk.db, input.lineId) === undefined)
    throw new CommandFailure('not-found', 'This line is no longer there.', {
      field: 'lineId',
      cure: 'Choose another line.',
    });
  transact(desk.db, () => addBroadcast(desk.db, { ...input, createdAt: desk.clock.now() }));
  const row = findBroadcastByUid(desk.db, input.uid);
  if (row === undefined) throw new Error('the broadcast just begun is not there');
  return tellOf(desk, row.id);
}

function add(desk: Desk, input: CommandInput<'broadcast.add'>): { broadcast: Broadcast } {
  const { broadcastId, from, rows } = input;
  const { state, people } = mustFind(desk, broadcastId);
  if (state !== 'draft') throw refused('People are added before a broadcast is started.');
  if (from + rows.length > people)
    throw refused(`This broadcast is meant for ${people} people, and these are more.`);
  const read = rows.map(({ to, text }, place) => {
    const peer = peerOf(readNumber(to));
    if (peer !== null) return { position: from + place, peer, text: text.toWellFormed() };
    throw new CommandFailure('refused', `“${to}” is not a number that can be texted.`, {
      field: 'rows',
      cure: 'Take it out.',
    });
  });
  transact(desk.db, () => addPeople(desk.db, broadcastId, read));
  return { broadcast: view(desk, mustFind(desk, broadcastId)) };
}

function start(desk: Desk, id: number): { broadcast: Broadcast } {
  const { state, people } = mustFind(desk, id);
  const stored = countPeople(desk.db, id);
  if (state === 'draft' && stored !== people)
    throw refused(`${stored} of ${people} people are stored, so it cannot be started yet.`);
  if (state === 'cancelling' || state === 'cancelled')
    throw refused('This broadcast was cancelled.');
  transact(desk.db, () => startBroadcast(desk.db, id, desk.clock.now() + undoMs));
  desk.wakeBroadcasts();
  return tellOf(desk, id);
}

type Turn = { readonly from: readonly Broadcast['state'][]; readonly to: Broadcast['state'] };

/* Where it stands so already, asking again changes nothing. */
function turn(desk: Desk, id: number, { from, to }: Turn): { broadcast: Broadcast } {
  const { state } = mustFind(desk, id);
  if (from.includes(state)) {
    transact(desk.db, () => setBroadcastState(desk.db, id, to));
    desk.wakeBroadcasts();
  } else if (state === 'done') throw refused('All texts of this broadcast have left.');
  return tellOf(desk, id);
}

const refused = (because: string): CommandFailure =>
  new CommandFailure('refused', because, { cure: 'Look at the list of broadcasts.' });

function tellOf(desk: Desk, id: number): { broadcast: Broadcast } {
  const broadcast = view(desk, mustFind(desk, id));
  desk.tell('broadcast.changed', { broadcast });
  return { broadcast };
}
