import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';

import { allAtWork } from '#test/carriers/whole/all-at-work.ts';
import type { Arrival } from '#test/carriers/whole/carrier-at-work.ts';
import { WholeProgram, pointHooks } from '#test/fakes/whole-program.ts';

const soon = { timeout: 40_000 };

/* What comes in is kept from the program: only the carrier's own list can tell it. */
describe.each(Object.entries(allAtWork))('%s, whose hooks do not come', (_name, start) => {
  let program: WholeProgram;
  const people = new Set<string>();

  beforeAll(async () => {
    program = await WholeProgram.open(start, { isPublic: true });
    await pointHooks(program);
  });
  afterAll(() => program[Symbol.asyncDispose]());

  /** How often somebody's text is shown, whatever became of its picture. */
  const appeared = async ({ from, text }: Arrival): Promise<number> =>
    (await program.shown(from)).filter(
      (line) => line.replace(/ \[\w+\]$/, '') === `in received ${text}`,
    ).length;

  async function receiveUntold(what: 'text' | 'picture'): Promise<Arrival> {
    const { carrier, front } = program;
    front.keeping = true;
    const arrival = await carrier.receive(what);
    people.add(arrival.from);
    await vi.waitFor(() => expect(front.kept).toBeGreaterThanOrEqual(hooksOf(program)), soon);
    return arrival;
  }

  test('a text is brought in from the list; told late after all, it still stands there once', async () => {
    const { carrier, front } = program;
    const arrival = await receiveUntold('text');
    expect(await appeared(arrival)).toBe(0);
    expect(await program.sync()).toMatchObject({ state: 'done', failure: null });
    const { listsTextsIn } = carrier;
    expect(await appeared(arrival)).toBe(listsTextsIn === 'with words' ? 1 : 0);
    const problems =
      listsTextsIn === 'without words' ? [expect.stringContaining(arrival.from)] : [];
    expect(await program.problems()).toEqual(problems);
    await front.handOn();
    await vi.waitFor(async () => expect(await appeared(arrival)).toBe(1), soon);
    await vi.waitFor(async () => expect(await program.problems()).toEqual([]), soon);
    expect(await program.sync()).toMatchObject({ state: 'done', texts: 0 });
    expect(await appeared(arrival)).toBe(1);
  });

  test('a picture is brought in and fetched too, or told late after all', async () => {
    const { carrier, front } = program;
    const arrival = await receiveUntold('picture');
    const isStored = async (): Promise<void> =>
      expect(await program.shown(arrival.from)).toContain(`in received ${arrival.text} [stored]`);
    await program.sync();
    if (carrier.listsPictures) await vi.waitFor(isStored, soon);
    else expect(await appeared(arrival)).toBe(0);
    await front.handOn();
    await vi.waitFor(isStored, soon);
    expect(await appeared(arrival)).toBe(1);
    expect(await program.problems()).toEqual([]);
  });

  test('before long the program looks into the list by itself', async () => {
    const { carrier, front, time } = program;
    const { from } = await receiveUntold('text');
    const before = {
      unread: await program.unread(from),
      shown: (await program.shown(from)).length,
    };
    front.lose();
    time.skip(6 * 60_000);
    if (carrier.listsTextsIn === 'not at all') return;
    if (carrier.listsTextsIn === 'without words') {
      await vi.waitFor(async () => expect(await program.problems()).toHaveLength(1), soon);
      expect((await program.problems())[0]).toContain(from);
      return;
    }
    await vi.waitFor(
      async () => expect(await program.shown(from)).toHaveLength(before.shown + 1),
      soon,
    );
    expect(await program.unread(from)).toBe(before.unread + 1);
    const recovered = /1 text or call was recovered from the carrier’s list/;
    await vi.waitFor(
      async () => expect((await program.connection()).sentence).toMatch(recovered),
      soon,
    );
  });

  test('what came while the program was off is there soon after it is on again', async () => {
    const { carrier, front } = program;
    if (carrier.listsTextsIn === 'not at all') return;
    const seen = async (): Promise<number> =>
      (await program.problems()).length +
      (await Promise.all([...people].map((each) => program.shown(each)))).flat().length;
    const before = await seen();
    await program.whileOff(async () => {
      await receiveUntold('text');
      front.lose();
    });
    await vi.waitFor(async () => expect(await seen()).toBe(before + 1), soon);
  });
});

/** How often the carrier calls when somebody writes; the sandbox also tells of the text they answer. */
const hooksOf = ({ carrier }: WholeProgram): number => (carrier.provider === 'sandbox' ? 3 : 1);
