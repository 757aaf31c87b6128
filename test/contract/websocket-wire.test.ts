import { once } from 'node:events';

import { describe, expect, it, onTestFinished } from 'vitest';

import { closeCodes, maxFrameOctets } from '#main/hosts/served/websocket-wire.ts';
import { ManualClock } from '#test/fakes/manual-clock.ts';
import { openWebSocketPair, type WebSocketPairOptions } from '#test/fakes/websocket-pair.ts';

async function open(options: WebSocketPairOptions = {}) {
  const pair = await openWebSocketPair(options);
  onTestFinished(() => pair.dispose());
  const heard: string[] = [];
  pair.host.onFrame((frame) => heard.push(frame));
  const closed = once(pair.client, 'close').then(([code]) => code as number);
  return { ...pair, heard, closed };
}

describe('the WebSocket wire', () => {
  it('closes on a binary frame, unheard', async () => {
    const { client, heard, closed } = await open();
    client.send(Buffer.from('{}'));
    client.send('after');
    expect(await closed).toBe(closeCodes.binary);
    expect(heard).toEqual([]);
  });

  it('closes on a frame far over the limit, whole or in pieces, unheard', async () => {
    const whole = await open();
    whole.client.send('x'.repeat(maxFrameOctets + 1));
    expect(await whole.closed).toBe(1009);
    const pieces = await open();
    for (let i = 0; i < 4; i += 1)
      pieces.client.send('x'.repeat(maxFrameOctets / 3), { fin: false });
    expect(await pieces.closed).toBe(1009);
    expect([...whole.heard, ...pieces.heard]).toEqual([]);
  });

  it('closes on text that is not UTF-8, unheard', async () => {
    const { client, heard, closed } = await open();
    client.send(Buffer.from([0xff, 0xfe]), { binary: false });
    expect(await closed).toBe(1007);
    expect(heard).toEqual([]);
  });

  it('pings every 20 s, and cuts off a screen that was silent for more than 45 s', async () => {
    const clock = new ManualClock();
    const { client, host, socket } = await open({ clock });
    let pings = 0;
    client.on('ping', () => (pings += 1));
    for (const heardSoFar of [1, 2, 3]) {
      const pong = once(socket, 'pong');
      await clock.advance(20_000);
      await pong;
      expect(pings).toBe(heardSoFar);
    }
    client.pause();
    await clock.advance(40_000);
    expect(socket.readyState).toBe(socket.OPEN);
    const closed = new Promise<void>((resolve) => host.onClose(resolve));
    await clock.advance(20_000);
    await closed;
    expect(clock.planned).toBe(0);
  });

  it('closes as expired when the session is over, at a frame as at a ping', async () => {
    const atFrame = await open({ isWelcome: () => false });
    atFrame.client.send('{}');
    expect(await atFrame.closed).toBe(closeCodes.expired);
    expect(atFrame.heard).toEqual([]);
    const clock = new ManualClock();
    const atPing = await open({ clock, isWelcome: () => false });
    await clock.advance(20_000);
    expect(await atPing.closed).toBe(closeCodes.expired);
  });

  it('gives up a screen that does not read, instead of keeping ever more for it', async () => {
    const { client, host, socket } = await open();
    const closed = new Promise<void>((resolve) => host.onClose(resolve));
    client.pause();
    const frame = 'x'.repeat(1_048_576);
    let sent = 0;
    while (socket.readyState === socket.OPEN && sent < 100) {
      host.send(frame);
      sent += 1;
      await new Promise((resolve) => setImmediate(resolve));
    }
    expect(sent).toBeLessThan(40);
    expect(socket.bufferedAmount).toBeLessThan(10 * 1_048_576);
    await closed;
  });

  it('tells a screen that fell behind for a moment to come back', async () => {
    const { client, host, socket, closed } = await open();
    client.pause();
    while (socket.readyState === socket.OPEN) host.send('x'.repeat(1_048_576));
    client.resume();
    expect(await closed).toBe(closeCodes.behind);
  });
});
