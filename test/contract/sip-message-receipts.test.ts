import { deflateSync } from 'node:zlib';

import { expect, test as alone } from 'vitest';

import type { Inbound } from '#test/carriers/sip-carrier.ts';

import { deliver, imdn, imdnNamespace, inCpim } from './sip-bodies.ts';

/* Most of these wait for something, so they wait together. */
const test = alone.concurrent;

const receipts: readonly (readonly [string, object | null])[] = [
  [
    '<delivery-notification><status><delivered/></status></delivery-notification>',
    { state: 'delivered', failure: null },
  ],
  [
    '<delivery-notification><status><failed/></status></delivery-notification>',
    { state: 'failed', failure: { kind: 'unreachable', raw: 'IMDN: failed' } },
  ],
  ['<delivery-notification><status><forbidden/></status></delivery-notification>', null],
  ['<delivery-notification><status><error></error></status></delivery-notification>', null],
  [
    '<processing-notification><status><processed/></status></processing-notification>',
    { state: 'sent', failure: null },
  ],
  [
    '<processing-notification><status><stored/></status></processing-notification>',
    { state: 'sent', failure: null },
  ],
  ['<processing-notification><status><forbidden/></status></processing-notification>', null],
  [
    '<display-notification><status><displayed/></status></display-notification>',
    { state: 'delivered', failure: null },
  ],
  ['<display-notification><status><error/></status></display-notification>', null],
  ['<display-notification><status><dreamt/></status></display-notification>', null],
];

test.each(receipts)('the receipt %s', async (inside, standing) => {
  const wrapped = { type: 'message/cpim', text: inCpim('message/imdn+xml', imdn(inside)) };
  const prefixed = {
    type: 'message/cpim',
    text: inCpim(
      'message/imdn+xml',
      imdn(inside)
        .replaceAll(/<(\/?)(?=[a-z])/g, '<$1i:')
        .replace('xmlns=', 'xmlns:i='),
      'n',
    ),
  };
  for (const inbound of [wrapped, prefixed, { type: 'message/imdn+xml', text: imdn(inside) }]) {
    const { answer, events } = await deliver(inbound);
    expect(answer).toBe('SIP/2.0 200 OK');
    expect(events).toEqual(
      standing === null
        ? []
        : [
            {
              kind: 'receipt',
              providerMessageId: '01890000-0000-7000-8000-000000000001.a1b2',
              reference: '01890000-0000-7000-8000-000000000001',
              happenedAt: Date.parse('2026-01-01T14:00:05Z'),
              ...standing,
            },
          ],
    );
  }
});

test('a receipt for a message that is not ours by its id carries no reference', async () => {
  const [inside] = receipts[0] ?? [''];
  const { events } = await deliver({ type: 'message/imdn+xml', text: imdn(inside, 'abc') });
  expect(events).toMatchObject([{ providerMessageId: 'abc', reference: null }]);
});

const good = '<delivery-notification><status><delivered/></status></delivery-notification>';
const bomb = deflateSync(Buffer.alloc(10_000_000, 'x'));

test.each([
  [
    'an entity that reads a file',
    {
      type: 'message/imdn+xml',
      text: `<!DOCTYPE imdn [<!ENTITY x SYSTEM "file:///etc/passwd">]>${imdn(good, '&x;')}`,
    },
    /document type/,
  ],
  [
    'a billion laughs',
    {
      type: 'message/imdn+xml',
      text: `<!DOCTYPE l [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]>${imdn(good)}`,
    },
    /document type/,
  ],
  [
    'a receipt of another namespace',
    { type: 'message/imdn+xml', text: imdn(good).replace(imdnNamespace, 'urn:x') },
    /another kind/,
  ],
  [
    'a receipt of 17 KiB',
    { type: 'message/imdn+xml', text: imdn(good) + ' '.repeat(17_000) },
    /over 16 KiB/,
  ],
  [
    'a receipt without an id',
    { type: 'message/imdn+xml', text: imdn(good, '') },
    /names no message/,
  ],
  ['a receipt without a status', { type: 'message/imdn+xml', text: imdn('') }, /no status/],
  [
    'a receipt that ends too early',
    { type: 'message/imdn+xml', text: imdn(good).slice(0, -8) },
    /not well formed/,
  ],
  [
    'a receipt nested without end',
    { type: 'message/imdn+xml', text: `<imdn xmlns="${imdnNamespace}">${'<a>'.repeat(500)}` },
    /nested too deep/,
  ],
  [
    'a receipt that is no XML',
    { type: 'message/imdn+xml', text: 'delivered' },
    /names no message|another kind/,
  ],
  ['CPIM without a blank line', { type: 'message/cpim', text: 'From: <sip:a@b>' }, /blank line/],
  [
    'CPIM with a line that is no header',
    { type: 'message/cpim', text: 'From <sip:a@b>\r\n\r\n\r\nHi' },
    /no header/,
  ],
  [
    'CPIM with 200 headers',
    { type: 'message/cpim', text: `${'X: y\r\n'.repeat(200)}\r\n\r\nHi` },
    /128 headers/,
  ],
  [
    'a type inside CPIM that is not read',
    { type: 'message/cpim', text: inCpim('application/octet-stream', 'x') },
    /not read here/,
  ],
  [
    'CPIM in CPIM in CPIM in CPIM in CPIM',
    {
      type: 'message/cpim',
      text: [1, 2, 3, 4].reduce(
        (inner) => inCpim('message/cpim', inner),
        inCpim('text/plain', 'x'),
      ),
    },
    /wrapped too often/,
  ],
  ['parts without a boundary', { type: 'multipart/mixed', text: 'x' }, /no boundary/],
  ['parts of which there are none', { type: 'multipart/mixed;boundary=b', text: 'x' }, /no parts/],
  [
    'parts of which none is a text',
    {
      type: 'multipart/mixed;boundary=b',
      text: '--b\r\nContent-Type: image/png\r\n\r\nx\r\n--b--',
    },
    /is a text/,
  ],
  [
    '17 parts',
    { type: 'multipart/mixed;boundary=b', text: '--b\r\n\r\nx\r\n'.repeat(17) },
    /over 16/,
  ],
  ['a page of 20 KiB', { type: 'text/html', text: '<!--'.repeat(5_000) }, /over 16 KiB/],
  ['a character set nobody knows', { type: 'text/plain;charset=klingon', text: 'x' }, /not known/],
  [
    '10 MB in 10 KB',
    { text: bomb, headers: [['Content-Encoding', 'deflate']] },
    /not in its encoding/,
  ],
  [
    'what only says it is deflated',
    { text: 'plain', headers: [['Content-Encoding', 'deflate']] },
    /not in its encoding/,
  ],
] as [string, Inbound, RegExp][])(
  '%s is kept raw for a person',
  async (_what, inbound, problem) => {
    const { answer, events } = await deliver(inbound);
    expect(answer).toBe('SIP/2.0 200 OK');
    expect(events).toMatch(/^UnreadableDelivery: /);
    expect(events).toMatch(problem);
    expect(String(events).length).toBeLessThan(200);
  },
);
