import * as fc from 'fast-check';
import { expect, test } from 'vitest';

import { mergePages, readPlaces, writePlaces } from '#main/providers/twilio/page-places.ts';
import type { Asked, ListPage, ListedText, TextQuery } from '#shared/provider/carrier-lists.ts';
import { TwilioDesk, customer, line } from '#test/carriers/twilio-desk.ts';
import { UnrulyFront } from '#test/fakes/unruly-front.ts';

const deadlineMs = 5_000;
const between = { line, peer: customer };
const all: TextQuery = { since: 0, until: Date.now() + 86_400_000, between, cursor: null };

function told<Row>(asked: Asked<ListPage<Row>> | undefined): ListPage<Row> {
  if (asked?.kind !== 'told') throw new Error(`not told: ${JSON.stringify(asked)}`);
  return asked.answer;
}

/** Every page of a list, read one after the other. */
async function readAll(desk: TwilioDesk, query: TextQuery): Promise<ListedText[]> {
  const rows: ListedText[] = [];
  let { cursor } = query;
  for (let pages = 0; pages < 50; pages += 1) {
    const page = told(await desk.adapter.listTexts?.({ ...query, cursor }, deadlineMs));
    rows.push(...page.rows);
    if (page.next === null) return rows;
    cursor = page.next;
  }
  throw new Error('the list does not end');
}

test('a text out and one in are listed with what they cost, newest first', async () => {
  await using desk = await TwilioDesk.open();
  const sid = await desk.send({ text: 'Out' });
  await desk.carrier.tell(sid, [{ status: 'undelivered', error: [30005, 'Unknown'] }]);
  const { sid: second } = await desk.carrier.receive({ from: customer, to: line, body: 'In' });
  desk.carrier.account.messages.forEach((row, at) => {
    Object.assign(row, { createdAt: Date.UTC(2026, 0, 6, 15, at) });
  });
  expect(told(await desk.adapter.listTexts?.(all, deadlineMs))).toEqual({
    next: null,
    rows: [
      {
        providerMessageId: second,
        direction: 'in',
        reference: null,
        from: customer,
        to: line,
        text: 'In',
        media: [],
        createdAt: Date.UTC(2026, 0, 6, 15, 1),
        state: null,
        failure: null,
        billing: { segments: 1, priceMicros: 7_500, feeMicros: null, currency: 'USD' },
      },
      {
        providerMessageId: sid,
        direction: 'out',
        reference: null,
        from: line,
        to: customer,
        text: 'Out',
        media: [],
        createdAt: Date.UTC(2026, 0, 6, 15, 0),
        state: 'failed',
        failure: { kind: 'unknown-number', raw: '30005: Unknown' },
        billing: { segments: 1, priceMicros: 7_900, feeMicros: null, currency: 'USD' },
      },
    ],
  });
});

test('a text that is not billed yet has no price, and one without a sender chosen no segments', async () => {
  await using desk = await TwilioDesk.open();
  await desk.send();
  const [row] = desk.carrier.account.messages;
  const [listed] = await readAll(desk, all);
  expect(listed?.billing).toEqual({
    segments: 1,
    priceMicros: null,
    feeMicros: null,
    currency: 'USD',
  });
  Object.assign(row!, { segments: 0 });
  expect((await readAll(desk, all))[0]?.billing).toBeNull();
});

test('two directions of several pages are one list, newest first, each text once', async () => {
  await using desk = await TwilioDesk.open();
  for (let at = 0; at < 260; at += 1)
    await (at % 3 === 0 ? desk.send() : desk.carrier.receive({ from: customer, to: line }));
  await desk.carrier.receive({ from: '+15550100888', to: line });
  desk.carrier.account.messages.forEach((row, at) => {
    Object.assign(row, { createdAt: Date.UTC(2026, 0, 6) + Math.floor(at / 7) * 1_000 });
  });
  const rows = await readAll(desk, all);
  const sids = desk.carrier.account.messages.slice(0, 260).map(({ sid }) => sid);
  expect(rows.map((row) => row.providerMessageId).toSorted()).toEqual(sids.toSorted());
  const times = rows.map((row) => row.createdAt);
  expect(times).toEqual(times.toSorted((one, other) => other - one));
  const everything = await readAll(desk, { ...all, between: null });
  expect(everything).toHaveLength(261);
});

test('only texts of the span are listed, to the second', async () => {
  await using desk = await TwilioDesk.open();
  const noon = Date.UTC(2026, 0, 6, 12);
  for (const at of [-2, -1, 0, 1, 2]) {
    await desk.send({ text: String(at) });
    Object.assign(desk.carrier.account.messages.at(-1)!, { createdAt: noon + at * 60_000 });
  }
  const query = { ...all, since: noon - 60_000, until: noon + 60_000 };
  const rows = await readAll(desk, query);
  expect(rows.map(({ text }) => text)).toEqual(['1', '0', '-1']);
  const names = desk.carrier.calls.at(-1)?.query;
  expect(names?.get('DateSent>')).toBe('2026-01-06T11:59:00Z');
  expect(names?.get('DateSent<')).toBe('2026-01-06T22:01:00Z');
});

test('a text that the list has not caught up with shows later', async () => {
  await using desk = await TwilioDesk.open();
  desk.carrier.account.listLagMs = 60_000;
  await desk.send();
  expect(await readAll(desk, all)).toEqual([]);
  desk.carrier.account.listLagMs = 0;
  expect(await readAll(desk, all)).toHaveLength(1);
});

test('pictures of a listed text lie where those of a hook lie', async () => {
  await using desk = await TwilioDesk.open();
  const media = ['image/png', 'image/gif'].map((type) => ({ type, bytes: Uint8Array.of(1) }));
  await desk.carrier.receive({ from: customer, to: line, media });
  const [raw] = desk.receiver.calls;
  const [event] = raw ? desk.adapter.readDelivery(raw) : [];
  const [listed] = await readAll(desk, all);
  expect(listed?.media).toHaveLength(2);
  expect(listed?.media).toEqual(event?.kind === 'text-received' ? event.media : null);
});

test('messages of other channels, and those without a sender yet, are no texts', async () => {
  await using desk = await TwilioDesk.open();
  await desk.carrier.receive({ from: `whatsapp:${customer}`, to: `whatsapp:${line}` });
  await desk.send({ text: 'kept' });
  await desk.send({ text: 'no sender' });
  Object.assign(desk.carrier.account.messages.at(-1)!, { from: null });
  const rows = await readAll(desk, { ...all, between: null });
  expect(rows.map(({ text }) => text)).toEqual(['kept']);
});

test.each([
  'https://evil.example/2010-04-01/Accounts/AC1/Messages.json',
  '//evil.example/2010-04-01/Accounts/AC1/Messages.json',
  '@evil.example/',
  '/2010-04-01/../../v1/Services',
])('a list that leads on to %s is no list', async (next) => {
  await using desk = await TwilioDesk.open();
  await using front = await UnrulyFront.before(desk.carrier.url);
  const body = JSON.stringify({ messages: [], next_page_uri: next });
  front.manners = { kind: 'answer', status: 200, body };
  const { adapter } = desk.connect({ baseUrl: front.url });
  expect(await adapter.listTexts?.(all, deadlineMs)).toMatchObject({ kind: 'not-told' });
});

test.each(['', 'x', '{}', '[{"uri":"https://evil.example/","after":null}]', '[1]'])(
  'a cursor that is none of ours (%s) is answered, and nobody is asked',
  async (cursor) => {
    await using desk = await TwilioDesk.open();
    for (const asked of [
      desk.adapter.listTexts?.({ ...all, cursor }, deadlineMs),
      desk.adapter.listCalls?.({ ...all, cursor }, deadlineMs),
      desk.adapter.listNumbers?.(cursor, deadlineMs),
    ])
      expect(await asked).toMatchObject({ kind: 'not-told' });
    expect(desk.carrier.calls).toEqual([]);
  },
);

type Row = { readonly sid: string; readonly date_created: number };

/** Lists as a carrier would page them, each newest first. */
const lists = fc.array(fc.array(fc.integer({ min: 0, max: 20 }), { maxLength: 25 }), {
  minLength: 1,
  maxLength: 2,
});

test('pages of any size of any lists merge into the lists, newest first, each row once', () => {
  fc.assert(
    fc.property(lists, fc.integer({ min: 1, max: 6 }), (times, size) => {
      const whole = times.map((each, list) =>
        each
          .toSorted((one, other) => other - one)
          .map((date_created, at): Row => ({ sid: `${list}-${at}`, date_created })),
      );
      const uri = (list: number, start: number): string =>
        `/2010-04-01/Accounts/AC${list}/Messages.json?start=${start}`;
      const got: Row[] = [];
      let places = readPlaces(
        writePlaces(whole.map((_, list) => ({ uri: uri(list, 0), after: null }))) ?? '[]',
      );
      for (let turns = 0; places !== null && places.length > 0; turns += 1) {
        if (turns > 200) throw new Error('the lists do not end');
        const pages = places.map((place) => {
          const [, list = '', start = ''] = /AC(\d).*=(\d+)$/.exec(place.uri) ?? [];
          const rows = (whole[Number(list)] ?? []).slice(Number(start), Number(start) + size);
          const end = Number(start) + size;
          const more = end < (whole[Number(list)]?.length ?? 0);
          return { place, rows, next: more ? uri(Number(list), end) : null };
        });
        const merged = mergePages(pages);
        got.push(...merged.rows);
        places = readPlaces(writePlaces(merged.places) ?? '[]');
      }
      expect(got.map(({ sid }) => sid).toSorted()).toEqual(
        whole
          .flat()
          .map(({ sid }) => sid)
          .toSorted(),
      );
      const order = got.map(({ date_created }) => date_created);
      expect(order).toEqual(order.toSorted((one, other) => other - one));
    }),
    { numRuns: 500 },
  );
});
