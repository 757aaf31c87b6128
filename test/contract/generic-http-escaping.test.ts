import fc from 'fast-check';
import { expect, test } from 'vitest';

import type { OutboundText } from '#shared/provider/provider.ts';
import { GenericCarrier } from '#test/carriers/generic-carrier.ts';
import { hostileTexts } from '#test/fixtures/hostile-texts.ts';

import {
  type Credentials,
  deadlineMs,
  inForm,
  inJson,
  inQuery,
  inXml,
  openGeneric,
  textOf,
} from './generic-desk.ts';

const forms: readonly (readonly [string, Credentials])[] = [
  ['JSON', inJson],
  ['a form', inForm],
  ['a query', inQuery],
  ['XML', inXml],
];

/** Texts that end one thing and begin another where nobody escapes them. */
const tricky: readonly string[] = [
  '"quoted", \'quoted\' and `quoted`',
  '","to":"+15550109999","text":"',
  '\\"} \\u0022 \\',
  '{"a":{{}}} {{to}} {{password}} {{ media }}',
  '%sms_to% %account[password]% %41 %zz % 100%',
  '&To=+15550109999&Body=x;y=z #fragment ?query=1',
  'a+b c%20d=e&f',
  '../../etc ./. // \\\\server\\share',
  'one\r\nX-Injected: yes\r\n\r\nbody',
  'tabs\tand\nlines\rand\u2028more\u0085',
  '<to>+15550109999</to> &amp; &lt; &#60; ]]> <!-- --> <![CDATA[x]]>',
  '👋🏽 Grüße 日本語 ‏עברית‏ é e\u0301',
  ' leading and trailing ',
  '',
];

async function taken(
  carrier: GenericCarrier,
  credentials: Credentials,
  text: Partial<OutboundText>,
): Promise<unknown> {
  const { adapter } = openGeneric(credentials, { baseUrl: carrier.url });
  const before = carrier.book.taken.length;
  const outcome = await adapter.send(textOf(text), deadlineMs);
  if (outcome.kind !== 'accepted') return outcome;
  expect(carrier.book.taken).toHaveLength(before + 1);
  expect(outcome.providerMessageId).toBe(carrier.last?.id);
  return carrier.last;
}

test.each(forms)(
  'whatever a text holds, in %s it is the text and nothing else',
  async (_what, how) => {
    await using carrier = await GenericCarrier.start();
    for (const text of [...tricky, ...hostileTexts.filter((each) => !each.includes('\u0000'))]) {
      expect(await taken(carrier, how, { text }), text).toMatchObject({ text });
      expect(carrier.last?.to.endsWith('5550100101'), text).toBe(true);
    }
  },
);

test.each(forms.slice(0, 3))('a NUL and its like pass through %s', async (_what, how) => {
  await using carrier = await GenericCarrier.start();
  const text = 'a\u0000b\u0001c\u001b[31m\u007f\ufffe';
  expect(await taken(carrier, how, { text })).toMatchObject({ text });
});

test('line breaks and tabs stand in XML as references, because readers change the bare ones', async () => {
  await using carrier = await GenericCarrier.start();
  await taken(carrier, inXml, { text: 'a\r\nb\tc' });
  expect(carrier.calls.at(-1)?.body.toString()).toContain('<text>a&#13;&#10;b&#9;c</text>');
});

test.each(['a\u0000b', '\u0001', '\u001b[31m', 'x\ufffe', 'x\uffff'])(
  'what XML cannot hold is refused before anything is sent',
  async (text) => {
    await using carrier = await GenericCarrier.start();
    const { adapter } = openGeneric(inXml, { baseUrl: carrier.url });
    const code = /[^ax]/
      .exec(text)?.[0]
      .codePointAt(0)
      ?.toString(16)
      .toUpperCase()
      .padStart(4, '0');
    expect(await adapter.send(textOf({ text }), deadlineMs)).toEqual({
      kind: 'refused',
      failure: { kind: 'content', raw: `XML cannot hold the character U+${code}` },
    });
    expect(carrier.calls).toEqual([]);
  },
);

const writable = /^[\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]*$/u;

test.each(forms)(
  'hundreds of texts of any characters arrive through %s as they are',
  async (what, how) => {
    await using carrier = await GenericCarrier.start();
    const texts = fc
      .string({ unit: 'binary', maxLength: 60 })
      .filter((text) => what !== 'XML' || writable.test(text));
    await fc.assert(
      fc.asyncProperty(texts, async (text) => {
        expect(await taken(carrier, how, { text })).toMatchObject({ text });
      }),
      { numRuns: 200 },
    );
  },
);

test.each(forms)('numbers are written as the carrier writes them: %s', async (_what, how) => {
  await using carrier = await GenericCarrier.start();
  const expected = { e164plus: '+15550100101', e164: '15550100101', nanp10: '5550100101' };
  for (const [numberFormat, to] of Object.entries(expected)) {
    const credentials = { ...how, numberFormat };
    expect(await taken(carrier, credentials, {})).toMatchObject({
      to,
      from: to.replace(/0101$/, '0001'),
    });
  }
});

test('a number that ten digits cannot hold is refused before anything is sent', async () => {
  await using carrier = await GenericCarrier.start();
  const { adapter } = openGeneric(inQuery, { baseUrl: carrier.url });
  const abroad = '+442079460958';
  expect(await adapter.send(textOf({ to: abroad }), deadlineMs)).toMatchObject({
    kind: 'refused',
    failure: { kind: 'invalid-number' },
  });
  expect(await adapter.send(textOf({ from: abroad }), deadlineMs)).toMatchObject({
    kind: 'refused',
    failure: { kind: 'not-allowed' },
  });
  expect(carrier.calls).toEqual([]);
});

const pictures = [
  'https://a.example/1.png?a=b&c="d"',
  'https://a.example/2.png',
  'https://a.example/3',
];

test('pictures stand in lists, in repeated pairs and in numbered places', async () => {
  await using carrier = await GenericCarrier.start();
  for (const how of [inJson, inForm])
    for (const mediaUrls of [[], pictures.slice(0, 1), pictures])
      expect(await taken(carrier, how, { mediaUrls })).toMatchObject({ media: mediaUrls });
  for (const mediaUrls of [[], pictures.slice(0, 1), pictures.slice(0, 2)])
    expect(await taken(carrier, inQuery, { mediaUrls })).toMatchObject({ media: mediaUrls });
});

test('more pictures than the template has places are refused before anything is sent', async () => {
  await using carrier = await GenericCarrier.start();
  for (const [how, mediaUrls] of [
    [inQuery, pictures],
    [inXml, pictures.slice(0, 1)],
  ] as const)
    expect(await taken(carrier, how, { mediaUrls })).toMatchObject({
      kind: 'refused',
      failure: { kind: 'media' },
    });
  expect(carrier.calls).toEqual([]);
});

test('what is not there is left out: no address of ours without a hook, and with one it names the text', async () => {
  await using carrier = await GenericCarrier.start();
  for (const how of [inJson, inForm]) {
    expect(await taken(carrier, how, {})).toMatchObject({ receiptUrl: null });
    const hooks = [{ purpose: 'receipts', url: 'https://hooks.example/h/c1/secret' } as const];
    const { adapter } = openGeneric(how, { baseUrl: carrier.url, hooks });
    const text = textOf();
    await adapter.send(text, deadlineMs);
    expect(carrier.last?.receiptUrl).toBe(`https://hooks.example/h/c1/secret?ref=${text.uid}`);
  }
});

test('headers hold what they are told, and one text’s reference each', async () => {
  await using carrier = await GenericCarrier.start();
  const sendHeaders =
    'Idempotency-Key: {{reference}}\r\n\r\nX-From:  {{from}} of {{username}}\nx-plain: a: b';
  const { adapter } = openGeneric(
    { ...inJson, username: 'acme', sendHeaders },
    { baseUrl: carrier.url },
  );
  const text = textOf();
  await adapter.send(text, deadlineMs);
  expect(carrier.calls.at(-1)?.headers).toMatchObject({
    'idempotency-key': text.uid,
    'x-from': `${text.from} of acme`,
    'x-plain': 'a: b',
    'accept-encoding': 'identity',
  });
});

test('a sender’s name that no header can hold is refused before anything is sent', async () => {
  await using carrier = await GenericCarrier.start();
  const credentials = { ...inJson, sendHeaders: 'X-From: {{from}}' };
  for (const from of ['Größe', 'a\r\nX-Injected: yes', 'a\nb'])
    expect(await taken(carrier, credentials, { from })).toMatchObject({
      kind: 'refused',
      failure: { kind: 'content', raw: 'the header x-from would hold a character it cannot' },
    });
  expect(carrier.calls).toEqual([]);
});

test('what is filled into a path can change neither the path nor the origin', async () => {
  await using carrier = await GenericCarrier.start();
  const credentials = { ...inJson, sendPath: '/api/v1/{{text}}/messages', sendBody: '' };
  const { adapter } = openGeneric(credentials, { baseUrl: carrier.url });
  for (const text of ['..', '.'])
    expect(await adapter.send(textOf({ text }), deadlineMs)).toMatchObject({
      kind: 'refused',
      failure: { kind: 'content' },
    });
  expect(carrier.calls).toEqual([]);
  for (const text of [
    '../..',
    '//evil.example/',
    '@evil.example',
    '\\..\\',
    '?x=1',
    '#y',
    '%2e%2e',
    'a b',
  ])
    await adapter.send(textOf({ text }), deadlineMs);
  const paths = carrier.calls.map(({ path }) => path);
  expect(paths).toHaveLength(8);
  for (const path of paths) expect(path).toMatch(/^\/api\/v1\/[^/]+\/messages$/);
});

test('an address longer than servers take is refused before anything is sent', async () => {
  await using carrier = await GenericCarrier.start();
  expect(await taken(carrier, inQuery, { text: '👋'.repeat(800) })).toMatchObject({
    kind: 'refused',
    failure: { kind: 'too-long' },
  });
  expect(carrier.calls).toEqual([]);
});

test('a plain body takes a text alone, or what fits on one line', async () => {
  await using carrier = await GenericCarrier.start();
  const plain = { ...inJson, sendType: 'text/plain', sendPath: '/api/v1/messages?to={{to}}' };
  const alone = openGeneric({ ...plain, sendBody: '{{text}}' }, { baseUrl: carrier.url });
  await alone.adapter.send(textOf({ text: 'a\r\nb' }), deadlineMs);
  expect(carrier.calls.at(-1)?.body.toString()).toBe('a\r\nb');
  const framed = openGeneric(
    { ...plain, sendBody: 'to {{to}}: {{text}}' },
    { baseUrl: carrier.url },
  );
  expect(await framed.adapter.send(textOf({ text: 'a\nto: b' }), deadlineMs)).toMatchObject({
    kind: 'refused',
    failure: { kind: 'content' },
  });
  expect(carrier.calls).toHaveLength(1);
  await framed.adapter.send(textOf({ text: 'one line' }), deadlineMs);
  expect(carrier.calls.at(-1)?.body.toString()).toBe('to +15550100101: one line');
});
