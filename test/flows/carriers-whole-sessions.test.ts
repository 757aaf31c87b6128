import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';

import type { SessionAtWork } from '#test/carriers/whole/session-at-work.ts';
import { sipAtWork } from '#test/carriers/whole/sip-at-work.ts';
import { smppAtWork } from '#test/carriers/whole/smpp-at-work.ts';
import { WholeProgram } from '#test/fakes/whole-program.ts';

const soon = { timeout: 40_000 };
const all: Readonly<Record<string, () => Promise<SessionAtWork>>> = {
  'sip-message': sipAtWork,
  smpp: smppAtWork,
};

describe.each(Object.entries(all))('%s, over a standing session', (_name, start) => {
  let program: WholeProgram<SessionAtWork>;

  const becomes = async (to: string, line: string | RegExp): Promise<void> =>
    vi.waitFor(async () => expect((await program.shown(to)).at(-1) ?? '').toMatch(line), soon);
  const stands = (): Promise<void> =>
    vi.waitFor(async () => {
      expect(program.carrier.sessions()).toBe(1);
      expect(await program.connection()).toMatchObject({ state: 'ok' });
    }, soon);

  const cutAndBack = async (): Promise<void> => {
    program.carrier.cut();
    await vi.waitFor(() => expect(program.carrier.sessions()).toBe(0), { ...soon, interval: 5 });
    await stands();
  };

  beforeAll(async () => {
    program = await WholeProgram.open(start, {});
    await stands();
  });
  afterAll(() => program[Symbol.asyncDispose]());

  test('has no hooks, and says that texts come by the session', async () => {
    expect(program.hooks).toEqual([]);
    expect(await program.connection()).toMatchObject({ inboundRoad: 'session', hooks: [] });
  });

  test('a text goes out, as it was written, once', async () => {
    const { carrier } = program;
    const to = '+15550100231';
    await program.write(to, 'Grüße 👋');
    await becomes(to, /^out (accepted|delivered) Grüße 👋$/);
    await carrier.report(to);
    await becomes(to, `out ${carrier.endsAt} Grüße 👋`);
    expect(carrier.takenFor(to)).toEqual(['Grüße 👋']);
  });

  test('a text comes in, once, though it is told again after the session broke', async () => {
    const { carrier } = program;
    const { from, text } = await carrier.receive('Hi there');
    await becomes(from, `in received ${text}`);
    await cutAndBack();
    await carrier.tellAgain();
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect(await program.shown(from)).toEqual([`in received ${text}`]);
  });

  test('a session that dies comes back by itself, and both ways are open again', async () => {
    const { carrier } = program;
    await cutAndBack();
    const { from } = await carrier.receive('Back again');
    await becomes(from, 'in received Back again');
    const to = '+15550100232';
    await program.write(to, 'After the cut');
    await becomes(to, /^out (accepted|delivered) After the cut$/);
  });

  test('a text that was taken without an answer is never sent twice: a person decides', async () => {
    const { carrier, time } = program;
    const to = '+15550100233';
    carrier.takeInSilence();
    await program.write(to, 'Lost');
    await vi.waitFor(() => expect(carrier.takenFor(to)).toHaveLength(1), soon);
    carrier.cut();
    await becomes(to, /^out unknown .*Lost$/);
    await stands();
    for (let looks = 0; looks < 5; looks += 1) {
      time.skip(1_801_000);
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    await vi.waitFor(
      async () => expect((await program.entries(to))[0]).toMatchObject({ undecided: true }),
      soon,
    );
    expect(carrier.takenFor(to)).toEqual(['Lost']);
  });

  test('another name for the connection costs no second session, and none is left when it ends', async () => {
    const { carrier, running, connectionId } = program;
    const { caller } = running;
    for (const label of ['One', 'Two', 'Three'])
      await caller.call('connection.change', { connectionId, label });
    await stands();
    await new Promise((resolve) => setTimeout(resolve, 500));
    expect(carrier.sessions()).toBe(1);
    await program.whileOff(() => vi.waitFor(() => expect(carrier.sessions()).toBe(0), soon));
    await stands();
    const { from } = await carrier.receive('On again');
    await becomes(from, 'in received On again');
    expect(carrier.complaints()).toEqual([]);
  });
});
