import { createHash } from 'node:crypto';
import { request } from 'node:http';

import { describe, expect, it } from 'vitest';

import { streamPath, streamProtocol, type DesktopFrame } from '#shared/team/stream-frames.ts';

import { ManualClock } from '../fakes/manual-clock.ts';
import { type Identity, makeKeys, StreamDesktop } from '../fakes/stream-desktop.ts';
import { TeamRelay } from '../fakes/team-relay.ts';

type Hello = Extract<DesktopFrame, { type: 'hello' }>;
type Case = {
  /** What is said instead of a right hello. */
  say(right: Hello, identity: Identity): object;
  readonly code: number;
};

const anothersSignature = Buffer.alloc(64, 1).toString('base64url');

const wrongHellos: Readonly<Record<string, Case>> = {
  'a signature that is not its own': {
    say: (right) => ({ ...right, signature: anothersSignature }),
    code: 4401,
  },
  'a desktop that nobody knows': {
    say: (right) => ({ ...right, desktop: '00000000-0000-4000-8000-000000000000' }),
    code: 4401,
  },
  'an empty desktop': { say: (right) => ({ ...right, desktop: '' }), code: 4401 },
  'a signature of the wrong length': {
    say: (right) => ({ ...right, signature: 'AA' }),
    code: 4400,
  },
  'an older version': { say: (right) => ({ ...right, version: 0 }), code: 4426 },
  'a newer version of other parts': {
    say: ({ desktop }) => ({ type: 'hello', version: 2, desktop, proof: 'x' }),
    code: 4426,
  },
  'no version': { say: (right) => ({ ...right, version: undefined }), code: 4400 },
  'a part that is not foreseen': { say: (right) => ({ ...right, admin: true }), code: 4400 },
  'a cursor below 0': { say: (right) => ({ ...right, after: -1 }), code: 4400 },
  'a cursor between two numbers': { say: (right) => ({ ...right, after: 1.5 }), code: 4400 },
  'an acknowledgement first': { say: () => ({ type: 'ack', seq: 0 }), code: 4400 },
};

describe('the handshake', () => {
  it.each(Object.entries(wrongHellos))('ends at %s', async (_, { say, code }) => {
    const relay = await TeamRelay.start();
    const identity = await relay.pair();
    const desktop = await StreamDesktop.open(relay.url);
    desktop.socket.send(JSON.stringify(say(await desktop.helloAs(identity), identity)));
    expect(await desktop.untilClosed()).toMatchObject({ code });
    expect(desktop.frames.map(({ type }) => type)).toEqual(['challenge']);
  });

  it('tells an unknown desktop nothing else than one whose signature is wrong', async () => {
    const relay = await TeamRelay.start();
    const identity = await relay.pair();
    const ends = [];
    for (const each of [
      { ...identity, keys: makeKeys() },
      { ...identity, desktop: 'nobody' },
    ])
      ends.push(await (await StreamDesktop.join(relay.url, each)).untilClosed());
    expect(ends[0]).toEqual(ends[1]);
  });

  it('takes a signature once: a hello that was right on another socket is worth nothing', async () => {
    const relay = await TeamRelay.start();
    const identity = await relay.pair();
    const first = await StreamDesktop.open(relay.url);
    const hello = await first.helloAs(identity);
    const second = await StreamDesktop.open(relay.url);
    await second.next('challenge');
    second.say(hello);
    expect(await second.untilClosed()).toMatchObject({ code: 4401 });
    first.say(hello);
    await first.next('welcome');
    first.say(hello);
    expect(await first.untilClosed()).toMatchObject({ code: 4400 });
  });

  it('keeps one socket for each desktop, the newest', async () => {
    const relay = await TeamRelay.start();
    const identity = await relay.pair();
    const older = await StreamDesktop.join(relay.url, identity);
    await older.next('welcome');
    const newer = await StreamDesktop.join(relay.url, identity);
    await newer.next('welcome');
    expect(await older.untilClosed()).toMatchObject({ code: 4409 });
    await relay.workspace().append('for the newer');
    await newer.deliveries(1);
    expect(older.frames.some(({ type }) => type === 'delivery')).toBe(false);
    expect(await relay.metric('desktops_connected{workspace="main"}')).toBe(1);
  });

  it('lets go who says nothing for ten seconds', async () => {
    const clock = new ManualClock();
    const relay = await TeamRelay.start({ clock });
    const desktop = await StreamDesktop.open(relay.url);
    await desktop.next('challenge');
    await clock.advance(9_900);
    expect(desktop.closed).toBeNull();
    await clock.advance(200);
    expect(await desktop.untilClosed()).toMatchObject({ code: 4408 });
  });
});

const upgrades: readonly (readonly [string, number, { path?: string; headers?: object }])[] = [
  ['a desktop', 101, {}],
  ['a page', 403, { headers: { origin: 'https://example.com' } }],
  ['a page of this very address', 403, { headers: { origin: 'http://127.0.0.1' } }],
  ['another subprotocol', 400, { headers: { 'sec-websocket-protocol': 'chat' } }],
  ['a token in the address', 404, { path: `${streamPath}?token=secret` }],
];

describe('the wish for a stream', () => {
  it.each(upgrades)('of %s is answered %i', async (_, status, { path = streamPath, headers }) => {
    const relay = await TeamRelay.start();
    expect(await upgrade(relay.url + path, { ...headers })).toBe(status);
  });

  it('needs a WebSocket', async () => {
    const relay = await TeamRelay.start();
    const answer = await fetch(relay.url + streamPath);
    expect([answer.status, answer.headers.get('upgrade')]).toEqual([426, 'websocket']);
  });

  it('does not compress', async () => {
    const relay = await TeamRelay.start();
    const desktop = await StreamDesktop.open(relay.url, { perMessageDeflate: true });
    expect(desktop.socket.extensions).toBe('');
  });
});

function upgrade(url: string, headers: Readonly<Record<string, string>>): Promise<number> {
  const key = createHash('md5').update('any').digest('base64');
  return new Promise((resolve, reject) => {
    const asked = request(url, {
      headers: {
        connection: 'Upgrade',
        upgrade: 'websocket',
        'sec-websocket-version': '13',
        'sec-websocket-key': key,
        'sec-websocket-protocol': streamProtocol,
        ...headers,
      },
    });
    asked.on('response', (response) => {
      response.resume();
      resolve(response.statusCode ?? 0);
    });
    asked.on('upgrade', (_, socket) => {
      socket.destroy();
      resolve(101);
    });
    asked.on('error', reject);
    asked.end();
  });
}
