import { describe, expect, it } from 'vitest';

import { textOf } from '#test/fakes/deliveries.ts';
import { RawCaller } from '#test/fakes/raw-caller.ts';
import { RelayDesk } from '#test/fakes/relay-desk.ts';

const kibi = 1_024;
const most = 256 * kibi;

/** Sends bytes on a connection of their own; resolves with the statuses once the relay has closed it. */
async function sendUntilClosed(desk: RelayDesk, bytes: string | Uint8Array): Promise<number[]> {
  return (await RawCaller.open(desk.port)).send(bytes).untilClosed();
}

/** After whatever was done to it, the relay still takes a good call. */
async function expectStillServing(desk: RelayDesk): Promise<void> {
  expect((await desk.post({ body: 'still here' })).status).toBe(200);
}

function headOf(desk: RelayDesk, lines: readonly string[]): string {
  return ['POST /hooks/acme/c1 HTTP/1.1', `host: 127.0.0.1:${desk.port}`, ...lines, '', ''].join(
    '\r\n',
  );
}

describe('transport: size', () => {
  it('takes a body of exactly 256 KiB and refuses one byte more, with the answer readable', async () => {
    const desk = await RelayDesk.start();
    expect((await desk.post({ body: 'x'.repeat(most) })).status).toBe(200);
    expect((await desk.post({ body: 'x'.repeat(most + 1) })).status).toBe(413);
    expect(await desk.stored()).toHaveLength(1);
    expect(desk.relay.stats().refused).toEqual({ 'too-large': 1 });
  });

  it('takes an empty body', async () => {
    const desk = await RelayDesk.start();
    expect((await desk.post({ body: '' })).status).toBe(200);
  });

  it('refuses a declared gigabyte before it comes', async () => {
    const desk = await RelayDesk.start();
    const head = headOf(desk, [`content-length: ${1024 ** 3}`]);
    expect(await sendUntilClosed(desk, head)).toEqual([413]);
    await expectStillServing(desk);
  });

  it('refuses a declared gigabyte to a caller that asks first, instead of asking for it', async () => {
    const desk = await RelayDesk.start();
    const head = headOf(desk, ['expect: 100-continue', `content-length: ${1024 ** 3}`]);
    expect(await sendUntilClosed(desk, head)).toEqual([413]);
  });

  it('asks a caller for a body of fitting size that waits to be asked', async () => {
    const desk = await RelayDesk.start();
    const [head = '', body = ''] = desk
      .bytesFor({ headers: { expect: '100-continue' } })
      .split('\r\n\r\n');
    const caller = await RawCaller.open(desk.port);
    expect(await caller.send(`${head}\r\n\r\n`).untilAnswered(1)).toEqual([100]);
    expect(await caller.send(body).untilAnswered(2)).toEqual([100, 200]);
  });

  it('refuses chunks as soon as they are too much, and never more than it must read', async () => {
    const desk = await RelayDesk.start();
    const caller = await RawCaller.open(desk.port);
    caller.send(headOf(desk, ['transfer-encoding: chunked']));
    const chunk = `10000\r\n${'x'.repeat(64 * kibi)}\r\n`;
    for (let sent = 0; sent < 5; sent += 1) caller.send(chunk);
    expect(await caller.untilAnswered()).toEqual([413]);
    expect(await caller.untilClosed()).toEqual([413]);
    expect(await desk.stored()).toEqual([]);
  });

  it('refuses headers of 17 KiB, and 65 of them', async () => {
    const desk = await RelayDesk.start();
    expect(await sendUntilClosed(desk, headOf(desk, [`x-big: ${'x'.repeat(17 * kibi)}`]))).toEqual([
      431,
    ]);
    const many = Array.from({ length: 64 }, (_, index) => `x-${index}: 1`);
    const caller = await RawCaller.open(desk.port);
    caller.send(headOf(desk, [...many, 'content-length: 0']));
    expect(await caller.untilAnswered()).toEqual([431]);
    expect(desk.relay.stats().refused).toEqual({ 'headers-too-large': 1, 'too-many-headers': 1 });
    await expectStillServing(desk);
  });

  it('takes 64 headers', async () => {
    const desk = await RelayDesk.start();
    const own = 6;
    const more = Object.fromEntries(
      Array.from({ length: 64 - own }, (_, index) => [`x-more-${index}`, '1']),
    );
    const caller = await RawCaller.open(desk.port);
    const bytes = desk.bytesFor({ headers: { ...more, connection: 'keep-alive' } });
    expect(bytes.split('\r\n\r\n')[0]?.split('\r\n').slice(1)).toHaveLength(64);
    expect(await caller.send(bytes).untilAnswered()).toEqual([200]);
  });
});

describe('transport: what HTTP may not say', () => {
  it.each([
    ['a length and chunks', ['content-length: 5', 'transfer-encoding: chunked']],
    ['chunks and a length', ['transfer-encoding: chunked', 'content-length: 5']],
    ['two lengths', ['content-length: 5', 'content-length: 6']],
    ['a list of lengths', ['content-length: 5, 6']],
    ['a negative length', ['content-length: -5']],
    ['a length in words', ['content-length: five']],
    ['a hidden encoding', ['transfer-encoding: xchunked', 'content-length: 5']],
    ['an encoding after a space', ['transfer-encoding : chunked']],
    ['two encodings', ['transfer-encoding: chunked, identity']],
    ['a folded header', ['x-a: 1', ' transfer-encoding: chunked']],
    ['a bare return in a header', ['x-a: 1\rx-b: 2', 'content-length: 5']],
    ['a NUL in a header', ['x-a: \u0000', 'content-length: 5']],
    ['no colon', ['nonsense', 'content-length: 5']],
  ])('refuses %s with one 400 and reads nothing behind it', async (_, lines) => {
    const desk = await RelayDesk.start();
    const smuggled = desk.bytesFor({ body: 'smuggled' });
    const statuses = await sendUntilClosed(desk, `${headOf(desk, lines)}0\r\n\r\n${smuggled}`);
    expect(statuses).toEqual([400]);
    expect(await desk.stored()).toEqual([]);
    await expectStillServing(desk);
  });

  it.each([
    ['no HTTP at all', 'hello?\r\n\r\n'],
    ['a TLS greeting', Buffer.from('16030100c8010000c40303', 'hex')],
    ['zeros', Buffer.alloc(2_000)],
    ['an unknown method', 'STEAL /hooks/acme/c1 HTTP/1.1\r\nhost: x\r\n\r\n'],
    ['an unknown version', 'POST /hooks/acme/c1 HTTP/9.9\r\nhost: x\r\n\r\n'],
    ['no Host', 'POST /hooks/acme/c1 HTTP/1.1\r\ncontent-length: 0\r\n\r\n'],
    ['a space in the target', 'POST /hooks/acme /c1 HTTP/1.1\r\nhost: x\r\n\r\n'],
  ])('refuses %s', async (_, bytes) => {
    const desk = await RelayDesk.start();
    expect(await sendUntilClosed(desk, bytes)).toEqual([400]);
    await expectStillServing(desk);
  });

  it('refuses bad chunks', async () => {
    const desk = await RelayDesk.start();
    for (const chunk of [
      'zz\r\nhello\r\n',
      '-5\r\nhello\r\n',
      '5\r\nhelloXX0\r\n\r\n',
      `${'f'.repeat(20)}\r\n`,
    ]) {
      const bytes = headOf(desk, ['transfer-encoding: chunked']) + chunk;
      expect(await sendUntilClosed(desk, bytes), chunk).toEqual([400]);
    }
    const extended = `5;${'x'.repeat(20 * kibi)}\r\nhello\r\n0\r\n\r\n`;
    const bytes = headOf(desk, ['transfer-encoding: chunked']) + extended;
    expect(await sendUntilClosed(desk, bytes)).toEqual([413]);
    expect(await desk.stored()).toEqual([]);
  });

  it('refuses a body that ends before its length', async () => {
    const desk = await RelayDesk.start();
    const caller = await RawCaller.open(desk.port);
    caller.send(desk.bytesFor({ body: 'whole body' }).slice(0, -4));
    caller.socket.end();
    expect(await caller.untilClosed()).toEqual([400]);
    expect(await desk.stored()).toEqual([]);
  });

  it('stores nothing of a call cut off in the middle', async () => {
    const desk = await RelayDesk.start();
    const caller = await RawCaller.open(desk.port);
    caller.send(desk.bytesFor({ body: 'whole body' }).slice(0, -4));
    await new Promise((resolve) => setTimeout(resolve, 50));
    caller.socket.resetAndDestroy();
    await expectStillServing(desk);
    expect((await desk.stored()).map(textOf)).toEqual(['still here']);
  });

  it('takes what is behind a too short length for no call', async () => {
    const desk = await RelayDesk.start();
    const bytes = desk
      .bytesFor({ body: 'hello' })
      .replace('content-length: 5', 'content-length: 3');
    expect(await sendUntilClosed(desk, bytes)).toEqual([403, 400]);
    expect(await desk.stored()).toEqual([]);
  });

  it('serves HTTP/1.0', async () => {
    const desk = await RelayDesk.start();
    const bytes = desk.bytesFor().replace('HTTP/1.1', 'HTTP/1.0');
    expect(await sendUntilClosed(desk, bytes)).toEqual([200]);
    expect(await desk.stored()).toHaveLength(1);
  });

  it('takes a chunked body as one whole', async () => {
    const desk = await RelayDesk.start();
    const whole = desk.bytesFor({ body: 'hello' });
    const bytes = whole
      .replace('content-length: 5', 'transfer-encoding: chunked')
      .replace(/hello$/, '2\r\nhe\r\n3\r\nllo\r\n0\r\n\r\n');
    const caller = await RawCaller.open(desk.port);
    expect(await caller.send(bytes).untilAnswered()).toEqual([200]);
    expect((await desk.stored()).map(textOf)).toEqual(['hello']);
  });
});

describe('transport: several calls on one connection', () => {
  it('answers a hundred calls sent at once, each and in order, with commits shared', async () => {
    const desk = await RelayDesk.start();
    let commits = 0;
    desk.relay.log.onAppended(() => (commits += 1));
    const calls = Array.from({ length: 100 }, (_, index) =>
      desk.bytesFor({ body: `call ${index}`, secret: index % 10 === 9 ? 'wrong' : 'right' }),
    );
    const caller = await RawCaller.open(desk.port);
    const statuses = await caller.send(calls.join('')).untilAnswered(100);
    expect(statuses).toEqual(calls.map((_, index) => (index % 10 === 9 ? 403 : 200)));
    expect((await desk.stored()).map(textOf)).toEqual(
      calls.map((_, index) => `call ${index}`).filter((_, index) => index % 10 !== 9),
    );
    expect(commits).toBeLessThan(90);
  });

  it('answers whole calls before it refuses the nonsense behind them', async () => {
    const desk = await RelayDesk.start();
    const calls = ['a', 'b', 'c'].map((body) => desk.bytesFor({ body })).join('');
    expect(await sendUntilClosed(desk, `${calls}nonsense\r\n\r\n`)).toEqual([200, 200, 200, 400]);
    expect((await desk.stored()).map(textOf)).toEqual(['a', 'b', 'c']);
  });

  it('goes on after a refusal on the same connection where the call was read whole', async () => {
    const desk = await RelayDesk.start();
    const caller = await RawCaller.open(desk.port);
    caller.send(desk.bytesFor({ secret: 'wrong' }));
    await caller.untilAnswered(1);
    expect(await caller.send(desk.bytesFor()).untilAnswered(2)).toEqual([403, 200]);
  });
});
