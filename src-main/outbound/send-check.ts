import { randomInt } from 'node:crypto';

import { announce } from '#main/history/announce.ts';
import { type Check, addCheck, findWaitingCheck, noteNotSent } from '#main/history/checks.ts';
import { findEntryByUid } from '#main/history/entries.ts';
import { keepStanding } from '#main/history/keep-standing.ts';
import { findLine } from '#main/history/lines.ts';
import { newUid } from '#main/history/uid.ts';
import { transact } from '#main/sqlite/database.ts';
import { CommandFailure } from '#shared/contract/failure.ts';
import { checkText } from '#shared/message/check.ts';
import type { LineId } from '#shared/message/line.ts';

import type { OutboundDesk } from './outbound-desk.ts';
import { sendMessage } from './send-message.ts';

/* Without those that are taken for each other. */
const letters = 'ABCDEFGHJKMNPQRSTUVWXYZ23456789';
const codeLength = 6;

export type Route = { readonly fromLineId: LineId; readonly toLineId: LineId };

/**
 * Sends a text from one of our lines to another by the ordinary road, and remembers that it is waited for. Where one between
 * them is under way, that one is answered with.
 */
export function startCheck(desk: OutboundDesk, route: Route): Check {
  const { db, clock } = desk;
  const before = findWaitingCheck(db, route);
  if (before !== undefined) return before;
  const code = Array.from({ length: codeLength }, () => letters[randomInt(letters.length)]).join(
    '',
  );
  const startedAt = clock.now();
  // Kept first: what is killed between the two is sent at the next start, under the same uid and so once.
  transact(db, () => addCheck(db, { ...route, code, uid: newUid(startedAt), startedAt }));
  const check = findWaitingCheck(db, route);
  if (check === undefined) throw new Error('the check just begun is not there');
  sendCheck(desk, check);
  return check;
}

/** Puts the text of a check into the outbox, unless it is there. One that may not be sent ends with why. */
export function sendCheck(desk: OutboundDesk, { id, uid, code, ...route }: Check): void {
  const { db } = desk;
  if (findEntryByUid(db, uid) !== undefined) return;
  const to = findLine(db, route.toLineId);
  if (to === undefined) throw new Error('the line of a check is not there');
  const target = { lineId: route.fromLineId, to: to.number };
  try {
    transact(db, () =>
      keepStanding(db, { lineId: route.fromLineId, peer: to.number }, () =>
        sendMessage(desk, { uid, target, text: checkText(code) }),
      ),
    );
  } catch (error) {
    if (!(error instanceof CommandFailure)) throw error;
    noteNotSent(db, id, error.message);
    return;
  }
  const entry = findEntryByUid(db, uid);
  if (entry !== undefined)
    announce(db, desk.tell, [{ kind: 'thread-changed', threadId: entry.threadId }]);
}
