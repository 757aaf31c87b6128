import { expect, it } from 'vitest';

import { textOf } from '#test/fakes/deliveries.ts';
import { RawCaller } from '#test/fakes/raw-caller.ts';
import { RelayDesk } from '#test/fakes/relay-desk.ts';

type Changed = (call: string) => string;

const header =
  (...lines: string[]): Changed =>
  (call) =>
    call.replace('\r\n\r\n', `\r\n${lines.join('\r\n')}\r\n\r\n`);
const length =
  (line: string): Changed =>
  (call) =>
    call.replace('content-length: 5', line);
const chunked =
  (body = '5\r\nhello\r\n0\r\n\r\n', encoding = 'chunked'): Changed =>
  (call) =>
    length(`transfer-encoding: ${encoding}`)(call).replace(/hello$/, body);
const version =
  (name: string, then: Changed = (call) => call): Changed =>
  (call) =>
    then(call.replace('HTTP/1.1', name));

/**
 * One authentic call each, with its framing changed, and another one untouched behind it on the same connection. Where the framing
 * is wrong, nothing behind it may count. Where the call ends the conversation, one behind it may be stored, but is not answered: it
 * comes again, and is then known.
 */
type Framing = readonly [
  what: string,
  change: Changed,
  answers: readonly number[],
  stored?: readonly string[],
];

const framings: readonly Framing[] = [
  ['untouched', (call) => call, [200, 200]],
  ['empty lines before it', (call) => `\r\n\r\n${call}`, [200, 200]],
  ['a length with zeros before it', length('content-length: 05'), [200, 200]],
  ['an encoding in other letters', chunked(undefined, 'ChUnKeD'), [200, 200]],
  [
    'a trailer behind the chunks',
    chunked('5\r\nhello\r\n0\r\nx-signature: 00\r\n\r\n'),
    [200, 200],
  ],
  ['an expectation nobody knows', header('expect: 200-maybe'), [200, 200]],
  ['letters of old in a header', header('x-a: \u00ff\u00fe'), [200, 200]],
  ['a wish for HTTP/2', header('connection: Upgrade, HTTP2-Settings', 'upgrade: h2c'), [200]],
  ['a wish for a WebSocket', header('connection: upgrade', 'upgrade: websocket'), [200]],
  ['a second Host', header('host: evil.example'), [200, 200]],
  ['an empty Host', (call) => call.replace(/host: .*\r\n/, 'host:\r\n'), [200, 200]],
  ['HTTP/1.0', version('HTTP/1.0'), [200]],
  ['HTTP/1.0 kept alive', version('HTTP/1.0', header('connection: keep-alive')), [200, 200]],
  ['no wish to go on', header('connection: close'), [200]],
  ['a length with a sign', length('content-length: +5'), [400]],
  ['a length in hex', length('content-length: 0x5'), [400]],
  ['a length with a point', length('content-length: 5.0'), [400]],
  ['an empty length', length('content-length: '), [400]],
  ['a length beyond 64 bits', length('content-length: 18446744073709551621'), [400]],
  ['the same length twice', length('content-length: 5\r\ncontent-length: 5'), [400]],
  ['chunks named twice', chunked(undefined, 'chunked, chunked'), [400]],
  ['chunks in two headers', chunked(undefined, 'chunked\r\ntransfer-encoding: chunked'), [400]],
  ['an encoding alone', length('transfer-encoding: gzip'), [400]],
  ['an encoding behind a tab', chunked(undefined, '\u000bchunked'), [400]],
  ['an encoding under the chunks', chunked(undefined, 'gzip, chunked'), [415], ['behind']],
  ['chunks in HTTP/1.0', version('HTTP/1.0', chunked()), [200]],
  [
    'chunks in HTTP/1.0 kept alive',
    version('HTTP/1.0', (call) => header('connection: keep-alive')(chunked()(call))),
    [200],
    ['hello', 'behind'],
  ],
  ['chunks with half line ends', chunked('5\nhello\n0\n\n'), [400]],
  ['a chunk’s length with a space', chunked('5 \r\nhello\r\n0\r\n\r\n'), [400]],
  ['a chunk’s length in C', chunked('0x5\r\nhello\r\n0\r\n\r\n'), [400]],
  ['a trailer of 17 KiB', chunked(`5\r\nhello\r\n0\r\nx: ${'y'.repeat(17_000)}\r\n\r\n`), [431]],
  ['half line ends', (call) => call.replaceAll('\r\n', '\n'), [400]],
  ['a bracket in a header’s name', header('x(a: 1'), [400]],
  ['a header without a name', header(': 1'), [400]],
  ['a tab in the target', (call) => call.replace('/c1 HTTP', '/c1\t HTTP'), [400]],
  ['letters beyond ASCII in the target', (call) => call.replace('/c1 ', '/c1\u00e9 '), [400]],
  ['a method in small letters', (call) => call.replace('POST', 'post'), [400]],
  ['the greeting of HTTP/2', () => 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n', [400]],
];

const cases = framings.map((framing) => ({ framing, what: framing[0] }));

it.each(cases)('framing: $what', async ({ framing }) => {
  const [, change, answers, stored] = framing;
  const limits = { headersTimeoutMs: 1_000, requestTimeoutMs: 1_500 };
  const desk = await RelayDesk.start({ limits });
  const caller = await RawCaller.open(desk.port);
  const behind = desk.bytesFor({ body: 'behind' }).replace('x-id', 'connection: close\r\nx-id');
  caller.send(Buffer.from(change(desk.bytesFor({ body: 'hello' })) + behind, 'latin1'));
  expect(await caller.untilClosed()).toEqual(answers);
  const taken = ['hello', 'behind'].filter((_body, index) => answers[index] === 200);
  expect((await desk.stored()).map(textOf)).toEqual(stored ?? taken);
  expect((await desk.post({ body: 'still here' })).status).toBe(200);
});
