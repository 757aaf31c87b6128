import { describe, expect, it, vi } from 'vitest';

import { createConnect } from '#renderer/host/create-connect.ts';
import type { Standing } from '#renderer/host/create-connect.ts';
import { openElectronWire } from '#renderer/host/electron-wire.ts';
import { askStanding, openSession, readToken } from '#renderer/host/open-session.ts';
import { uuidV7 } from '#renderer/host/uuid-v7.ts';
import { wireAddress } from '#renderer/host/websocket-wire.ts';
import { createMemoryWirePair } from '#shared/contract/memory-wire.ts';

/** A page at an address, and a host that answers every question with one status, or not at all. */
class FakePage {
  readonly asked: { url: string; init: RequestInit }[] = [];
  readonly shown: string[] = [];
  readonly location: { hash: string; pathname: string; search: string };
  readonly #status: number | null;

  constructor(hash: string, status: number | null) {
    this.location = { hash, pathname: '/', search: '?x=1' };
    this.#status = status;
  }

  readonly history = {
    replaceState: (_data: unknown, _unused: string, url?: string | URL | null): void =>
      void this.shown.push(String(url)),
  };

  readonly fetch = async (url: string, init: RequestInit): Promise<Response> => {
    this.asked.push({ url, init });
    if (this.#status === null) throw new TypeError('no route');
    return new Response(null, { status: this.#status });
  };
}

describe('opening a session', () => {
  it('exchanges the key by POST and takes it out of the address bar', async () => {
    const page = new FakePage('#token=s3cret', 204);
    await openSession(page);
    expect(page.asked).toMatchObject([
      { url: '/session', init: { method: 'POST', body: '{"token":"s3cret"}' } },
    ]);
    expect(page.shown).toEqual(['/?x=1']);
  });

  it('takes a refused key out of the address bar too', async () => {
    const page = new FakePage('#token=old', 401);
    await openSession(page);
    expect(page.shown).toEqual(['/?x=1']);
  });

  it('leaves the key where nobody answers, so that a reload can try again', async () => {
    const page = new FakePage('#token=s3cret', null);
    await openSession(page);
    expect(page.shown).toEqual([]);
  });

  it('asks nothing without a key', async () => {
    const page = new FakePage('', 204);
    await openSession(page);
    expect(page.asked).toEqual([]);
  });

  it.each([
    ['#token=abc', 'abc'],
    ['#a=1&token=b%2Bc', 'b+c'],
    ['#', null],
    ['', null],
  ])('reads the key from %j', (hash, token) => {
    expect(readToken(hash)).toBe(token);
  });
});

describe('the standing of a page', () => {
  it.each([
    [204, 'known'],
    [401, 'refused'],
    [403, 'refused'],
    [null, 'away'],
  ])('for %j is %s', async (status, standing) => {
    expect(await askStanding(new FakePage('', status).fetch)).toBe(standing);
  });
});

describe('connecting', () => {
  async function attempts(outcomes: readonly (Standing | 'opens')[]): Promise<boolean[]> {
    const heard: boolean[] = [];
    for (const outcome of outcomes) {
      const [wire] = createMemoryWirePair();
      const connect = createConnect({
        openWire: () => (outcome === 'opens' ? Promise.resolve(wire) : Promise.reject(new Error())),
        askStanding: async () => (outcome === 'opens' ? 'known' : outcome),
        onRefused: (refused) => heard.push(refused),
      });
      await connect().catch(() => {});
    }
    return heard;
  }

  it('tells a key that is not valid from a host that is away', async () => {
    expect(await attempts(['away', 'refused', 'known', 'opens'])).toEqual([
      false,
      true,
      false,
      false,
    ]);
  });
});

describe('wires', () => {
  it.each([
    ['http:', '127.0.0.1:4400', 'ws://127.0.0.1:4400/wire'],
    ['https:', 'desk.example', 'wss://desk.example/wire'],
  ])('over %s //%s are at %s', (protocol, host, address) => {
    expect(wireAddress({ protocol, host })).toBe(address);
  });

  it('over the window bridge carry frames both ways until closed', () => {
    const sent: string[] = [];
    const hear = { frame: (_frame: string) => {}, close: () => {} };
    const wire = openElectronWire({
      send: (frame) => sent.push(frame),
      onFrame: (listener) => {
        hear.frame = listener;
        return () => {};
      },
      onClose: (listener) => {
        hear.close = listener;
        return () => {};
      },
    });
    const frames: string[] = [];
    const closed = vi.fn();
    hear.frame('early');
    wire.onFrame((frame) => frames.push(frame));
    wire.onClose(closed);
    hear.frame('late');
    wire.send('out');
    hear.close();
    hear.frame('after');
    wire.send('after');
    expect(frames).toEqual(['early', 'late']);
    expect(sent).toEqual(['out']);
    expect(closed).toHaveBeenCalledTimes(1);
  });
});

describe('uuidV7', () => {
  const octets = (fill: number) => (array: Uint8Array<ArrayBuffer>) => array.fill(fill);

  it('carries the time, the version and the variant', () => {
    expect(uuidV7(0x0189_1234_5678, octets(0xff))).toBe('01891234-5678-7fff-bfff-ffffffffffff');
    expect(uuidV7(1, octets(0))).toBe('00000000-0001-7000-8000-000000000000');
  });

  it('orders by time and is never the same twice', () => {
    const random = (array: Uint8Array<ArrayBuffer>) => crypto.getRandomValues(array);
    const made = Array.from({ length: 1_000 }, (_, nth) => uuidV7(1_760_000_000_000 + nth, random));
    expect(made.toSorted()).toEqual(made);
    expect(new Set(made).size).toBe(1_000);
  });
});
