import { expect, test, vi } from 'vitest';

import { newUid } from '#main/history/uid.ts';
import { ours, profileId } from '#test/carriers/telnyx-account.ts';
import { TelnyxDesk, credentials } from '#test/contract/telnyx-under-test.ts';
import { RunningCore } from '#test/fakes/running-core.ts';
import { temporaryFolder } from '#test/fakes/temporary-folder.ts';
import { UnrulyFront } from '#test/fakes/unruly-front.ts';

const mobile = '+15550105100';

/** A whole core with a connection to a local Telnyx, which posts to the core's own relay. */
class Road implements AsyncDisposable {
  readonly desk: TelnyxDesk;
  readonly front: UnrulyFront;
  readonly running: RunningCore;
  readonly connectionId: string;

  private constructor(parts: Pick<Road, 'desk' | 'front' | 'running' | 'connectionId'>) {
    this.desk = parts.desk;
    this.front = parts.front;
    this.running = parts.running;
    this.connectionId = parts.connectionId;
  }

  static async open(): Promise<Road> {
    const desk = await TelnyxDesk.open();
    const front = await UnrulyFront.before(desk.carrier.url);
    const running = await RunningCore.start(temporaryFolder());
    const { connection } = await running.caller.call('connection.add', {
      provider: 'telnyx',
      label: 'Telnyx',
      baseUrl: front.url,
      publicUrl: null,
      credentials,
      numbers: [{ number: ours, label: 'Desk', numberType: '10dlc' }],
    });
    const profile = desk.carrier.account.profiles.get(profileId);
    const address = connection.hooks.find(({ purpose }) => purpose === 'messages');
    Object.assign(profile ?? {}, { webhook_url: address?.url });
    return new Road({ desk, front, running, connectionId: connection.id });
  }

  async write(text: string): Promise<void> {
    const { caller } = this.running;
    const { lines } = await caller.call('overview.get', {});
    const line = lines.find((each) => each.connectionId === this.connectionId);
    if (line === undefined) throw new Error('the connection brought no line');
    const target = { lineId: line.id, to: mobile };
    await caller.call('message.send', { uid: newUid(Date.now()), target, text });
  }

  /** What the one conversation shows, in words. */
  async shown(): Promise<string[]> {
    const { caller } = this.running;
    const page = { view: 'open', lineId: null, after: null, limit: 1 } as const;
    const [thread] = (await caller.call('threads.page', page)).threads;
    if (thread === undefined) return [];
    const about = { threadId: thread.id, before: null, limit: 50 };
    const { entries } = await caller.call('entries.page', about);
    return entries.map((entry) => {
      if (entry.kind !== 'text') return entry.kind;
      const files = entry.media.map(({ state }) => state).join();
      return `${entry.direction} ${entry.state} ${entry.text} ${files}`.trim();
    });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.running[Symbol.asyncDispose]();
    await this.front[Symbol.asyncDispose]();
    await this.desk[Symbol.asyncDispose]();
  }
}

const soon = { timeout: 40_000 };

test('a text goes out by Telnyx and is delivered; a picture comes back and is fetched', async () => {
  await using road = await Road.open();
  const { carrier } = road.desk;
  carrier.deliversByItself = true;
  await road.write('Hello');
  await vi.waitFor(async () => expect(await road.shown()).toEqual(['out delivered Hello']), soon);
  const media = [{ url: `${road.front.url}/media/cat.jpg`, content_type: 'image/jpeg' }];
  carrier.receive({ from: mobile, to: ours, text: 'Look', media });
  await vi.waitFor(
    async () =>
      expect(await road.shown()).toEqual(['out delivered Hello', 'in received Look stored']),
    soon,
  );
});

test('where the answer is lost, the receipt alone settles the text, and it is never sent twice', async () => {
  await using road = await Road.open();
  const { carrier } = road.desk;
  road.front.manners = { kind: 'reset', taken: true };
  await road.write('Lost');
  await vi.waitFor(async () => expect(await road.shown()).toEqual(['out unknown Lost']), soon);
  road.front.manners = { kind: 'through' };
  const taken = [...carrier.account.messages.values()];
  expect(taken).toHaveLength(1);
  carrier.advance(taken[0]?.id ?? '', 'sent');
  carrier.advance(taken[0]?.id ?? '', 'delivered');
  await vi.waitFor(async () => expect(await road.shown()).toEqual(['out delivered Lost']), soon);
  expect(carrier.account.messages.size).toBe(1);
});
