import { expect, test } from 'vitest';

import { flowroute } from '#main/providers/flowroute/adapter.ts';
import type { TextQuery } from '#shared/provider/carrier-lists.ts';
import { UnrulyFront } from '#test/fakes/unruly-front.ts';

import { FlowrouteDesk, ours, theirs, uid } from './flowroute-desk.ts';

const deadlineMs = 5_000;
const out = { uid, from: ours, to: theirs, text: 'Hi', mediaUrls: [] };
const query = (more: Partial<TextQuery> = {}): TextQuery => ({
  since: 0,
  until: Date.now() + 60_000,
  between: null,
  cursor: null,
  ...more,
});

async function lastBody(desk: FlowrouteDesk): Promise<unknown> {
  const call = (await desk.carrier.calls()).at(-1);
  return JSON.parse(call?.body.toString() ?? '');
}

test('a text out carries the address of its receipts, with our reference in it', async () => {
  await using desk = await FlowrouteDesk.start();
  await desk.adapter.send(out, deadlineMs);
  const address = `${desk.receiver.url}?purpose=receipts&ref=${uid}`;
  const attributes = { to: theirs, from: ours, body: 'Hi', dlr_callback: address };
  expect(await lastBody(desk)).toEqual({ data: { type: 'message', attributes } });
  const pictures = ['https://x.example/a.jpg'];
  await desk.adapter.send({ ...out, text: '', mediaUrls: pictures }, deadlineMs);
  const mms = { is_mms: true, media_urls: pictures };
  const dlr_callback = `${desk.receiver.url}?purpose=mms-receipts&ref=${uid}`;
  expect(await lastBody(desk)).toEqual({
    data: { type: 'message', attributes: { to: theirs, from: ours, ...mms, dlr_callback } },
  });
});

test('where the carrier cannot reach us, no address is told to it', async () => {
  await using desk = await FlowrouteDesk.start();
  await desk.open({ hooks: [] }).send(out, deadlineMs);
  expect(await lastBody(desk)).toMatchObject({
    data: { attributes: { to: theirs, from: ours, body: 'Hi' } },
  });
  expect(JSON.stringify(await lastBody(desk))).not.toContain('dlr_callback');
});

test.each([200, 201, 202])('an id under %i is a text that was taken', async (status) => {
  await using desk = await FlowrouteDesk.start();
  await using front = await UnrulyFront.before(desk.carrier.url);
  const body = JSON.stringify({ data: { id: 'mdr2-01', type: 'message' } });
  front.manners = { kind: 'answer', status, body };
  expect(await desk.open({ baseUrl: front.url }).send(out, deadlineMs)).toEqual({
    kind: 'accepted',
    providerMessageId: 'mdr2-01',
  });
});

test('a refusal that repeats the keys does not bring them into a failure', async () => {
  await using desk = await FlowrouteDesk.start();
  await using front = await UnrulyFront.before(desk.carrier.url);
  const { accessKey, secretKey } = desk.carrier.keys;
  const basic = Buffer.from(`${accessKey}:${secretKey}`).toString('base64');
  const errors = [{ status: 422, detail: `I got ${accessKey}, ${secretKey}, Basic ${basic}` }];
  front.manners = { kind: 'answer', status: 422, body: JSON.stringify({ errors }) };
  const adapter = desk.open({ baseUrl: front.url });
  const said = JSON.stringify([
    await adapter.send(out, deadlineMs),
    await adapter.listTexts?.(query(), deadlineMs),
    await adapter.testCredentials(deadlineMs),
  ]);
  expect(said.match(/I got/g)).toHaveLength(3);
  for (const secret of [accessKey, secretKey, basic]) expect(said).not.toContain(secret);
});

test('the list tells texts of both directions with media, standing and price', async () => {
  await using desk = await FlowrouteDesk.start();
  const id = await desk.send('x'.repeat(150));
  const description = 'Message delivered to handset';
  const words = { status: 'delivered', status_code_description: description };
  await desk.carrier.tell(id, { level: 2, status_code: 1_004, ...words });
  await desk.carrier.receive({ from: theirs, to: '15550100001', body: 'Hi', media: ['m1.jpg'] });
  const asked = await desk.adapter.listTexts?.(query(), deadlineMs);
  const usd = { currency: 'USD' };
  expect(asked).toMatchObject({
    kind: 'told',
    answer: {
      next: null,
      rows: [
        {
          direction: 'in',
          from: theirs,
          to: ours,
          text: 'Hi',
          state: null,
          failure: null,
          media: [{ url: `${desk.carrier.url}/media-store/m1.jpg?Signature=good` }],
          billing: { segments: null, priceMicros: 9_500, feeMicros: null, ...usd },
        },
        {
          providerMessageId: id,
          direction: 'out',
          state: 'delivered',
          media: [],
          billing: { segments: 2, priceMicros: 8_000, feeMicros: 6_000, ...usd },
        },
      ],
    },
  });
});

test('a list that answers more than was asked, or says there is always more, is cut and ends', async () => {
  await using desk = await FlowrouteDesk.start();
  await using front = await UnrulyFront.before(desk.carrier.url);
  const adapter = desk.open({ baseUrl: front.url });
  const attributes = {
    from: '15550100001',
    to: '15550100199',
    body: 'old',
    direction: 'outbound',
    timestamp: '2020-01-01T00:00:00Z',
  };
  const links = { next: 'http://mdr-api.internal/v2.2/messages?offset=1' };
  const answerWith = (...data: unknown[]): void => {
    front.manners = { kind: 'answer', status: 200, body: JSON.stringify({ data, links }) };
  };
  answerWith({ id: 'mdr2-01', type: 'message', attributes });
  const asked = query({ since: Date.UTC(2026, 0, 1) });
  const told = (next: string | null) => ({ kind: 'told', answer: { rows: [], next } });
  expect(await adapter.listTexts?.(asked, deadlineMs)).toEqual(told('1'));
  answerWith();
  expect(await adapter.listTexts?.({ ...asked, cursor: '1' }, deadlineMs)).toEqual(told(null));
  answerWith({ id: 'mdr2-01', type: 'message', attributes: { ...attributes, timestamp: 'soon' } });
  expect(await adapter.listTexts?.(asked, deadlineMs)).toMatchObject({ kind: 'not-told' });
});

test('the list is cut to its span and its two numbers', async () => {
  await using desk = await FlowrouteDesk.start();
  await desk.send('out');
  await desk.carrier.receive({ from: theirs, to: '15550100001', body: 'in' });
  await desk.carrier.receive({ from: '+15550100188', to: '15550100001', body: 'other' });
  const texts = async (more: Partial<TextQuery>): Promise<unknown> => {
    const asked = await desk.adapter.listTexts?.(query(more), deadlineMs);
    return asked?.kind === 'told' ? asked.answer.rows.map(({ text }) => text) : asked;
  };
  expect(await texts({})).toEqual(['other', 'in', 'out']);
  expect(await texts({ between: { line: ours, peer: theirs } })).toEqual(['in', 'out']);
  expect(await texts({ since: Date.now() + 1_000 })).toEqual([]);
  expect(await texts({ until: Date.now() - 60_000 })).toEqual([]);
});

test('the test of the keys asks for one number', async () => {
  await using desk = await FlowrouteDesk.start();
  expect(await desk.adapter.testCredentials(deadlineMs)).toEqual({
    kind: 'told',
    answer: { account: null },
  });
  const credentials = { accessKey: 'fr-access-key', secretKey: 'not-the-key' };
  expect(await desk.open({ credentials }).testCredentials(deadlineMs)).toMatchObject({
    kind: 'not-told',
    failure: { kind: 'credentials', raw: '401: The access key or the secret key is wrong.' },
  });
});

test.each([
  ['accessKey', { accessKey: '', secretKey: 's' }],
  ['accessKey', { secretKey: 's' }],
  ['accessKey', { accessKey: 'a:b', secretKey: 's' }],
  ['secretKey', { accessKey: 'a', secretKey: 'two words' }],
  ['secretKey', { accessKey: 'a', secretKey: 'k\r\nX-Evil: 1' }],
])('a wrong %s is named and not repeated', (field, credentials: Record<string, string>) => {
  const open = () =>
    flowroute.open({ connectionId: 'c1', baseUrl: null, credentials, numbers: [], hooks: [] });
  expect(open).toThrow(new RegExp(`^Flowroute connection: credentials\\.${field} \\w`));
  expect(open).not.toThrow(/two words|Evil|a:b/);
});

test.each(['http://api.example', 'ftp://127.0.0.1', 'not an address', 'https://u:p@x.example'])(
  'the address %s is not called with keys',
  (baseUrl) => {
    const credentials = { accessKey: 'a', secretKey: 's' };
    expect(() =>
      flowroute.open({ connectionId: 'c1', baseUrl, credentials, numbers: [], hooks: [] }),
    ).toThrow('baseUrl');
  },
);

test('pictures are fetched from the carrier’s store alone, and without keys', () => {
  const credentials = { accessKey: 'a', secretKey: 's' };
  const open = { connectionId: 'c1', baseUrl: null, credentials, numbers: [], hooks: [] };
  const { origins, headers } = flowroute.open(open).adapter.mediaAccess();
  expect(headers).toEqual({});
  for (const origin of origins) expect(origin).toMatch(/^https:\/\/[\w.-]+\.amazonaws\.com$/);
});
