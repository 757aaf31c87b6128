import type { ConsentSummary, ShownConsentEvent } from '../contract/consent-commands.ts';
import type { ConsentEvent, ConsentKind, ConsentSource } from './consent-event.ts';
import { type ConsentState, likelyOptOutAfter } from './consent-state.ts';

/** Where a number's consent stands, in the shape a screen and a proof show it. */
export function summariseConsent(number: string, state: ConsentState): ConsentSummary {
  const event = state.optedOut?.event ?? state.likely ?? state.asked ?? state.consent;
  const standing = standingOf(state);
  return {
    number,
    standing,
    at: event?.at ?? null,
    by: byOf(state),
    byLikelihood: state.optedOut?.byLikelihood ?? false,
    words: event?.evidence.words ?? null,
    until: state.likely === null ? null : state.likely.at + likelyOptOutAfter,
  };
}

function standingOf({
  optedOut,
  likely,
  asked,
  consent,
}: ConsentState): ConsentSummary['standing'] {
  if (optedOut !== null) return 'opted-out';
  if (likely !== null) return 'likely-opt-out';
  if (asked !== null) return 'asked';
  return consent === null ? 'none' : (given[consent.kind] ?? 'none');
}

const given: Readonly<Partial<Record<ConsentKind, ConsentSummary['standing']>>> = {
  express: 'express',
  'express-written': 'express-written',
  'opt-in': 'opt-in',
};

/* What nobody said outright is an agent's to undo, whoever wrote the words. */
function byOf({ optedOut, likely, asked, consent }: ConsentState): ConsentSummary['by'] {
  if (optedOut !== null) return optedOut.who === 'agent' ? 'agent' : optedOut.event.who;
  return (likely ?? asked ?? consent)?.who ?? null;
}

const titles: Readonly<Record<ConsentKind, string>> = {
  express: 'Consent by word of mouth or form',
  'express-written': 'Consent in writing',
  'opt-in': 'Opted in',
  'opt-out': 'Opted out',
  undo: 'Opt-out undone',
  'likely-opt-out': 'Looks like an opt-out',
  'not-opt-out': 'Said to be no opt-out',
  asked: 'Asked to opt in',
};

const sources: Readonly<Record<ConsentSource, string>> = {
  keyword: 'a text',
  'free-text': 'a text',
  form: 'a form',
  import: 'a list that was read in',
  verbal: 'word of mouth',
  agent: 'an agent',
  carrier: 'the carrier, which refused a text of ours',
  'block-list': 'a carrier’s block list',
  program: 'this program',
};

/** An event in words. */
export function showConsentEvent(event: ConsentEvent): ShownConsentEvent {
  const { kind, source, scope, evidence } = event;
  const { words, line, note, row, code } = evidence;
  const parts = [
    `By ${sources[source]}${line === undefined ? '' : ` on ${line}`}.`,
    words === undefined ? '' : `"${words}"`,
    note === undefined || note === '' ? '' : `Note: ${note}`,
    row === undefined ? '' : `Row: ${row}`,
    code === undefined ? '' : `Code: ${code}`,
    scope.kind === 'all' ? '' : `For the ${scope.kind} ${scope.of} alone.`,
  ];
  return { ...event, title: titles[kind], detail: parts.filter((part) => part !== '').join(' ') };
}
