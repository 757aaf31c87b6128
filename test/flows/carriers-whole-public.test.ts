import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';

import { allAtWork } from '#test/carriers/whole/all-at-work.ts';
import { addressOf, forger, forgersText } from '#test/carriers/whole/carrier-at-work.ts';
import { WholeProgram, pointHooks } from '#test/fakes/whole-program.ts';

const soon = { timeout: 40_000 };

/* The carrier calls a public address, which hands on what the test lets it; the connection reaches the API over a bad line. */
describe.each(Object.entries(allAtWork))('%s, connected with a public address', (_name, start) => {
  let program: WholeProgram;

  beforeAll(async () => {
    program = await WholeProgram.open(start, { isPublic: true, overBadLine: true });
    await pointHooks(program);
  });
  afterAll(() => program[Symbol.asyncDispose]());

  test('prints its hooks whole, and is called there', async () => {
    const { hooks, carrier, connectionId, front } = program;
    const start = `${front.url}/hooks/${carrier.provider}/${connectionId}`;
    for (const { url } of hooks) expect(url.slice(0, start.length)).toBe(start);
    const { from, text } = await carrier.receive('text');
    await vi.waitFor(
      async () => expect(await program.shown(from)).toContain(`in received ${text}`),
      soon,
    );
    expect(new Set(front.answers)).toEqual(new Set([200]));
  });

  test('a signature holds for that address and no other', async () => {
    const { hooks, carrier, front, running } = program;
    if (!carrier.signsUrl) return;
    const url = addressOf(hooks, 'messages');
    const direct = url.replace(front.url, running.core.relayUrl);
    const post = async (to: string, signedFor: string): Promise<number> => {
      const { headers, body } = carrier.makeUp(signedFor, 'carrier');
      return (await fetch(to, { method: 'POST', headers, body })).status;
    };
    expect(await post(direct, direct)).toBe(403);
    expect(await post(url, `${url}?ref=1`)).toBe(403);
    expect(await program.shown(forger)).toEqual([]);
    expect(await post(url, url)).toBe(200);
    await vi.waitFor(
      async () => expect(await program.shown(forger)).toEqual([`in received ${forgersText}`]),
      soon,
    );
  });

  test('receipts that come twice and the last first end at delivered', async () => {
    const { carrier, front } = program;
    const to = '+15550100211';
    front.keeping = true;
    await program.write(to, 'Turned round');
    await vi.waitFor(async () => expect(await carrier.takenFor(to)).toHaveLength(1), soon);
    const [id = ''] = await carrier.takenFor(to);
    await carrier.report(id);
    await vi.waitFor(() => expect(front.kept).toBe(2), soon);
    await vi.waitFor(
      async () => expect(await program.shown(to)).toEqual(['out accepted Turned round']),
      soon,
    );
    await front.handOn({ reversed: true, times: 2 });
    await vi.waitFor(
      async () => expect(await program.shown(to)).toEqual(['out delivered Turned round']),
      soon,
    );
    expect(new Set(front.answers)).toContain(200);
  });

  test('what comes in twice appears once', async () => {
    const { carrier, front } = program;
    front.keeping = true;
    const { from, text } = await carrier.receive('picture');
    await vi.waitFor(() => expect(front.kept).toBeGreaterThan(0), soon);
    await settled(() => front.kept);
    await front.handOn({ reversed: true, times: 3 });
    const line = `in received ${text} [`;
    const appeared = async (): Promise<number> =>
      (await program.shown(from)).filter((each) => each.startsWith(line)).length;
    await vi.waitFor(async () => expect(await appeared()).toBe(1), soon);
    await settled(() => front.answers.length);
    expect(await appeared()).toBe(1);
  });

  test('a carrier that is too busy gets the text again after its pause, and takes it once', async () => {
    const { carrier, front, api, time } = program;
    const to = '+15550100214';
    front.lose();
    api.manners = { kind: 'answer', status: 429, headers: { 'retry-after': '30' }, body: '' };
    const before = api.calls;
    await program.write(to, 'Busy');
    const waiting = /^out queued .*Busy$/;
    await vi.waitFor(async () => expect((await program.shown(to))[0]).toMatch(waiting), soon);
    await vi.waitFor(() => expect(api.calls).toBeGreaterThan(before), soon);
    api.manners = { kind: 'through' };
    time.skip(20_000);
    await settled(() => api.calls);
    expect(await carrier.takenFor(to)).toEqual([]);
    time.skip(11_000);
    await vi.waitFor(async () => expect(await carrier.takenFor(to)).toHaveLength(1), soon);
    const [id = ''] = await carrier.takenFor(to);
    await carrier.report(id);
    await vi.waitFor(
      async () => expect(await program.shown(to)).toEqual(['out delivered Busy']),
      soon,
    );
    expect(await carrier.takenFor(to)).toEqual([id]);
  });

  test('an answer that is lost is looked for, and the receipts settle it; it is sent once', async () => {
    const { carrier, front, api } = program;
    const to = '+15550100212';
    front.keeping = true;
    api.manners = { kind: 'reset', taken: true };
    await program.write(to, 'Lost');
    await vi.waitFor(
      async () => expect((await program.shown(to))[0]).toMatch(/^out unknown.* Lost$/),
      soon,
    );
    api.manners = { kind: 'through' };
    const [id = ''] = await carrier.takenFor(to);
    await carrier.report(id);
    await vi.waitFor(() => expect(front.kept).toBe(2), soon);
    await front.handOn();
    await vi.waitFor(
      async () => expect(await program.shown(to)).toEqual(['out delivered Lost']),
      soon,
    );
    expect(await carrier.takenFor(to)).toEqual([id]);
  });

  test('an answer that is lost is found in the carrier’s list, or put before a person', async () => {
    const { carrier, front, api, time } = program;
    const to = '+15550100213';
    front.keeping = true;
    api.manners = { kind: 'answer', taken: true, status: 500, body: '' };
    await program.write(to, 'Broken');
    await vi.waitFor(
      async () => expect((await program.shown(to))[0]).toMatch(/^out unknown.* Broken$/),
      soon,
    );
    api.manners = { kind: 'through' };
    const taken = await carrier.takenFor(to);
    expect(taken).toHaveLength(1);
    if (carrier.listsTextsOut) {
      time.skip(16_000);
      const found = /^out (accepted|sent|delivered) Broken$/;
      await vi.waitFor(async () => expect((await program.shown(to))[0]).toMatch(found), soon);
      expect(await program.detailsOfFirst(to)).toMatchObject({ providerMessageId: taken[0] });
    } else await becomesUndecided(to);
    await carrier.report(taken[0] ?? '');
    await vi.waitFor(() => expect(front.kept).toBe(2), soon);
    await front.handOn();
    await vi.waitFor(
      async () => expect(await program.shown(to)).toEqual(['out delivered Broken']),
      soon,
    );
    expect(await carrier.takenFor(to)).toEqual(taken);
  });

  async function becomesUndecided(to: string): Promise<void> {
    const { caller } = program.running;
    for (let looks = 0; looks < 3; looks += 1) {
      program.time.skip(301_000);
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    await vi.waitFor(
      async () => expect((await program.entries(to))[0]).toMatchObject({ undecided: true }),
      soon,
    );
    expect((await caller.call('overview.get', {})).health.undecided).toBe(1);
  }

  test('a list that could not be read is trouble until it can be read again', async () => {
    const { api, time, carrier } = program;
    if (!carrier.listsTextsOut) return;
    api.manners = { kind: 'answer', status: 503, body: '' };
    time.skip(6 * 60_000);
    await vi.waitFor(
      async () => expect(await program.connection()).toMatchObject({ state: 'trouble' }),
      soon,
    );
    api.manners = { kind: 'through' };
    time.skip(6 * 60_000);
    await vi.waitFor(
      async () => expect(await program.connection()).toMatchObject({ state: 'ok' }),
      soon,
    );
  });

  test('call records that are not to be had do not stand in the way of the texts', async () => {
    const { api, time } = program;
    if (!(await program.capabilities()).listsCalls) return;
    api.manners = { kind: 'answer', status: 403, body: '' };
    api.onlyFor = /\/Calls?[./]|sip-trunking|\/cdrs\/|VOICE/;
    time.skip(31 * 60_000);
    const words = /^Connected; its call records cannot be read/;
    await vi.waitFor(
      async () =>
        expect(await program.connection()).toMatchObject({
          state: 'ok',
          sentence: expect.stringMatching(words),
        }),
      soon,
    );
    api.manners = { kind: 'through' };
    time.skip(31 * 60_000);
    await vi.waitFor(
      async () => expect(await program.connection()).toMatchObject({ sentence: 'Connected' }),
      soon,
    );
  });
});

/** Waits until a count stands still. */
async function settled(count: () => number): Promise<void> {
  for (let before = -1; before !== count();) {
    before = count();
    await new Promise((resolve) => setTimeout(resolve, 150));
  }
}
