import { describe, expect, test } from 'vitest';

import type { Desk } from '#main/commands/desk.ts';
import { registrationHandlers } from '#main/commands/registration.ts';
import { takeRegistrations } from '#main/core/connections/take-registrations.ts';
import { noteAttempt } from '#main/history/attempts.ts';
import { findLineRegistration } from '#main/history/registrations.ts';
import { spentOnDay } from '#main/history/spent.ts';
import { sendMessage } from '#main/outbound/send-message.ts';
import type { CarrierNumber, Registration } from '#shared/provider/carrier-lists.ts';
import { type HistoryDesk, fakeConnection, historyDesk } from '#test/fakes/history-desk.ts';
import { outboundRoad, sends, unsent } from '#test/fakes/outbound-road.ts';
import { peerNumber, textOut } from '#test/fakes/write-history.ts';

const brand = { id: 'BACME1', name: 'Acme', kind: 'standard', score: 60, replySlice: 20 } as const;
const campaign = {
  id: 'CACME1',
  brandId: 'BACME1',
  useCase: 'Care',
  use: 'mixed',
  attClass: null,
} as const;

const book = (desk: HistoryDesk) =>
  registrationHandlers({ ...desk, wakeOutbox: () => undefined } as unknown as Desk);

/** The brand, its campaign, and the desk's line in it. */
async function registered(desk: HistoryDesk): Promise<void> {
  const commands = book(desk);
  await commands['brand.save']({ brand, taxId: '12-3456789' });
  await commands['campaign.save']({ campaign });
  const line = { lineId: desk.line.id, campaignId: campaign.id, detail: null };
  await commands['registration.set']({ line: { ...line, state: 'registered' } });
}

const numberOf = (desk: HistoryDesk, registration: Partial<Registration>): CarrierNumber => ({
  number: desk.line.number,
  id: null,
  label: null,
  numberType: '10dlc',
  sms: true,
  mms: true,
  voice: true,
  hookUrl: null,
  registration: {
    state: 'registered',
    brandId: null,
    campaignId: null,
    detail: null,
    ...registration,
  },
});

describe('the book of what is registered', () => {
  test('keeps brands, campaigns and lines, and of a tax id a digest alone', async () => {
    const desk = historyDesk();
    await registered(desk);
    const { book: kept } = await book(desk)['registration.get']({});
    expect(kept).toMatchObject({
      brands: [{ ...brand, hasTaxId: true }],
      campaigns: [campaign],
      lines: [{ state: 'registered', campaignId: 'CACME1', source: 'person' }],
    });
    const file = JSON.stringify(desk.db.prepare('SELECT * FROM brands').all());
    expect(file).not.toMatch(/12-?3456789/u);
    expect(desk.toldAs('registration.changed')).toHaveLength(3);
  });

  test('takes no second brand with the same tax id', async () => {
    const desk = historyDesk();
    await registered(desk);
    const other = { ...brand, id: 'BOTHER1', name: 'Other' };
    expect(() => book(desk)['brand.save']({ brand: other, taxId: '123456789' })).toThrow(
      'The brand Acme has this tax id.',
    );
  });

  test('forgets a brand with its campaigns, and the lines stay', async () => {
    const desk = historyDesk();
    await registered(desk);
    const { book: kept } = await book(desk)['brand.remove']({ id: brand.id });
    expect(kept).toMatchObject({ brands: [], campaigns: [], lines: [{ campaignId: null }] });
  });

  test('takes the carrier’s word, and names a campaign that nobody entered', async () => {
    const desk = historyDesk();
    takeRegistrations(desk, fakeConnection, [
      numberOf(desk, { state: 'rejected', campaignId: 'CNEW1' }),
    ]);
    expect(findLineRegistration(desk.db, desk.line.id)).toMatchObject({
      state: 'rejected',
      campaignId: null,
      source: 'carrier',
      detail: 'campaign CNEW1',
    });
    await registered(desk);
    takeRegistrations(desk, fakeConnection, [numberOf(desk, { campaignId: 'CACME1' })]);
    expect(findLineRegistration(desk.db, desk.line.id)?.campaignId).toBe('CACME1');
  });
});

test('a number that is not registered sends nothing', async () => {
  const desk = historyDesk();
  takeRegistrations(desk, fakeConnection, [numberOf(desk, { state: 'unregistered' })]);
  const target = { lineId: desk.line.id, to: peerNumber(1) };
  const uid = '01890000-0000-7000-8000-000000000001';
  expect(() => sendMessage(desk, { uid, target, text: 'Hello' })).toThrow('1 February 2025');
});

describe('the day of a brand', () => {
  test('counts what left, gets back what was not taken, and is told in the meters', async () => {
    const road = outboundRoad();
    await registered(road);
    await sends(road, { text: 'x'.repeat(200) });
    const spent = () => spentOnDay(road.db, brand.id, road.clock.now());
    expect(spent()).toEqual({ replies: 0, others: 2 });
    const { meters } = await book(road)['throughput.get']({});
    expect(meters).toMatchObject([
      { of: 'brand', whose: 'T-Mobile today', name: 'Acme', used: 2, limit: 40_000, kept: 8_000 },
      { of: 'line', whose: 'Verizon, last minute', used: 1, limit: 6_000 },
      { of: 'campaign', name: 'CACME1', used: 2, limit: 2_400 },
    ]);
    road.carrier.answerNext(unsent());
    await road.clock.advance(1);
    expect(spent()).toEqual({ replies: 0, others: 0 });
  });

  test('counts what a colleague sends, once', async () => {
    const desk = historyDesk();
    await registered(desk);
    const { id: entryId } = textOut(desk);
    const told = { entryId, attempt: 7, connectionId: fakeConnection };
    noteAttempt(desk.db, { ...told, startedAt: desk.clock.now() });
    noteAttempt(desk.db, { ...told, startedAt: desk.clock.now() });
    expect(spentOnDay(desk.db, brand.id, desk.clock.now())).toEqual({ replies: 0, others: 1 });
  });
});
