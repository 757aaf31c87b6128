import { once } from 'node:events';

import { describe, expect, it, onTestFinished } from 'vitest';
import { WebSocket } from 'ws';

import { closeCodes, maxFrameOctets } from '#main/hosts/served/websocket-wire.ts';
import { systemClock } from '#main/log/system-clock.ts';
import { createHostCaller } from '#shared/contract/call-host.ts';
import { maxFrameUnits } from '#shared/contract/wire.ts';
import { ManualClock } from '#test/fakes/manual-clock.ts';
import { RawScreen } from '#test/fakes/raw-screen.ts';
import { ServedLab } from '#test/fakes/served-lab.ts';
import { wireOfClient } from '#test/fakes/websocket-pair.ts';

async function opened(lab: ServedLab): Promise<WebSocket> {
  const socket = await lab.wire({ Cookie: await lab.open(), Origin: lab.origin });
  if (typeof socket === 'number') throw new Error(`refused with ${socket}`);
  onTestFinished(() => socket.terminate());
  return socket;
}

describe('the served host’s wire', () => {
  it('carries calls and events for a page with a session', async () => {
    const lab = await ServedLab.start();
    const cookie = await lab.open();
    const caller = createHostCaller({
      clock: systemClock,
      random: Math.random,
      connect: async () =>
        wireOfClient((await lab.wire({ Cookie: cookie, Origin: lab.origin })) as WebSocket),
    });
    onTestFinished(() => caller.close());
    const heard = Promise.withResolvers<unknown>();
    caller.on('settings.changed', heard.resolve);
    expect(await caller.call('attention.list', {})).toEqual({ items: [] });
    lab.core.screens[0]?.tell('settings.changed', { settings: { theme: 'dark' } });
    expect(await heard.promise).toEqual({ settings: { theme: 'dark' } });
    expect(lab.core.errors).toEqual([]);
  });

  it('is refused without a session, and with a wrong one', async () => {
    const lab = await ServedLab.start();
    const name = `trunkline_session_${lab.port}`;
    expect(await lab.wire({ Origin: lab.origin })).toBe(401);
    expect(await lab.wire({ Origin: lab.origin, Cookie: `${name}=` })).toBe(401);
    expect(await lab.wire({ Origin: lab.origin, Cookie: `${name}=${'A'.repeat(43)}` })).toBe(401);
    expect(lab.core.screens).toEqual([]);
  });

  it('is refused to a page of another origin, though the browser sends our cookie', async () => {
    const lab = await ServedLab.start();
    const Cookie = await lab.open();
    for (const Origin of [
      'null',
      'http://evil.example',
      `http://127.0.0.1:${lab.port + 1}`,
      `http://localhost:${lab.port}`,
    ])
      expect(await lab.wire({ Cookie, Origin })).toBe(403);
    expect(await lab.wire({ Cookie })).toBe(403);
    expect(await lab.wire({ Cookie, Origin: lab.origin, Host: `127.evil.com:${lab.port}` })).toBe(
      403,
    );
    expect(await lab.wire({ Cookie, Origin: lab.origin, 'Sec-Fetch-Site': 'same-site' })).toBe(403);
    expect(lab.core.screens).toEqual([]);
  });

  it('is nowhere but at its own path', async () => {
    const lab = await ServedLab.start();
    const headers = { Cookie: await lab.open(), Origin: lab.origin };
    for (const path of ['/', '/wire/', '/wire?x', '/WIRE', '/media/a'])
      expect(await lab.wire(headers, `ws://${lab.authority}${path}`)).toBe(404);
  });

  it('does not compress', async () => {
    const lab = await ServedLab.start();
    expect((await opened(lab)).extensions).toBe('');
  });

  it('answers an oversize frame with a failure, and closes on one far over the limit', async () => {
    const lab = await ServedLab.start();
    const socket = await opened(lab);
    const screen = new RawScreen(wireOfClient(socket));
    await screen.greet();
    screen.sendText('x'.repeat(maxFrameUnits + 1));
    expect(await screen.next()).toMatchObject({ failure: { code: 'oversize' } });
    const closed = once(socket, 'close');
    screen.sendText('x'.repeat(maxFrameOctets + 1));
    expect((await closed)[0]).toBe(1009);
    expect(lab.core.recording.heard).toEqual([]);
  });

  it('closes when its session has gone 12 hours without use', async () => {
    const clock = new ManualClock();
    const lab = await ServedLab.start(clock);
    const socket = await opened(lab);
    const closed = once(socket, 'close');
    for (let i = 0; i < 12 * 180; i += 1) {
      const beaten =
        socket.readyState === WebSocket.OPEN ? once(socket, 'ping') : Promise.resolve();
      await clock.advance(20_000);
      await Promise.race([beaten, closed]);
      await new Promise((resolve) => setImmediate(resolve));
    }
    expect((await closed)[0]).toBe(closeCodes.expired);
  }, 60_000);

  it('closes with the host, which waits for what is under way', async () => {
    const lab = await ServedLab.start();
    const socket = await opened(lab);
    const closed = once(socket, 'close');
    const gate = Promise.withResolvers<void>();
    const stopped = lab.stop(() => gate.promise);
    await expect(lab.get()).rejects.toThrow('ECONNREFUSED');
    const screen = new RawScreen(wireOfClient(socket));
    await screen.greet();
    gate.resolve();
    expect((await closed)[0]).toBe(closeCodes.leaving);
    await stopped;
  });
});
