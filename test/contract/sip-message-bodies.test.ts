import { deflateRawSync, deflateSync, gzipSync } from 'node:zlib';

import { expect, test as alone } from 'vitest';

import type { Inbound } from '#test/carriers/sip-carrier.ts';

import { deliver, inCpim } from './sip-bodies.ts';

/* Most of these wait for something, so they wait together. */
const test = alone.concurrent;

const multipart = (...parts: readonly string[]): string =>
  `preamble\r\n${parts.map((part) => `--b=1\r\n${part}\r\n`).join('')}--b=1--\r\nepilogue`;

test.each([
  ['plain text', { text: 'Hi ✓' }, 'Hi ✓'],
  [
    'plain text with parameters',
    { type: 'Text/Plain; charset="utf-8"; format=flowed', text: 'é' },
    'é',
  ],
  ['no type', { type: '', text: 'bare' }, 'bare'],
  [
    'Latin-1',
    { type: 'text/plain;charset=iso-8859-1', text: Uint8Array.of(0x47, 0x72, 0xfc, 0xdf, 0x65) },
    'Grüße',
  ],
  ['a letter cut in two', { text: Uint8Array.of(0x48, 0x69, 0x20, 0xe2, 0x9c) }, 'Hi �'],
  ['nothing', { text: '' }, ''],
  ['deflate', { text: deflateSync('Hi ✓'), headers: [['Content-Encoding', 'deflate']] }, 'Hi ✓'],
  [
    'deflate without its wrapping',
    { text: deflateRawSync('Hi ✓ '.repeat(30)), headers: [['e', 'deflate']] },
    'Hi ✓ '.repeat(30),
  ],
  ['gzip', { text: gzipSync('Hi ✓'), headers: [['Content-Encoding', 'gzip']] }, 'Hi ✓'],
  [
    'HTML',
    {
      type: 'text/html',
      text: '<html><head><title>x</title></head><body><p>Hi&nbsp;&amp; <b>bye</b>&#33;</p><script>alert(1)</script>a<br/>b&#x2713;</body></html>',
    },
    'Hi & bye!\nab✓'.replace('\nab', '\na\nb'),
  ],
  [
    'CPIM',
    { type: 'message/cpim', text: inCpim('text/plain;charset=UTF-8', 'Hi\r\n\r\nyou ✓') },
    'Hi\r\n\r\nyou ✓',
  ],
  [
    'CPIM with line feeds alone',
    { type: 'message/cpim', text: 'From: <sip:a@b>\n\nContent-Type: text/plain\n\nHi' },
    'Hi',
  ],
  [
    'CPIM without MIME headers',
    { type: 'message/cpim', text: 'From: <sip:a@b>\r\n\r\n\r\nHi' },
    'Hi',
  ],
  [
    'deflated CPIM',
    {
      type: 'message/cpim',
      text: deflateSync(inCpim('text/plain', 'Hi')),
      headers: [['Content-Encoding', 'deflate']],
    },
    'Hi',
  ],
  [
    'several parts',
    {
      type: 'multipart/mixed;boundary="b=1"',
      text: multipart(
        'Content-Type: image/png\r\n\r\nPNG',
        'Content-Type: text/plain\r\n\r\nHi\r\nthere',
      ),
    },
    'Hi\r\nthere',
  ],
  [
    'parts in parts',
    {
      type: 'multipart/alternative;boundary="b=1"',
      text: multipart('Content-Type: multipart/mixed;boundary=in\r\n\r\n--in\r\n\r\nHi\r\n--in--'),
    },
    'Hi',
  ],
] as [string, Inbound, string][])('a body of %s is read', async (_what, inbound, text) => {
  const { answer, events } = await deliver(inbound);
  expect(answer).toBe('SIP/2.0 200 OK');
  expect(events).toMatchObject([{ kind: 'text-received', text }]);
});

test('when a text was sent is told by CPIM, else by Date', async () => {
  const noon = Date.parse('2026-01-01T14:00:00Z');
  const date = ['Date', 'Thu, 01 Jan 2026 13:00:00 GMT'] as const;
  const wrapped = { type: 'message/cpim', text: inCpim('text/plain', 'Hi'), headers: [date] };
  expect((await deliver(wrapped)).events).toMatchObject([{ sentAt: noon }]);
  expect((await deliver({ headers: [date] })).events).toMatchObject([{ sentAt: noon - 3_600_000 }]);
  expect((await deliver({ headers: [['Date', 'soon']] })).events).toMatchObject([{ sentAt: null }]);
});

test.each([
  [
    'application/vnd.3gpp.sms',
    'text/plain, text/html, message/cpim, message/imdn+xml, multipart/mixed, multipart/alternative',
  ],
  [
    'image/png',
    'text/plain, text/html, message/cpim, message/imdn+xml, multipart/mixed, multipart/alternative',
  ],
])('a body of type %s is refused, and it is said what is taken', async (type, accept) => {
  expect(await deliver({ type, text: 'x' })).toEqual({
    answer: 'SIP/2.0 415 Unsupported Media Type',
    events: null,
    headers: accept,
  });
});

test('a body in an encoding that is not known is refused, and it is said which are', async () => {
  expect(await deliver({ headers: [['Content-Encoding', 'br']] })).toEqual({
    answer: 'SIP/2.0 415 Unsupported Media Type',
    events: null,
    headers: 'identity, deflate, gzip',
  });
});

test('"is typing" is answered and stored nowhere', async () => {
  const typing = { type: 'application/im-iscomposing+xml', text: '<isComposing/>' };
  expect(await deliver(typing)).toMatchObject({ answer: 'SIP/2.0 200 OK', events: null });
});
