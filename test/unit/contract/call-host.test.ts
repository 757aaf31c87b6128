import { describe, expect, it } from 'vitest';

import { answerRenderer } from '#shared/contract/answer-renderer.ts';
import { createHostCaller, type ConnectionState } from '#shared/contract/call-host.ts';
import { contractVersion } from '#shared/contract/contract.ts';
import { createMemoryWirePair } from '#shared/contract/memory-wire.ts';
import type { Wire } from '#shared/contract/wire.ts';
import { ManualClock, settle } from '#test/fakes/manual-clock.ts';
import { RecordingHandlers } from '#test/fakes/recording-handlers.ts';

const codeOf = (promise: Promise<unknown>) =>
  promise.then(
    () => 'answered',
    (error) => error.failure.code,
  );

/** A host that can be away, mute or of another version, and a caller on a clock that is moved by hand. */
class Lab {
  readonly clock = new ManualClock();
  readonly hosts: Wire[] = [];
  readonly problems: string[] = [];
  readonly states: ConnectionState[] = [];
  readonly attempts: number[] = [];
  random = 1;
  /** What an attempt to connect brings. */
  connect: () => Promise<Wire> = () => this.answer();
  readonly caller = createHostCaller({
    clock: this.clock,
    random: () => this.random,
    onProblem: (problem) => this.problems.push(problem),
    connect: () => {
      this.attempts.push(this.clock.now());
      return this.connect();
    },
  });

  constructor() {
    this.caller.onConnection((state) => this.states.push(state));
  }

  /** A host that answers as it should. */
  async answer(): Promise<Wire> {
    const { handlers } = new RecordingHandlers({ 'attention.list': () => ({ items: [] }) });
    const screen = await this.mute();
    answerRenderer(this.hosts.at(-1)!, handlers, { onError: () => {} });
    return screen;
  }

  /** A host that takes the wire and says nothing. */
  async mute(): Promise<Wire> {
    const [screen, host] = createMemoryWirePair();
    this.hosts.push(host);
    return screen;
  }

  /** Milliseconds between one attempt and the next. */
  get waits(): number[] {
    return this.attempts.slice(1).map((at, i) => at - this.attempts[i]!);
  }
}

describe('a host caller', () => {
  it('lets a call wait for the first connection', async () => {
    const lab = new Lab();
    const answer = lab.caller.call('attention.list', {});
    expect(lab.states).toEqual(['connecting']);
    expect(await answer).toEqual({ items: [] });
    expect(lab.states).toEqual(['connecting', 'connected']);
  });

  it('leaves no timer behind an answered call or a closed caller', async () => {
    const lab = new Lab();
    await lab.caller.call('attention.list', {});
    expect(lab.clock.planned).toBe(0);
    lab.connect = () => Promise.reject(new Error('away'));
    lab.hosts[0]?.close();
    await settle();
    const pending = codeOf(lab.caller.call('attention.list', {}));
    expect(lab.clock.planned).toBe(2);
    lab.caller.close();
    expect(await pending).toBe('closed');
    expect(lab.clock.planned).toBe(0);
  });

  it('waits longer before each attempt, up to 10 s, with full jitter', async () => {
    const lab = new Lab();
    lab.connect = () => Promise.reject(new Error('away'));
    await lab.clock.advance(60_000);
    expect(lab.waits.slice(0, 8)).toEqual([200, 400, 800, 1600, 3200, 6400, 10_000, 10_000]);
    lab.random = 0.25;
    await lab.clock.advance(30_000);
    expect(lab.waits.at(-1)).toBe(2_500);
    expect(new Set(lab.states)).toEqual(new Set(['connecting']));
  });

  it('begins with short waits again only after a connection that held', async () => {
    const lab = new Lab();
    await settle();
    for (const held of [0, 0, 0, 10_000, 0]) {
      await lab.clock.advance(held);
      lab.hosts.at(-1)?.close();
      await settle();
      while (lab.states.at(-1) !== 'connected') await lab.clock.advance(50);
    }
    expect(lab.waits).toEqual([200, 400, 800, 10_000 + 200, 400]);
  });

  it('gives up an attempt that brings no wire within 10 s, and closes the wire should it come late', async () => {
    const lab = new Lab();
    const late = Promise.withResolvers<Wire>();
    lab.connect = () => late.promise;
    await lab.clock.advance(9_999);
    lab.connect = () => lab.answer();
    await lab.clock.advance(1 + 200);
    expect(lab.states.at(-1)).toBe('connected');
    const [screen, host] = createMemoryWirePair();
    let closed = false;
    host.onClose(() => (closed = true));
    late.resolve(screen);
    await settle();
    expect(closed).toBe(true);
    expect(lab.states.at(-1)).toBe('connected');
  });

  it('gives up a host that says no hello within 10 s', async () => {
    const lab = new Lab();
    lab.connect = () => lab.mute();
    await lab.clock.advance(9_999);
    lab.connect = () => lab.answer();
    expect(lab.attempts).toHaveLength(1);
    await lab.clock.advance(1 + 200);
    expect(lab.states).toEqual(['connecting', 'connected']);
  });

  it('stops for good at a host of another version', async () => {
    const lab = new Lab();
    lab.connect = () => lab.mute();
    const waiting = codeOf(lab.caller.call('attention.list', {}));
    await settle();
    lab.hosts[0]?.send(JSON.stringify({ kind: 'hello', version: contractVersion + 1 }));
    expect(await waiting).toBe('version-mismatch');
    expect(await codeOf(lab.caller.call('attention.list', {}))).toBe('version-mismatch');
    await lab.clock.advance(60_000);
    expect(lab.attempts).toHaveLength(1);
    expect(lab.states).toEqual(['connecting', 'incompatible']);
  });

  it('lets a call made while the host is away wait for it, but not beyond its deadline', async () => {
    const lab = new Lab();
    await settle();
    lab.connect = () => Promise.reject(new Error('away'));
    lab.hosts[0]?.close();
    await settle();
    const short = codeOf(lab.caller.call('attention.list', {}, 1_000));
    const usual = codeOf(lab.caller.call('attention.list', {}));
    await lab.clock.advance(1_000);
    expect(await short).toBe('deadline');
    lab.connect = () => lab.answer();
    await lab.clock.advance(3_000);
    expect(await usual).toBe('answered');
  });

  it('rejects after 15 s unless told labwise, and ignores the answer that comes later', async () => {
    const lab = new Lab();
    lab.connect = () => lab.mute();
    await settle();
    lab.hosts[0]?.send(JSON.stringify({ kind: 'hello', version: contractVersion }));
    await settle();
    let code: string | undefined;
    void codeOf(lab.caller.call('attention.list', {})).then((each) => (code = each));
    await lab.clock.advance(14_999);
    expect(code).toBeUndefined();
    await lab.clock.advance(1);
    expect(code).toBe('deadline');
    lab.hosts[0]?.send(JSON.stringify({ kind: 'result', id: 1, output: { items: [] } }));
    await settle();
    expect(lab.problems).toEqual([]);
  });

  it('refuses to send a call longer than a frame may be', async () => {
    const lab = new Lab();
    const input = { query: 'x'.repeat(300_000), limit: 1 };
    expect(await codeOf(lab.caller.call('search', input))).toBe('oversize');
  });

  it.each([
    ['no JSON', 'boo'],
    ['an unknown event', '{"kind":"event","event":"constructor","payload":{}}'],
    [
      'a payload the contract does not allow',
      '{"kind":"event","event":"settings.changed","payload":{}}',
    ],
    [
      'a failure of no call',
      '{"kind":"failure","id":null,"failure":{"code":"malformed","message":"m","field":null,"cure":null}}',
    ],
  ])('leaves aside %s and says so', async (_name, frame) => {
    const lab = new Lab();
    const heard: unknown[] = [];
    lab.caller.on('settings.changed', (payload) => heard.push(payload));
    await settle();
    lab.hosts[0]?.send(frame);
    await settle();
    expect(lab.problems).toHaveLength(1);
    expect(heard).toEqual([]);
    expect(await lab.caller.call('attention.list', {})).toEqual({ items: [] });
  });
});
