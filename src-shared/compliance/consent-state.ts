import type { ConsentEvent, ConsentScope } from './consent-event.ts';

/** A text that reads like an opt-out counts as one after this long without a decision, in milliseconds: a day. */
export const likelyOptOutAfter = 86_400_000;

/** Where and when consent is asked about. What is left out of the place is covered by events about all alone. */
export type ConsentPlace = {
  readonly line?: string | null;
  readonly campaign?: string | null;
  readonly brand?: string | null;
};

export type OptedOut = {
  readonly event: ConsentEvent;
  /** Who can give it back: the customer alone, or an agent, too. */
  readonly who: 'customer' | 'agent';
  /** It was never said outright: nobody decided about a likely opt-out in time. */
  readonly byLikelihood: boolean;
};

/** A number's consent at one moment. */
export type ConsentState = {
  readonly optedOut: OptedOut | null;
  /** A text that reads like an opt-out and waits for a person; null where there is none, or where the time is over. */
  readonly likely: ConsentEvent | null;
  /** What gives consent, the strongest there is. Null where somebody opted out, or never gave any. */
  readonly consent: ConsentEvent | null;
  /** They were asked to opt in and have not answered yet. */
  readonly asked: ConsentEvent | null;
};

type Draft = { -readonly [Name in keyof ConsentState]: ConsentState[Name] } & {
  firm: ConsentEvent | null;
  soft: ConsentEvent | null;
};

/**
 * The consent of one number from all its events, whatever their order: they are taken by time and, where that is the same, by
 * uid, so that every desktop that knows the same events comes to the same. `now` is when it is asked; later events count for
 * nothing where `asOf` is given.
 */
export function consentState(
  events: readonly ConsentEvent[],
  { now, asOf, place = {} }: { now: number; asOf?: number; place?: ConsentPlace },
): ConsentState {
  const until = asOf ?? Infinity;
  const told = events
    .filter(({ at, scope }) => at <= until && covers(scope, place))
    .toSorted(inOrder);
  const state: Draft = {
    firm: null,
    soft: null,
    optedOut: null,
    likely: null,
    consent: null,
    asked: null,
  };
  for (const event of told) {
    lapse(state, event.at);
    deeds[event.kind](state, event);
  }
  lapse(state, asOf ?? now);
  const { likely, asked, consent } = state;
  const optedOut = optedOutOf(state);
  return { optedOut, likely, asked, consent: optedOut === null ? consent : null };
}

/** The order in which events count: by time, then by uid. */
export function inOrder(a: ConsentEvent, b: ConsentEvent): number {
  return a.at - b.at || (a.uid < b.uid ? -1 : 1);
}

/** Is this event about that place? */
export function covers(scope: ConsentScope, place: ConsentPlace): boolean {
  return scope.kind === 'all' || place[scope.kind] === scope.of;
}

function optedOutOf({ firm, soft }: Draft): OptedOut | null {
  const event = firm ?? soft;
  if (event === null) return null;
  const who = firm === null ? 'agent' : 'customer';
  return { event, who, byLikelihood: event.kind === 'likely-opt-out' };
}

/* Nobody decided about it within the day. */
function lapse(state: Draft, now: number): void {
  if (state.likely === null || now - state.likely.at < likelyOptOutAfter) return;
  state.soft ??= state.likely;
  state.likely = null;
}

const ranks: Readonly<Record<string, number>> = { 'opt-in': 1, express: 1, 'express-written': 2 };
const rankOf = (event: ConsentEvent | null): number => ranks[event?.kind ?? ''] ?? 0;

/* What is given while somebody is opted out is worth nothing, then and later: a list that is read in once more revives nobody. */
function give(state: Draft, event: ConsentEvent): void {
  if (state.firm !== null || state.soft !== null) return;
  if (rankOf(event) >= rankOf(state.consent)) state.consent = event;
}

/* "Yes" answers anything, so it counts only where it can be an answer to us. */
const answersNothing = ({ firm, soft, asked }: Draft, { evidence }: ConsentEvent): boolean =>
  !plainOptIns.has(evidence.keyword ?? '') && firm === null && soft === null && asked === null;

const plainOptIns: ReadonlySet<string> = new Set(['start', 'unstop', 'optin']);

const deeds: Readonly<Record<ConsentEvent['kind'], (state: Draft, event: ConsentEvent) => void>> = {
  express: give,
  'express-written': give,
  'opt-in': (state, event) => {
    if (event.who !== 'customer' || event.source !== 'keyword') return give(state, event);
    if (answersNothing(state, event)) return;
    state.firm = state.soft = state.likely = state.asked = null;
    give(state, event);
  },
  'opt-out': (state, event) => {
    state.likely = state.asked = null;
    if (event.who === 'agent') {
      if (state.soft?.kind !== 'opt-out') state.soft = event;
      return;
    }
    state.firm ??= event;
    state.consent = null;
  },
  undo: (state) => {
    state.soft = null;
  },
  'likely-opt-out': (state, event) => {
    if (state.firm === null && state.soft === null) state.likely ??= event;
  },
  'not-opt-out': (state) => {
    state.likely = null;
    if (state.soft?.kind === 'likely-opt-out') state.soft = null;
  },
  asked: (state, event) => {
    state.asked = event;
  },
};
