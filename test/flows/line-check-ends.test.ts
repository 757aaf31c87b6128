import { expect, it } from 'vitest';

import { checkWords } from '#main/commands/check-words.ts';
import { checksSay } from '#main/commands/checks.ts';
import { keepChecks } from '#main/core/keep-checks.ts';
import { type Check, addCheck, listChecks } from '#main/history/checks.ts';
import { addLine } from '#main/history/lines.ts';
import { newUid } from '#main/history/uid.ts';
import { acceptDelivery } from '#main/inbound/accept-delivery.ts';
import { applyTextWritten } from '#main/inbound/apply-team-text.ts';
import { takeListedText } from '#main/inbound/take-listed-text.ts';
import { drainOutbox } from '#main/outbound/drain-outbox.ts';
import { startCheck } from '#main/outbound/send-check.ts';
import { all, transact } from '#main/sqlite/database.ts';
import { sql } from '#main/sqlite/sql.ts';
import { checkText } from '#shared/message/check.ts';
import { deliveryOf } from '#test/fakes/fake-carrier.ts';
import {
  type HistoryDesk,
  fakeConnection,
  historyDesk,
  ourNumber,
} from '#test/fakes/history-desk.ts';
import { settle } from '#test/fakes/manual-clock.ts';

const other = '+15550100002';
const minute = 60_000;

/** A desk with a second line, whose checks are kept and whose carrier takes every text. */
function checkDesk() {
  const desk = historyDesk();
  desk.carrier.onSend = ({ uid }) => ({ kind: 'accepted', providerMessageId: uid, billing: null });
  const second = addLine(
    desk.db,
    { ...desk.line, number: other, label: 'Main line' },
    desk.clock.now(),
  );
  const route = { fromLineId: desk.line.id, toLineId: second.id };
  const drain = drainOutbox(desk);
  const keeping = keepChecks({ sending: desk, wakeOutbox: drain.wake, touch: () => undefined });
  const start = async (): Promise<Check> => {
    startCheck(desk, route);
    drain.wake();
    keeping.wake();
    await settle();
    return newest(desk);
  };
  return { desk, route, start, keeping };
}

function newest({ db }: HistoryDesk): Check {
  const [check] = listChecks(db);
  if (check === undefined) throw new Error('there is no check');
  return check;
}

function arrive(desk: HistoryDesk, { code }: Pick<Check, 'code'>): void {
  const receivedAt = desk.clock.now();
  acceptDelivery(desk, {
    log: 'log',
    seq: 1,
    raw: deliveryOf(
      {
        kind: 'text-received',
        providerMessageId: 'arrival',
        from: ourNumber,
        to: other,
        text: checkText(code),
        media: [],
        part: null,
        sentAt: null,
      },
      { receivedAt },
    ),
  });
}

const say = (check: Check): string =>
  checkWords(check, { from: 'Front desk', to: 'Main line', road: 'webhook' });

const news = ({ db }: HistoryDesk) =>
  all(
    db,
    sql`SELECT peer FROM threads WHERE unread > 0 OR done = 0 OR awaits_reply = 1 ORDER BY peer`,
  );

it('that does not come within ten minutes is trouble, until a later one comes', async () => {
  const { desk, start } = checkDesk();
  const check = await start();
  await desk.clock.advance(10 * minute - 1_000);
  expect(newest(desk).state).toBe('waiting');
  await desk.clock.advance(2_000);
  expect(newest(desk).state).toBe('missing');
  const sentence = 'A text to Main line did not arrive within 10 minutes; sent from Front desk';
  expect(say(newest(desk))).toBe(sentence);
  expect(checksSay(desk, fakeConnection)).toEqual({ state: 'trouble', sentence });
  await desk.clock.advance(4 * minute);
  arrive(desk, check);
  expect(say(newest(desk))).toMatch(/^Arrived by webhook after 14 min 1 s, too late;/);
  expect(checksSay(desk, fakeConnection)).toBeNull();
  expect(news(desk)).toEqual([]);
});

it('is waited for across a restart', async () => {
  const { desk, start, keeping } = checkDesk();
  await start();
  keeping.stop();
  await desk.clock.advance(5 * minute);
  const again = keepChecks({ sending: desk, wakeOutbox: () => undefined, touch: () => undefined });
  again.wake();
  await settle();
  expect(newest(desk).state).toBe('waiting');
  await desk.clock.advance(6 * minute);
  expect(newest(desk).state).toBe('missing');
  expect(desk.carrier.sent).toHaveLength(1);
});

it('that was begun but not sent when the program was killed is sent once at the next start', async () => {
  const { desk, route, keeping } = checkDesk();
  const startedAt = desk.clock.now();
  addCheck(desk.db, { ...route, code: 'KKKKKK', uid: newUid(startedAt), startedAt });
  keeping.wake();
  await settle();
  keeping.wake();
  await desk.clock.advance(minute);
  expect(desk.carrier.sent.map(({ text }) => text)).toEqual([checkText('KKKKKK')]);
});

it('that the carrier refuses ends with why', async () => {
  const { desk, start } = checkDesk();
  desk.carrier.onSend = () => ({ kind: 'refused', failure: { kind: 'landline', raw: null } });
  await start();
  await desk.clock.advance(minute);
  expect(newest(desk).state).toBe('not-sent');
  expect(say(newest(desk))).toMatch(/^Could not be sent from Front desk: ./);
  expect(checksSay(desk, fakeConnection)).toBeNull();
});

it('may be found in the carrier’s list alone, and the list’s time is not taken for the arrival', async () => {
  const { desk, start } = checkDesk();
  const { code } = await start();
  const now = desk.clock.now() + 3 * minute;
  const listing = { provider: 'fake', connectionId: fakeConnection, now, unread: true };
  takeListedText(desk.db, listing, {
    providerMessageId: 'arrival',
    direction: 'in',
    reference: null,
    from: ourNumber,
    to: other,
    text: checkText(code),
    media: [],
    createdAt: desk.clock.now(),
    state: null,
    failure: null,
    billing: null,
  });
  expect(say(newest(desk))).toMatch(/^Arrived by a look into the carrier’s list after 3 min 0 s/);
  expect(news(desk)).toEqual([]);
});

it('of another desktop of the team is no news either; other words between our lines are', () => {
  const { desk } = checkDesk();
  arrive(desk, { code: 'QQQQQQ' });
  expect(news(desk)).toEqual([]);
  const event = { kind: 'text-written', id: newUid(1), uid: newUid(2), at: 1, after: 0 } as const;
  const place = { connectionId: fakeConnection, line: ourNumber, peer: other };
  const told = {
    ...event,
    place,
    segments: 1,
    encoding: 'GSM-7',
    pictures: [] as string[],
    text: checkText('QQQQQQ'),
  } as const;
  transact(desk.db, () => applyTextWritten(desk.db, told, 'colleague'));
  expect(news(desk)).toEqual([]);
  const { desk: apart } = checkDesk();
  transact(apart.db, () => applyTextWritten(apart.db, { ...told, text: 'Hello' }, 'colleague'));
  expect(news(apart)).toEqual([{ peer: other }]);

  arrive(apart, { code: 'and more' });
  expect(news(apart)).toEqual([{ peer: ourNumber }, { peer: other }]);
});

it('keeps the last hundred', () => {
  const { desk, route } = checkDesk();
  const { db } = desk;
  for (let count = 0; count < 120; count += 1) {
    const code = String(100_000 + count);
    addCheck(db, { ...route, code, uid: newUid(count), startedAt: count });
    db.exec(`UPDATE checks SET state = 'arrived'`);
  }
  expect(all(db, sql`SELECT id FROM checks`)).toHaveLength(100);
  expect(listChecks(db)[0]?.code).toBe('100119');
});
