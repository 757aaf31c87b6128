import { announce } from '#main/history/announce.ts';
import { countPending } from '#main/history/cancel-pending.ts';
import { changeConsent } from '#main/history/change-consent.ts';
import { listConsent, readConsentState } from '#main/history/consent-ledger.ts';
import { tellTeam } from '#main/history/team-outbox.ts';
import { placeOf } from '#main/history/team-place.ts';
import { findTeam } from '#main/history/team.ts';
import { newUid } from '#main/history/uid.ts';
import { consentProof } from '#main/review/consent-proof.ts';
import { transact } from '#main/sqlite/database.ts';
import type { ConsentEvent } from '#shared/compliance/consent-event.ts';
import { type ConsentState, consentState, inOrder } from '#shared/compliance/consent-state.ts';
import { showConsentEvent, summariseConsent } from '#shared/compliance/show-consent.ts';
import type { Handlers } from '#shared/contract/answer-renderer.ts';
import type { ConsentSummary, consentCommands } from '#shared/contract/consent-commands.ts';
import type { CommandInput, CommandOutput } from '#shared/contract/contract.ts';
import { CommandFailure } from '#shared/contract/failure.ts';
import type { ThreadId } from '#shared/message/entry.ts';

import type { Desk } from './desk.ts';
import { mustFindThread } from './threads.ts';

/** Who may be texted, and what an agent does about it. */
export function consentHandlers(desk: Desk): Pick<Handlers, keyof typeof consentCommands> {
  return {
    'consent.get': (input) => getConsent(desk, input),
    'consent.opt-out': ({ threadId, note }) =>
      change(desk, threadId, { kind: 'opt-out', source: 'agent', evidence: { note } }),
    'consent.undo': ({ threadId }) => undo(desk, threadId),
    'consent.decide': (input) => decide(desk, input),
    'consent.record': ({ threadId, kind, note }) =>
      change(desk, threadId, { kind, source: 'verbal', evidence: { note } }),
    'consent.proof': ({ threadId, format }) => {
      const { peer } = mustFindThread(desk, threadId);
      return consentProof(desk.db, { number: peer, now: desk.clock.now(), asOf: null }, format);
    },
  };
}

function getConsent(
  { db, clock, ...desk }: Desk,
  { threadId, asOf }: CommandInput<'consent.get'>,
): CommandOutput<'consent.get'> {
  const { peer: number } = mustFindThread({ db, clock, ...desk }, threadId);
  const { line } = placeOf(db, threadId);
  const events = listConsent(db, number).toSorted(inOrder);
  const place = { line };
  const when = asOf === null ? { now: clock.now(), place } : { now: asOf, asOf, place };
  return {
    consent: summariseConsent(number, consentState(events, when)),
    events: events.filter(({ at }) => asOf === null || at <= asOf).map(showConsentEvent),
    pending: countPending(db, { number, scope: { kind: 'all' } }),
  };
}

function stateOf({ db, clock }: Desk, threadId: ThreadId): ConsentState {
  const { line, peer } = placeOf(db, threadId);
  return readConsentState(db, peer, { now: clock.now(), place: { line } });
}

function undo(desk: Desk, threadId: ThreadId): { consent: ConsentSummary } {
  mustFindThread(desk, threadId);
  const { optedOut } = stateOf(desk, threadId);
  if (optedOut === null)
    throw new CommandFailure('refused', 'This person is not opted out.', {
      cure: 'Look at the conversation again: somebody may have been quicker.',
    });
  if (optedOut.who === 'customer')
    throw new CommandFailure(
      'refused',
      'This person opted out themselves, so no agent can undo it.',
      {
        cure: 'They can text START to this line.',
      },
    );
  const about = optedOut.event.uid;
  return change(desk, threadId, { kind: 'undo', source: 'agent', evidence: { about } });
}

function decide(
  desk: Desk,
  { threadId, isOptOut }: CommandInput<'consent.decide'>,
): { consent: ConsentSummary } {
  mustFindThread(desk, threadId);
  const { likely } = stateOf(desk, threadId);
  if (likely === null)
    throw new CommandFailure('refused', 'There is nothing to decide here any more.', {
      cure: 'Look at the conversation again: somebody may have been quicker, or the day is over.',
    });
  const { words, entryUid } = likely.evidence;
  const said = {
    ...(words === undefined ? {} : { words }),
    ...(entryUid === undefined ? {} : { entryUid }),
  };
  const evidence = { ...said, about: likely.uid };
  return change(desk, threadId, {
    kind: isOptOut ? 'opt-out' : 'not-opt-out',
    source: 'agent',
    evidence,
  });
}

type Deed = Pick<ConsentEvent, 'kind' | 'source' | 'evidence'>;

function change(desk: Desk, threadId: ThreadId, deed: Deed): { consent: ConsentSummary } {
  const { db, clock, tell } = desk;
  mustFindThread(desk, threadId);
  const changes = transact(db, () => {
    const place = placeOf(db, threadId);
    const event = eventOf(desk, place.peer, deed);
    tellTeam(db, { kind: 'consent-told', at: event.at, place, event });
    return changeConsent(db, event, { threadId, by: null, now: clock.now() });
  });
  announce(db, tell, changes);
  desk.wakeOutbox();
  return { consent: summariseConsent(placeOf(db, threadId).peer, stateOf(desk, threadId)) };
}

/* A clock that is behind must not put a deed before what it is about. */
function eventOf({ db, clock }: Desk, number: string, deed: Deed): ConsentEvent {
  const last = Math.max(0, ...listConsent(db, number).map(({ at }) => at));
  const at = Math.max(clock.now(), last + 1);
  const by = findTeam(db)?.desktop ?? null;
  return { ...deed, uid: newUid(at), number, who: 'agent', by, scope: { kind: 'all' }, at };
}
