import { type Change, announce } from '#main/history/announce.ts';
import { isTeams, removeReturned } from '#main/history/team-outbox.ts';
import { noteTeamLog } from '#main/history/team.ts';
import { type TeamEvent, teamEventSchema } from '#shared/team/team-event.ts';

import { type NumberedDelivery, putBeforePerson, takeInOrder } from './accept-delivery.ts';
import { applyReplyClaimed } from './answer-by-itself.ts';
import { applyConsentTold, isOwnDeed } from './apply-consent-told.ts';
import { applyPolicy } from './apply-team-policy.ts';
import { applyRates } from './apply-team-rates.ts';
import { applyRegistration } from './apply-team-registration.ts';
import { applyTextScheduled } from './apply-team-scheduled.ts';
import { applyTemplate } from './apply-team-template.ts';
import { applyNote, applyTextLearnt, applyTextWritten } from './apply-team-text.ts';
import { applyAssigned, applyDone, applyDraft, applyRead } from './apply-team-thread.ts';
import type { InboundDesk } from './inbound-desk.ts';

const unreadable = 'A colleague’s Trunkline told this in a form that this version does not know.';
const notTheirs = 'A colleague’s Trunkline told of consent in the name of somebody else.';
const unknownLine = 'A colleague did this on a connection that is not, or no longer, here.';

/**
 * Takes in what a desktop of the team told, our own events included, which come back with all others in the order of the log:
 * in one transaction with the cursor, like what a carrier told. Told twice, it changes nothing the second time.
 * @throws where the disk refuses; the event then comes again
 */
export function applyTeamEvent(desk: InboundDesk, delivery: NumberedDelivery): void {
  const { raw, log } = delivery;
  const event = readEvent(raw.body);
  const changes = takeInOrder(desk, delivery, () => {
    noteTeamLog(desk.db, log);
    if (event === null) return putBeforePerson(desk, raw, unreadable);
    removeReturned(desk.db, event.id);
    // Whose consent it is, is known without the conversation, and must not be missed.
    if (event.kind === 'consent-told')
      return isOwnDeed(event, raw.connectionId)
        ? applyConsentTold(desk, event)
        : putBeforePerson(desk, raw, notTheirs);
    if (event.kind === 'template-saved' || event.kind === 'template-removed')
      return applyTemplate(desk.db, event);
    if (isTeams(desk.db, connectionOf(event))) return apply(desk, event, raw.connectionId);
    // Words must not be lost; what was read, done or drafted where there is no conversation concerns nobody.
    return 'text' in event && event.kind !== 'thread-draft'
      ? putBeforePerson(desk, raw, unknownLine)
      : [];
  });
  announce(desk.db, desk.tell, changes);
  desk.wakeInbound();
}

function readEvent(body: Uint8Array): TeamEvent | null {
  try {
    return teamEventSchema.parse(JSON.parse(new TextDecoder().decode(body)));
  } catch {
    return null;
  }
}

const connectionOf = (event: Placed): string =>
  'place' in event ? event.place.connectionId : event.connectionId;

type Placed = Exclude<TeamEvent, { kind: 'consent-told' | 'template-saved' | 'template-removed' }>;

function apply(desk: InboundDesk, event: Placed, author: string): Change[] {
  if (isSetting(event)) return applySetting(desk, event);
  const { db, clock } = desk;
  switch (event.kind) {
    case 'text-written':
      return applyTextWritten(db, event, author);
    case 'text-learnt':
      return applyTextLearnt(db, event);
    case 'note-written':
      return applyNote(db, event, author);
    case 'thread-read':
      return applyRead(db, event);
    case 'thread-draft':
      return applyDraft(db, event);
    case 'thread-done':
      return applyDone(db, event);
    case 'thread-assigned':
      return applyAssigned(db, event);
    case 'text-scheduled':
      return applyTextScheduled(db, event, author);
    case 'reply-claimed':
      return applyReplyClaimed(db, event, { author, now: clock.now() });
  }
}

type Setting = Extract<TeamEvent, { kind: 'rates-set' | 'policy-set' | 'registration-set' }>;

const isSetting = (event: TeamEvent): event is Setting =>
  event.kind === 'rates-set' || event.kind === 'policy-set' || event.kind === 'registration-set';

function applySetting({ db, clock }: InboundDesk, event: Setting): Change[] {
  switch (event.kind) {
    case 'rates-set':
      return applyRates(db, event);
    case 'policy-set':
      return applyPolicy(db, event, clock.now());
    case 'registration-set':
      return applyRegistration(db, event, clock.now());
  }
}
