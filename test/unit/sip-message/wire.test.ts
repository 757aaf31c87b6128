import fc from 'fast-check';
import { expect, test } from 'vitest';

import { readNameAddress, readUri } from '#main/providers/sip-message/wire/address.ts';
import { readEnvelope } from '#main/providers/sip-message/wire/envelope.ts';
import { type Frame, StreamFramer } from '#main/providers/sip-message/wire/frame-stream.ts';
import {
  MalformedMessage,
  type SipMessage,
  headerOf,
  headersOf,
} from '#main/providers/sip-message/wire/message.ts';
import { parseMessage } from '#main/providers/sip-message/wire/parse-message.ts';
import { readParameters, splitList } from '#main/providers/sip-message/wire/split-list.ts';
import { writeMessage } from '#main/providers/sip-message/wire/write-message.ts';

const token = fc.stringMatching(/^[A-Za-z][A-Za-z0-9-]{0,20}$/);
const value = fc.stringMatching(/^(?:[!-~¡-ÿ](?:[ -~¡-ÿ]{0,60}[!-~¡-ÿ])?)?$/);
const header = fc.tuple(
  token.map((name) => `x-${name.toLowerCase()}`),
  value,
);
const body = fc.uint8Array({ maxLength: 300 });
const headers = fc.array(header, { maxLength: 20 });
const message: fc.Arbitrary<SipMessage> = fc.oneof(
  fc.record({
    kind: fc.constant('request' as const),
    method: token,
    uri: fc.stringMatching(/^sip:[a-z0-9+@.;=]{1,40}$/),
    headers,
    body,
  }),
  fc.record({
    kind: fc.constant('response' as const),
    status: fc.integer({ min: 100, max: 699 }),
    reason: fc.stringMatching(/^[ -~]{0,40}$/),
    headers,
    body,
  }),
);

const withLength = (each: SipMessage): SipMessage => ({
  ...each,
  headers: [...each.headers, ['content-length', String(each.body.length)]],
});

test('what is written is read back as it was', () => {
  fc.assert(
    fc.property(message, (each) => {
      expect(parseMessage(writeMessage(each))).toEqual(withLength(each));
    }),
    { numRuns: 1_000 },
  );
});

test('a stream cut anywhere comes apart into the same messages and signs of life', () => {
  const piece = fc.oneof(
    message.map((each) => ({ bytes: Buffer.from(writeMessage(each)), kind: 'message' as const })),
    fc.constant({ bytes: Buffer.from('\r\n\r\n'), kind: 'ping' as const }),
  );
  const cuts = fc.array(fc.nat(400), { maxLength: 30 });
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 6 }), cuts, (pieces, sizes) => {
      const framer = new StreamFramer();
      const frames: Frame[] = [];
      let rest = Buffer.concat(pieces.map(({ bytes }) => bytes));
      for (const size of [...sizes, rest.length]) {
        frames.push(...framer.push(rest.subarray(0, size)));
        rest = rest.subarray(size);
      }
      const texts = frames.filter((frame) => frame.kind === 'message');
      const wanted = pieces.filter(({ kind }) => kind === 'message');
      expect(texts.map(({ bytes }) => Buffer.from(bytes))).toEqual(
        wanted.map(({ bytes }) => bytes),
      );
      const pings = frames.reduce(
        (sum, { kind }) => sum + (kind === 'ping' ? 2 : kind === 'pong' ? 1 : 0),
        0,
      );
      expect(pings).toBe(2 * (pieces.length - wanted.length));
    }),
    { numRuns: 500 },
  );
});

test('whatever comes is a message or malformed, and never anything else', () => {
  const start = fc.constantFrom('MESSAGE sip:a@b SIP/2.0\r\n', 'SIP/2.0 200 OK\r\n', '');
  const line = fc.oneof(
    fc.constantFrom('Via: SIP/2.0/TCP x;branch=z9hG4bKy', 'f: "a <sip:b>', 'To: <', 'l: 0', 'i: x'),
    fc.string({ maxLength: 60 }),
  );
  const odd = fc
    .tuple(start, fc.array(line, { maxLength: 8 }), fc.string())
    .map(([first, lines, end]) => Buffer.from(`${first}${lines.join('\r\n')}\r\n\r\n${end}`));
  fc.assert(
    fc.property(fc.oneof(odd, fc.uint8Array({ maxLength: 500 })), (bytes) => {
      try {
        readEnvelope(parseMessage(bytes));
      } catch (error) {
        expect(error).toBeInstanceOf(MalformedMessage);
      }
      const framer = new StreamFramer();
      try {
        framer.push(bytes);
      } catch (error) {
        expect(error).toBeInstanceOf(MalformedMessage);
      }
    }),
    { numRuns: 2_000 },
  );
});

test('nothing is written that would break into two lines', () => {
  for (const odd of ['a\r\nX-Evil: yes', 'a\nb', 'a\rb', 'a\0b', 'ü\u2713', 'a\u0085b\u2028'])
    for (const build of [
      {
        kind: 'request',
        method: 'MESSAGE',
        uri: `sip:${odd}@x`,
        headers: [],
        body: new Uint8Array(),
      },
      {
        kind: 'request',
        method: 'MESSAGE',
        uri: 'sip:a@x',
        headers: [['X-A', odd]],
        body: new Uint8Array(),
      },
      { kind: 'response', status: 200, reason: odd, headers: [], body: new Uint8Array() },
    ] as const)
      expect(() => writeMessage(build), JSON.stringify(odd)).toThrow(/broken/);
});

test('short names are long ones, in any case, folded or not', () => {
  const read = parseMessage(
    Buffer.from(
      'MESSAGE sip:a@b SIP/2.0\r\nv: one\r\nVIA:two,\r\n three\r\nc : text/plain\r\nL:2\r\n\r\nHi',
    ),
  );
  expect(headersOf(read, 'via')).toEqual(['one', 'two, three']);
  expect(headerOf(read, 'content-type')).toBe('text/plain');
});

test.each([
  [
    'sip:+15550100001@Gw.Example:5060;user=phone?x=y',
    { scheme: 'sip', user: '+15550100001', host: 'gw.example:5060' },
  ],
  ['SIPS:ann%20lee;npdi:secret@x', { scheme: 'sips', user: 'ann lee', host: 'x' }],
  ['sip:gw.example', { scheme: 'sip', user: '', host: 'gw.example' }],
  [
    'sip:1.555.010-0001@[2001:db8::1]:5061',
    { scheme: 'sip', user: '15550100001', host: '[2001:db8::1]:5061' },
  ],
  ['sip:jean-luc@x', { scheme: 'sip', user: 'jean-luc', host: 'x' }],
  ['sip:%zz@x', { scheme: 'sip', user: '%zz', host: 'x' }],
  ['tel:+1-555-010-0001;phone-context=x', { scheme: 'tel', user: '+15550100001', host: '' }],
  ['mailto:a@b', null],
  ['sip:', null],
  ['sip:a@b@c d', null],
  ['', null],
])('the address %s', (written, read) => {
  expect(readUri(written)).toEqual(read);
});

test.each([
  ['"Lee, \\"Ann\\" <x>; tag=no" <sip:a@b;x=y>;tag=1;q', 'sip:a@b;x=y', { tag: '1', q: '' }],
  ['Ann <sip:a@b>', 'sip:a@b', {}],
  ['sip:a@b;tag=1', 'sip:a@b', { tag: '1' }],
  ['<sip:a@b> ; TAG = "quo\\"ted;"', 'sip:a@b', { tag: 'quo"ted;' }],
])('the name and address %s', (written, uri, parameters) => {
  const read = readNameAddress(written);
  expect(read.uri).toBe(uri);
  expect(Object.fromEntries(read.parameters)).toEqual(parameters);
});

test.each(['', '<>', '"Ann', 'Ann sip:a@b', '<sip:a b>', '<sip:a@b', ';tag=1'])(
  'what is no address is malformed: %s',
  (written) => expect(() => readNameAddress(written)).toThrow(MalformedMessage),
);

test('lists are cut at commas outside of quotes and brackets', () => {
  expect(splitList('a, "b, \\" c", <d,e>;f=1 ,,g')).toEqual(['a', '"b, \\" c"', '<d,e>;f=1', 'g']);
  expect(Object.fromEntries(readParameters(['A=1', 'b="x=y"', 'lr', '__proto__=z']))).toMatchObject(
    { a: '1', b: 'x=y', lr: '' },
  );
});
