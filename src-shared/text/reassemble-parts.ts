import { lateMessageOf, messageOf, wholeMessageOf } from './finished-message.ts';
import type { FinishedMessage } from './finished-message.ts';
import { maximumParts } from './part-limits.ts';
import { addPart, isComplete, isOf, startSet, textAt } from './part-set.ts';
import type { PartSet, PlacedPart, ReceivedPart } from './part-set.ts';

type ShownSet = PartSet & { readonly shownAt: number };

/** What is held between parts. Plain data: it may be stored and read back after a restart. */
export type Reassembly = {
  /** Messages still waiting for parts, least recently fed first. */
  readonly open: readonly PartSet[];
  /** Messages already shown, kept for a while to know late and repeated parts; oldest first. */
  readonly shown: readonly ShownSet[];
  readonly nextId: number;
};

/** Times in ms. */
export type ReassemblyLimits = {
  /** A message is shown with gaps when no part has come for so long. */
  readonly waitMs: number;
  /** How long a shown message is remembered. */
  readonly rememberMs: number;
  /** Parts whose `sentAt` lie further apart are of different messages: the reference was used again. */
  readonly spanMs: number;
  /** Sets held, open and shown each; in all, per sender, and counted in parts (at least 255). */
  readonly maxSets: number;
  readonly maxSetsPerSender: number;
  readonly maxParts: number;
};

export const usualReassemblyLimits: ReassemblyLimits = {
  waitMs: 30 * 60_000,
  rememberMs: 60 * 60_000,
  spanMs: 60 * 60_000,
  maxSets: 1000,
  maxSetsPerSender: 20,
  maxParts: 5000,
};

/** The clock at this step, and the limits that hold. */
export type Moment = { readonly now: number; readonly limits: ReassemblyLimits };

/** What one step brings: the state to keep and the messages to show, in order. */
export type ReassemblyStep = {
  readonly state: Reassembly;
  readonly finished: readonly FinishedMessage[];
};

type Placing = {
  readonly state: Reassembly;
  readonly part: PlacedPart;
  readonly moment: Moment;
};

export const emptyReassembly: Reassembly = { open: [], shown: [], nextId: 1 };

const nothingNew = (state: Reassembly): ReassemblyStep => ({ state, finished: [] });

const andThen = (
  step: ReassemblyStep,
  next: (state: Reassembly) => ReassemblyStep,
): ReassemblyStep => {
  const after = next(step.state);
  return { state: after.state, finished: [...step.finished, ...after.finished] };
};

/** Shows sets as they are and remembers them. */
function show(state: Reassembly, sets: readonly PartSet[], now: number): ReassemblyStep {
  if (sets.length === 0) return nothingNew(state);
  const ids = new Set(sets.map(({ id }) => id));
  const open = state.open.filter(({ id }) => !ids.has(id));
  const shown = [...state.shown, ...sets.map((set) => ({ ...set, shownAt: now }))];
  return { state: { ...state, open, shown }, finished: sets.map(messageOf) };
}

const begin = (state: Reassembly, part: PlacedPart, now: number): ReassemblyStep =>
  nothingNew({
    ...state,
    open: [...state.open, startSet(part, state.nextId, now)],
    nextId: state.nextId + 1,
  });

const showAlone = (state: Reassembly, part: ReceivedPart, now: number): ReassemblyStep => ({
  state: { ...state, nextId: state.nextId + 1 },
  finished: [wholeMessageOf(part, state.nextId, now)],
});

const isPlaced = (part: ReceivedPart): part is PlacedPart => {
  if (part.concatenation === undefined) return false;
  const { total, sequence } = part.concatenation;
  return total > 1 && total <= maximumParts && sequence >= 1 && sequence <= total;
};

/** Whether the part belongs to another message that happens to bear the same reference. */
function isReuse(set: PartSet, part: PlacedPart, { spanMs }: ReassemblyLimits): boolean {
  const held = textAt(set, part.concatenation.sequence);
  if (held !== undefined && held !== part.text) return true;
  if (set.sentAt === undefined || part.sentAt === undefined) return false;
  return Math.abs(part.sentAt - set.sentAt) > spanMs;
}

function joinOpen(step: Placing, set: PartSet): ReassemblyStep {
  const { state, part, moment } = step;
  const { now, limits } = moment;
  if (isReuse(set, part, limits)) {
    return andThen(show(state, [set], now), (after) => begin(after, part, now));
  }
  if (textAt(set, part.concatenation.sequence) !== undefined) return nothingNew(state);
  const grown = addPart(set, part, now);
  if (isComplete(grown)) return show(state, [grown], now);
  return nothingNew({
    ...state,
    open: [...state.open.filter(({ id }) => id !== set.id), grown],
  });
}

function joinShown(step: Placing, set: ShownSet): ReassemblyStep {
  const { state, part, moment } = step;
  const { now, limits } = moment;
  if (isReuse(set, part, limits)) return begin(state, part, now);
  if (textAt(set, part.concatenation.sequence) !== undefined) return nothingNew(state);
  const grown = { ...addPart(set, part, now), shownAt: now };
  const shown = [...state.shown.filter(({ id }) => id !== set.id), grown];
  return { state: { ...state, shown }, finished: [lateMessageOf(grown, part, now)] };
}

function place(step: Placing): ReassemblyStep {
  const { state, part, moment } = step;
  const open = state.open.find((set) => isOf(set, part));
  if (open !== undefined) return joinOpen(step, open);
  const shown = state.shown.findLast((set) => isOf(set, part));
  return shown === undefined ? begin(state, part, moment.now) : joinShown(step, shown);
}

/** The sets for which there is no room when the newest are kept, oldest first. */
function withoutRoom<Held extends PartSet>(
  sets: readonly Held[],
  limits: ReassemblyLimits,
): Held[] {
  const setsOf = new Map<string, number>();
  let kept = 0;
  let parts = 0;
  const leaves = (set: Held): boolean => {
    const ofSender = (setsOf.get(set.from) ?? 0) + 1;
    const isTooMany = kept >= limits.maxSets || ofSender > limits.maxSetsPerSender;
    if (isTooMany || parts + set.parts.length > limits.maxParts) return true;
    setsOf.set(set.from, ofSender);
    kept += 1;
    parts += set.parts.length;
    return false;
  };
  return sets.toReversed().filter(leaves).toReversed();
}

/** Shows what there is no room to hold, and forgets what was shown longest ago. */
function makeRoom(state: Reassembly, { now, limits }: Moment): ReassemblyStep {
  const step = show(state, withoutRoom(state.open, limits), now);
  const forgotten = new Set(withoutRoom(step.state.shown, limits));
  if (forgotten.size === 0) return step;
  const shown = step.state.shown.filter((set) => !forgotten.has(set));
  return { ...step, state: { ...step.state, shown } };
}

/** Shows, with gaps, every message that has waited long enough; without one the state stays the same. */
export function expireParts(state: Reassembly, { now, limits }: Moment): ReassemblyStep {
  const isOld = (since: number, most: number): boolean => now - since >= most;
  const shown = state.shown.filter(({ shownAt }) => !isOld(shownAt, limits.rememberMs));
  const kept = shown.length === state.shown.length ? state : { ...state, shown };
  const waited = state.open.filter(({ lastAt }) => isOld(lastAt, limits.waitMs));
  return show(kept, waited, now);
}

/** When `expireParts` next has a message to show, ms; undefined while nothing waits. */
export function nextExpiry(state: Reassembly, limits: ReassemblyLimits): number | undefined {
  const times = state.open.map(({ lastAt }) => lastAt + limits.waitMs);
  return times.length === 0 ? undefined : Math.min(...times);
}

/**
 * Takes in one part. Parts may come in any order and more than once; a repeated part brings nothing. No
 * text is discarded: what cannot be completed is shown with gaps, and a part with impossible numbers is
 * shown as a message of its own. A reference used again closes the message that bore it before.
 */
export function acceptPart(state: Reassembly, part: ReceivedPart, moment: Moment): ReassemblyStep {
  const swept = expireParts(state, moment);
  if (!isPlaced(part)) return andThen(swept, (after) => showAlone(after, part, moment.now));
  const placed = andThen(swept, (after) => place({ state: after, part, moment }));
  return andThen(placed, (after) => makeRoom(after, moment));
}
