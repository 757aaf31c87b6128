import { expect, test } from 'vitest';

import { costHandlers } from '#main/commands/costs.ts';
import type { Desk } from '#main/commands/desk.ts';
import { addAttempt, saveProviderId } from '#main/history/attempts.ts';
import { saveBilling } from '#main/history/billing.ts';
import { lastDayOut, spentInThread, spentOn } from '#main/history/costs.ts';
import { listOverbilled, sumOverbilled } from '#main/history/overbilled.ts';
import { addReceipt } from '#main/history/receipts.ts';
import { run } from '#main/sqlite/database.ts';
import { sql } from '#main/sqlite/sql.ts';
import type { BilledRow } from '#shared/contract/cost-commands.ts';
import type { TextEntry, ThreadId } from '#shared/message/entry.ts';
import type { RateCard } from '#shared/pricing/rate-card.ts';
import { type HistoryDesk, fakeConnection, historyDesk } from '#test/fakes/history-desk.ts';
import { plansOf } from '#test/fakes/query-plans.ts';
import { anotherLine, textIn, textOut } from '#test/fakes/write-history.ts';

const day = 86_400_000;
const card: RateCard = {
  asOf: '2026-11-01',
  currency: 'USD',
  rates: { segment: [8_000, 8_000], mms: [20_000, 20_000] },
  surcharges: {
    '10dlc': { segment: [3_000, 5_000], mms: [6_500, 10_000] },
    'toll-free': { segment: [0, 0], mms: [0, 0] },
    'short-code': { segment: [0, 0], mms: [0, 0] },
    other: { segment: [0, 0], mms: [0, 0] },
  },
};

/** Of the desk of all commands only what those about money use. */
const commandsOf = (desk: HistoryDesk) => costHandlers(desk as unknown as Desk);

/** The carrier took a text under this id. */
function taken(desk: HistoryDesk, entry: TextEntry, providerId: string): TextEntry {
  const { db, clock } = desk;
  const attempt = { entryId: entry.id, attempt: 1 };
  addAttempt(db, { ...attempt, connectionId: fakeConnection, startedAt: clock.now() });
  saveProviderId(db, attempt, providerId);
  run(db, sql`UPDATE entries SET state = 'accepted' WHERE id = ${entry.id}`);
  return entry;
}

const billed = (segments: number, priceMicros: number | null) => ({
  segments,
  priceMicros,
  feeMicros: null,
  currency: 'USD',
});

const row = (providerMessageId: string, more: Partial<BilledRow> = {}): BilledRow => ({
  row: 1,
  providerMessageId,
  segments: 2,
  priceMicros: 16_600,
  feeMicros: null,
  currency: 'USD',
  ...more,
});

test('a day costs what was billed, and the rest by the card, on each line', async () => {
  const desk = historyDesk();
  const commands = commandsOf(desk);
  const other = anotherLine(desk, '+15550100002');
  await commands['rates.save']({ connectionId: fakeConnection, card });
  saveBilling(desk.db, taken(desk, textOut(desk), 'm1').id, billed(1, 8_300));
  taken(desk, textOut(desk, { text: 'x'.repeat(200) }), 'm2');
  taken(desk, textOut(desk, { line: other }), 'm3');
  textOut(desk, { text: 'No carrier has taken this' });
  textIn(desk);
  const page = await commands['costs.page']({ before: null, days: 7 });
  const day0 = page.today;
  expect(page).toEqual({
    today: day0,
    next: null,
    rows: [
      {
        day: day0,
        lineId: desk.line.id,
        texts: 2,
        segments: 3,
        mms: 0,
        sums: [{ currency: 'USD', billed: 8_300, estimated: [22_000, 26_000] }],
      },
      {
        day: day0,
        lineId: other.id,
        texts: 1,
        segments: 1,
        mms: 0,
        sums: [{ currency: 'USD', billed: 0, estimated: [11_000, 13_000] }],
      },
    ],
  });
});

test('a text with pictures is one MMS, and one that failed after it was taken still cost', async () => {
  const desk = historyDesk();
  const commands = commandsOf(desk);
  await commands['rates.save']({ connectionId: fakeConnection, card });
  const picture = taken(desk, textOut(desk, { text: 'x'.repeat(400) }), 'm1');
  run(desk.db, sql`UPDATE entries SET has_media = 1 WHERE id = ${picture.id}`);
  const failed = taken(desk, textOut(desk), 'm2');
  run(desk.db, sql`UPDATE entries SET state = 'failed' WHERE id = ${failed.id}`);
  const refused = textOut(desk);
  addReceipt(desk.db, {
    entryId: refused.id,
    attempt: 1,
    at: 1,
    state: 'failed',
    failure: null,
    happenedAt: null,
    source: 'answer',
  });
  const { rows } = await commands['costs.page']({ before: null, days: 1 });
  expect(rows).toMatchObject([
    { texts: 2, segments: 1, mms: 1, sums: [{ billed: 0, estimated: [37_500, 43_000] }] },
  ]);
});

test('a conversation costs what its own texts do', async () => {
  const desk = historyDesk();
  const commands = commandsOf(desk);
  await commands['rates.save']({ connectionId: fakeConnection, card });
  const { threadId, id } = taken(desk, textOut(desk), 'm1');
  saveBilling(desk.db, id, billed(1, 8_300));
  taken(desk, textOut(desk), 'm2');
  taken(desk, textOut(desk, { peer: '+15550209999' }), 'm3');
  expect(await commands['costs.of-thread']({ threadId })).toEqual({
    texts: 2,
    segments: 2,
    mms: 0,
    sums: [{ currency: 'USD', billed: 8_300, estimated: [11_000, 13_000] }],
  });
  expect(() => commands['costs.of-thread']({ threadId: 9 as ThreadId })).toThrow('no longer there');
});

test('days come newest first, page by page, and days without a text are passed over', async () => {
  const desk = historyDesk();
  const commands = commandsOf(desk);
  const now = desk.clock.now();
  for (const ago of [0, 1, 5, 400]) taken(desk, textOut(desk, { at: now - ago * day }), `m${ago}`);
  const seen: string[] = [];
  let before: string | null = null;
  let pages = 0;
  do {
    const page = await commands['costs.page']({ before, days: 2 });
    seen.push(...page.rows.map((each) => each.day));
    before = page.next;
    pages += 1;
  } while (before !== null);
  expect(pages).toBe(2);
  expect(seen).toHaveLength(4);
  expect(seen).toEqual(seen.toSorted().toReversed());
});

test('more segments than ours are found, summed and paged; fewer, and pictures, are not', async () => {
  const desk = historyDesk();
  const commands = commandsOf(desk);
  const one = taken(desk, textOut(desk), 'm1');
  const two = taken(desk, textOut(desk, { text: 'x'.repeat(200) }), 'm2');
  const unpriced = taken(desk, textOut(desk), 'm3');
  const fewer = taken(desk, textOut(desk, { text: 'x'.repeat(200) }), 'm4');
  const picture = taken(desk, textOut(desk), 'm5');
  run(desk.db, sql`UPDATE entries SET has_media = 1 WHERE id = ${picture.id}`);
  saveBilling(desk.db, one.id, { ...billed(3, 24_900), feeMicros: 9_000 });
  saveBilling(desk.db, two.id, billed(2, 16_600));
  saveBilling(desk.db, two.id, billed(3, null));
  saveBilling(desk.db, unpriced.id, billed(2, null));
  saveBilling(desk.db, fewer.id, billed(1, 8_300));
  saveBilling(desk.db, picture.id, billed(4, 8_300));
  const first = await commands['audit.page']({ before: null, limit: 2 });
  expect(first.sum).toEqual({
    messages: 3,
    segments: 4,
    unpriced: 1,
    money: [{ currency: 'USD', micros: 22_600 + 5_533 }],
  });
  expect(first.rows).toMatchObject([
    { uid: unpriced.uid, ours: 1, theirs: 2, overMicros: null, providerMessageId: 'm3' },
    { uid: two.uid, ours: 2, theirs: 3, overMicros: 5_533, length: 200, encoding: 'GSM-7' },
  ]);
  expect(await commands['audit.page']({ before: first.next, limit: 2 })).toMatchObject({
    rows: [{ uid: one.uid, connectionLabel: 'Fake', overMicros: 22_600 }],
    next: null,
  });
  saveBilling(desk.db, one.id, billed(1, 8_300));
  expect((await commands['audit.page']({ before: null, limit: 2 })).sum.messages).toBe(2);
});

test('rows of a record file are taken once, and those that fit nothing are refused', async () => {
  const desk = historyDesk();
  const commands = commandsOf(desk);
  taken(desk, textOut(desk), 'm1');
  const rows = [row('m1'), row('nobody', { row: 2 })];
  const input = { connectionId: fakeConnection, rows, dryRun: true };
  const refused = [{ row: 2, because: 'No text out of this connection has this id.' }];
  expect(await commands['audit.take-rows'](input)).toEqual({ changed: 1, unchanged: 0, refused });
  expect((await commands['audit.page']({ before: null, limit: 9 })).rows).toEqual([]);
  const forGood = { ...input, dryRun: false };
  expect(await commands['audit.take-rows'](forGood)).toMatchObject({ changed: 1, unchanged: 0 });
  expect(await commands['audit.take-rows'](forGood)).toMatchObject({ changed: 0, unchanged: 1 });
  const poorer = [row('m1', { segments: null, priceMicros: null, currency: 'EUR' })];
  expect(await commands['audit.take-rows']({ ...forGood, rows: poorer })).toMatchObject({
    changed: 0,
    unchanged: 1,
  });
  expect((await commands['audit.page']({ before: null, limit: 9 })).rows).toMatchObject([
    { ours: 1, theirs: 2, overMicros: 8_300, currency: 'USD' },
  ]);
});

test('rates are told to every screen, and go back to the usual ones', async () => {
  const desk = historyDesk();
  const commands = commandsOf(desk);
  const saved = await commands['rates.save']({ connectionId: fakeConnection, card });
  expect(saved.rates).toEqual([{ connectionId: fakeConnection, card, isUsual: false }]);
  const usual = await commands['rates.save']({ connectionId: fakeConnection, card: null });
  expect(usual.rates).toMatchObject([
    { isUsual: true, card: { rates: { segment: [4_000, 10_000] } } },
  ]);
  expect(desk.toldAs('rates.changed')).toEqual([saved, usual]);
});

test('neither a page of days nor one of differences reads the whole history', () => {
  const desk = historyDesk();
  const plans = plansOf(desk.db, (db) => {
    lastDayOut(db, '2026-11-21');
    spentOn(db, '2026-11-21');
    spentInThread(db, 1 as ThreadId);
    listOverbilled(db, null, 9);
    sumOverbilled(db);
  }).flatMap(({ plan }) => plan);
  expect(plans.filter((line) => line.startsWith('SCAN'))).toEqual([
    'SCAN billing USING INDEX billing_extra',
  ]);
  expect(plans.filter((line) => /entries_out_by_time/.test(line))).toHaveLength(2);
});
