import { expect, test, vi } from 'vitest';

import { newUid } from '#main/history/uid.ts';
import { inTurn } from '#test/carriers/smsc-reading.ts';
import { Smsc } from '#test/carriers/smsc.ts';
import { RunningCore } from '#test/fakes/running-core.ts';
import { temporaryFolder } from '#test/fakes/temporary-folder.ts';

const ours = '+15550100001';
const mobile = '+15550105100';
const soon = { timeout: 40_000 };

/** A whole core with a session to a message centre on loopback. */
class Road implements AsyncDisposable {
  readonly folder: string;
  readonly smsc: Smsc;
  running: RunningCore;

  private constructor(parts: Pick<Road, 'folder' | 'smsc' | 'running'>) {
    this.folder = parts.folder;
    this.smsc = parts.smsc;
    this.running = parts.running;
  }

  static async open(): Promise<Road> {
    const smsc = await Smsc.start();
    const folder = temporaryFolder();
    const running = await RunningCore.start(folder);
    await running.caller.call('connection.add', {
      provider: 'smpp',
      label: 'SMPP',
      baseUrl: null,
      publicUrl: null,
      credentials: smsc.credentials,
      numbers: [{ number: ours, label: 'Desk', numberType: '10dlc' }],
    });
    const road = new Road({ folder, smsc, running });
    await road.isBound();
    return road;
  }

  async isBound(): Promise<void> {
    await vi.waitFor(async () => {
      expect((await this.view()).state).toBe('ok');
      expect(this.smsc.receivers).toHaveLength(1);
    }, soon);
  }

  async view() {
    const { connections } = await this.running.caller.call('connections.list', {});
    const found = connections.find(({ provider }) => provider === 'smpp');
    if (found === undefined) throw new Error('the connection is gone');
    return found;
  }

  async restart(): Promise<void> {
    await this.running[Symbol.asyncDispose]();
    this.running = await RunningCore.start(this.folder);
    await this.isBound();
  }

  async write(text: string): Promise<void> {
    const { caller } = this.running;
    const { id } = await this.view();
    const { lines } = await caller.call('overview.get', {});
    const line = lines.find(({ connectionId }) => connectionId === id);
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
    return entries.map((entry) =>
      entry.kind === 'text' ? `${entry.direction} ${entry.state} ${entry.text}` : entry.kind,
    );
  }

  async shows(...entries: readonly string[]): Promise<void> {
    await vi.waitFor(async () => expect(await this.shown()).toEqual(entries), soon);
  }

  /** The carrier's word about one of its ids. */
  tell(id: string, stat: string, tlvs: ReadonlyMap<number, Uint8Array> = new Map()) {
    const text = `id:${id} sub:001 dlvrd:001 stat:${stat} err:000`;
    return this.smsc.deliver({ from: '15550105100', to: '15550100001', esmClass: 4, text, tlvs });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.running[Symbol.asyncDispose]();
    await this.smsc[Symbol.asyncDispose]();
  }
}

test('a text goes out over the session and is delivered; an answer in three parts comes back as one', async () => {
  await using road = await Road.open();
  await road.write('Hello');
  await road.shows('out accepted Hello');
  expect(await road.tell('m1', 'DELIVRD')).toBe(0);
  await road.shows('out delivered Hello');
  const parts = ['One, ', 'two, ', 'three.'];
  for (const sequence of [3, 1, 2]) {
    const head = Uint8Array.of(5, 0, 3, 0xcc, 3, sequence);
    const octets = Buffer.concat([head, Buffer.from(parts[sequence - 1] ?? '')]);
    const place = { from: '15550105100', to: '15550100001', esmClass: 0x40, octets };
    expect(await road.smsc.deliver(place)).toBe(0);
  }
  await road.shows('out delivered Hello', 'in received One, two, three.');
  expect(await road.view()).toMatchObject({ inboundRoad: 'session', state: 'ok', hooks: [] });
});

test('a long text is delivered when its last part is', async () => {
  await using road = await Road.open();
  const text = 'It takes more than one part. '.repeat(12).trim();
  await road.write(text);
  await road.shows(`out accepted ${text}`);
  await road.tell('m3', 'DELIVRD');
  await road.tell('m1', 'DELIVRD');
  await road.shows(`out sent ${text}`);
  await road.tell('m2', 'DELIVRD');
  await road.shows(`out delivered ${text}`);
});

test('where the link is lost on the way, the receipt settles the text, and it is never sent twice', async () => {
  await using road = await Road.open();
  road.smsc.manners.submit = inTurn({ kind: 'cut', taken: true });
  await road.write('Lost');
  await road.shows('out unknown Lost');
  await road.isBound();
  const mark = road.smsc.submits[0]?.tlvs.get(0x0204) ?? new Uint8Array();
  await road.tell('77', 'DELIVRD', new Map([[0x0204, mark]]));
  await road.shows('out delivered Lost');
  expect(road.smsc.submits).toHaveLength(1);
});

test('what comes in while the program is off waits at the carrier; what was sent before is still known', async () => {
  await using road = await Road.open();
  await road.write('Before');
  await road.shows('out accepted Before');
  await road.restart();
  expect(road.smsc.unbinds).toBe(1);
  await road.tell('m1', 'DELIVRD');
  await road.shows('out delivered Before');
});

test('a wrong password is told on the connection’s page, and a text waits until it is mended', async () => {
  await using road = await Road.open();
  const { id: connectionId } = await road.view();
  const change = (password: string) =>
    road.running.caller.call('connection.change', { connectionId, credentials: { password } });
  await change('wrong');
  await vi.waitFor(async () => expect((await road.view()).state).toBe('trouble'), soon);
  expect((await road.view()).sentence).toMatch(/refused the (password|account credentials)/);
  await road.write('Wait');
  await road.shows('out queued Wait');
  await change('secret');
  await road.isBound();
  await road.shows('out accepted Wait');
  expect(road.smsc.submits).toHaveLength(1);
});
