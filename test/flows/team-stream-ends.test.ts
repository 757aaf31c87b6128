import path from 'node:path';

import { describe, expect, it, onTestFinished } from 'vitest';

import { makeDesktopKey } from '#main/relay/desktop-end/desktop-key.ts';
import { DesktopBook } from '#main/relay/stream/desktop-book.ts';
import { type RelayFrame, streamCloseCodes } from '#shared/team/stream-frames.ts';
import { CuttingProxy } from '#test/fakes/cutting-proxy.ts';
import { ManualClock } from '#test/fakes/manual-clock.ts';
import { StreamTaker, type TakerOptions, emptyStore, pairTaker } from '#test/fakes/stream-taker.ts';
import { TeamRelay } from '#test/fakes/team-relay.ts';
import { until } from '#test/fakes/until.ts';
import { WrittenRelay, writtenId } from '#test/fakes/written-relay.ts';

/** A paired desktop behind a proxy, with a clock moved by hand. */
async function pairedDesk() {
  const relay = await TeamRelay.start();
  const proxy = await CuttingProxy.start();
  proxy.port = Number(new URL(relay.url).port);
  const { desktops } = relay.workspace();
  const identity = await pairTaker(proxy.url, desktops.makeCode(Date.now()).code);
  const clock = new ManualClock();
  const taker = take({ address: proxy.url, identity, clock });
  onTestFinished(() => proxy.close());
  await until(() => taker.welcomes === 1);
  return { relay, proxy, identity, clock, taker };
}

/** As the command line does it, while the relay runs. */
function revokeBeside(relay: TeamRelay, desktop: string): void {
  const desktops = new DesktopBook(path.join(relay.workspace().folder, 'desktops.db'));
  desktops.revoke(desktop, Date.now());
  desktops.close();
}

function take(options: Pick<TakerOptions, 'address' | 'identity'> & Partial<TakerOptions>) {
  const taker = new StreamTaker({ store: emptyStore(), manner: 'honest', ...options });
  onTestFinished(() => taker.kill());
  return taker;
}

const stranger = { ...makeDesktopKey(), desktop: 'stranger', relay: writtenId };
const untilEnd = async (taker: StreamTaker) => until(() => taker.ends[0]);

describe('a half-open stream', () => {
  it('is given up 45 s after the last word, and another one begun', async () => {
    const { proxy, clock, taker } = await pairedDesk();
    proxy.stall();
    await clock.advance(44_999);
    expect(taker.ends).toEqual([]);
    await clock.advance(1);
    expect(taker.ends).toMatchObject([
      { sentence: 'Nothing was heard of the relay for too long.', final: false },
    ]);
    await clock.advance(0);
    await until(() => taker.welcomes === 2);
  });

  it('is told from one over which nothing but pings are answered', async () => {
    const { proxy, clock, taker } = await pairedDesk();
    let heard = 0;
    proxy.cutAfter = () => {
      heard += 1;
      return null;
    };
    for (let beat = 1; beat <= 10; beat += 1) {
      const before = heard;
      await clock.advance(20_000);
      await until(() => heard > before);
    }
    expect(taker.ends).toEqual([]);
    expect(taker.welcomes).toBe(1);
  });
});

describe('after an end that a person must mend, the desktop does not come again', () => {
  it.each([
    ['revoked', /taken off the team’s list/],
    ['replaced', /connected from elsewhere/],
  ])('%s', async (why, sentence) => {
    const { relay, proxy, identity, clock, taker } = await pairedDesk();
    if (why === 'revoked') revokeBeside(relay, identity.desktop);
    else take({ address: relay.url, identity });
    const end = await until(() => taker.ends[0]);
    expect(end).toMatchObject({ final: true });
    expect(end.sentence).toMatch(sentence);
    const { made } = proxy;
    await clock.advance(3_600_000);
    expect(proxy.made).toBe(made);
  });

  it('more accounts than one frame holds', async () => {
    const { relay, identity } = await pairedDesk();
    const { shared } = relay.workspace();
    const credentials = { key: 'k'.repeat(9 * 1_024 ** 2) };
    shared.splice(0, 1, ...shared.map((each) => ({ ...each, credentials })));
    expect(await untilEnd(take({ address: relay.url, identity }))).toEqual({
      sentence: 'The relay keeps more accounts in this workspace than it can tell a desktop.',
      cure: 'Divide its accounts among several workspaces, and start the relay again.',
      final: true,
    });
  });

  it('not known, or not with this key', async () => {
    const { relay, identity } = await pairedDesk();
    const { privateKey } = makeDesktopKey();
    const wrongKey = take({ address: relay.url, identity: { ...identity, privateKey } });
    expect(await untilEnd(wrongKey)).toMatchObject({
      sentence: 'The relay does not know this desktop.',
      final: true,
    });
    const damaged = take({ address: relay.url, identity: { ...identity, privateKey: 'none' } });
    expect(await untilEnd(damaged)).toMatchObject({ final: true });
    expect((await untilEnd(damaged)).sentence).toMatch(/key of this desktop/);
  });

  it.each([
    [2, 'Update Trunkline here.'],
    [0, 'Update Trunkline on the relay.'],
  ])('another version of the stream (%i)', async (version, cure) => {
    const relay = await WrittenRelay.start(() => undefined, version);
    const taker = take({ address: relay.url, identity: stranger });
    expect(await untilEnd(taker)).toMatchObject({ cure, final: true });
    await until(() => relay.closes.length === 1);
    expect(relay.closes).toEqual([streamCloseCodes.version]);
  });

  it('another relay at the same address, which gets no signature', async () => {
    const heard: string[] = [];
    const relay = await WrittenRelay.start((frame) => void heard.push(frame.type));
    const taker = take({ address: relay.url, identity: { ...stranger, relay: 'other' } });
    expect(await untilEnd(taker)).toMatchObject({ final: true });
    await until(() => relay.closes.length === 1);
    expect(heard).toEqual([]);
  });
});

describe('a relay that breaks what was agreed upon', () => {
  const welcome: RelayFrame = {
    type: 'welcome',
    desktop: 'stranger',
    workspace: 'main',
    log: 'l',
    after: 0,
    lastSeq: 9,
    reset: null,
  };
  const raw = { provider: 'p', connectionId: 'c', method: 'POST', url: '', headers: {} };
  const delivery = (seq: number): RelayFrame => ({
    type: 'delivery',
    seq,
    raw: { ...raw, body: '', receivedAt: 0 },
  });

  it.each<[string, readonly (RelayFrame | string)[]]>([
    ['what is no JSON', [welcome, '{"type":']],
    ['a frame of no known kind', [welcome, '{"type":"other"}']],
    ['a delivery before the welcome', [delivery(1)]],
    ['a number twice', [welcome, delivery(1), delivery(1)]],
    ['numbers that go back', [welcome, delivery(5), delivery(4)]],
    ['a second welcome', [welcome, welcome]],
  ])('is left, and tried again: %s', async (_what, frames) => {
    const relay = await WrittenRelay.start((frame, say) => {
      if (frame.type === 'hello') for (const each of frames) say(each);
    });
    const taker = take({ address: relay.url, identity: stranger });
    expect(await untilEnd(taker)).toMatchObject({ final: false });
    await until(() => relay.opened > 1 && relay.closes.length > 0);
    expect(relay.closes[0]).toBe(streamCloseCodes.badFrame);
  });

  it('never answers: it is left after 10 s, and tried ever less often, up to a minute', async () => {
    const relay = await WrittenRelay.start();
    const clock = new ManualClock();
    const taker = take({ address: relay.url, identity: stranger, clock, random: 1 });
    const waits: number[] = [];
    for (let opened = 1; opened <= 9; opened += 1) {
      await until(() => relay.opened === opened);
      await clock.advance(10_000);
      expect(taker.ends).toHaveLength(opened);
      expect(taker.ends.at(-1)?.sentence).toBe('The relay did not answer in time.');
      const wait = Math.min(60_000, 500 * 2 ** (opened - 1));
      await clock.advance(wait - 1);
      expect(relay.opened).toBe(opened);
      await clock.advance(1);
      waits.push(wait);
    }
    expect(waits.at(-1)).toBe(60_000);
  });
});
