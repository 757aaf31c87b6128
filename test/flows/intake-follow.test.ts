import path from 'node:path';

import { describe, expect, it, onTestFinished } from 'vitest';

import { systemClock } from '#main/log/system-clock.ts';
import type { DeliveryLog } from '#main/relay/delivery-log.ts';
import { openSqliteLog } from '#main/relay/sqlite-log.ts';
import { deliveryOf } from '#test/fakes/deliveries.ts';
import { DeliveryTaker } from '#test/fakes/delivery-taker.ts';
import { RelayDesk } from '#test/fakes/relay-desk.ts';
import { temporaryFolder } from '#test/fakes/temporary-folder.ts';

function openLog(): DeliveryLog {
  const log = openSqliteLog(path.join(temporaryFolder(), 'relay.db'));
  onTestFinished(() => log.close());
  return log;
}

/** The same log, read in another way. */
function withReadAfter(log: DeliveryLog, readAfter: DeliveryLog['readAfter']): DeliveryLog {
  return {
    id: log.id,
    append: (raw, key) => log.append(raw, key),
    readAfter,
    onAppended: (listener) => log.onAppended(listener),
    trim: (allowed) => log.trim(allowed),
    health: () => log.health(),
    close: () => log.close(),
  };
}

async function append(log: DeliveryLog, ...texts: string[]): Promise<void> {
  await Promise.all(texts.map((text) => log.append(deliveryOf(text), text)));
}

const numbered = (count: number): string[] =>
  Array.from({ length: count }, (_, index) => `text ${index + 1}`);

describe('following the log', () => {
  it('hands over what is there and then what comes, in order, each once', async () => {
    const log = openLog();
    const taker = new DeliveryTaker();
    await append(log, ...numbered(250));
    taker.follow(log);
    await taker.untilTaken(250);
    await append(log, 'later', 'and later');
    await taker.untilTaken(252);
    expect(taker.texts).toEqual([...numbered(250), 'later', 'and later']);
    expect(taker.problems).toEqual([]);
  });

  it('goes on at the cursor', async () => {
    const log = openLog();
    const taker = new DeliveryTaker();
    await append(log, ...numbered(5));
    taker.cursor = 3;
    taker.follow(log);
    await taker.untilTaken(2);
    expect(taker.texts).toEqual(['text 4', 'text 5']);
  });

  it('has one delivery under way at a time', async () => {
    const log = openLog();
    const taker = new DeliveryTaker();
    let underWay = 0;
    let most = 0;
    taker.before = async () => {
      most = Math.max(most, (underWay += 1));
      await new Promise((resolve) => setTimeout(resolve, 1));
      underWay -= 1;
    };
    taker.follow(log);
    for (const text of numbered(30)) await append(log, text);
    await taker.untilTaken(30);
    expect(most).toBe(1);
    expect(taker.texts).toEqual(numbered(30));
  });

  it('misses nothing that is appended while it reads or goes to sleep', async () => {
    const log = openLog();
    const taker = new DeliveryTaker();
    taker.follow(log);
    for (let count = 1; count <= 300; count += 1) {
      await append(log, `text ${count}`);
      for (let turns = count % 4; turns > 0; turns -= 1)
        await new Promise((resolve) => setImmediate(resolve));
    }
    await taker.untilTaken(300);
    expect(taker.texts).toEqual(numbered(300));
  });

  it('misses nothing that is appended after an engine looked and before its answer came', async () => {
    const log = openLog();
    const taker = new DeliveryTaker();
    let look = 0;
    const distant = withReadAfter(log, async (seq, limit) => {
      const page = await log.readAfter(seq, limit);
      if ((look += 1) <= 3) await append(log, `text ${look}`);
      return page;
    });
    taker.follow(distant);
    await taker.untilTaken(3);
    expect(taker.texts).toEqual(numbered(3));
  });

  it('lets the rest of the program have its turn during a long catch-up', async () => {
    const log = openLog();
    const taker = new DeliveryTaker();
    await append(log, ...numbered(400));
    let turns = 0;
    const beat = setInterval(() => (turns += 1), 1);
    onTestFinished(() => clearInterval(beat));
    taker.before = () => {
      const busyUntil = performance.now() + 1;
      while (performance.now() < busyUntil);
    };
    taker.follow(log);
    await taker.untilTaken(400);
    expect(turns).toBeGreaterThan(100);
  });
});

describe('following the log: when a delivery is not accepted', () => {
  it('offers the same one again with growing pauses, and nothing behind it', async () => {
    const log = openLog();
    const taker = new DeliveryTaker();
    let failures = 9;
    taker.before = ({ seq }) => {
      if (seq === 2 && failures-- > 0) throw new Error('disk full');
    };
    await append(log, 'a', 'b', 'c');
    taker.follow(log);
    const pauses: number[] = [];
    for (let count = 1; count <= 9; count += 1) {
      const problem = await taker.untilProblem(count);
      if (problem?.kind !== 'not-accepted') throw new Error(`unexpected ${problem?.kind}`);
      expect(problem).toMatchObject({ seq: 2, error: new Error('disk full') });
      expect(taker.texts).toEqual(['a']);
      pauses.push(problem.retryInMs);
      await taker.clock.advance(problem.retryInMs - 1);
      expect(taker.problems).toHaveLength(count);
      await taker.clock.advance(1);
    }
    await taker.untilTaken(3);
    expect(taker.texts).toEqual(['a', 'b', 'c']);
    expect(pauses).toEqual([250, 500, 1_000, 2_000, 4_000, 8_000, 16_000, 30_000, 30_000]);
  });

  it('is not hurried by what is appended during a pause', async () => {
    const log = openLog();
    const taker = new DeliveryTaker();
    taker.before = () => {
      throw new Error('no');
    };
    await append(log, 'a');
    taker.follow(log);
    await taker.untilProblem();
    await append(log, 'b', 'c');
    await new Promise((resolve) => setTimeout(resolve, 30));
    expect(taker.problems).toHaveLength(1);
  });

  it('starts with a short pause again after a success', async () => {
    const log = openLog();
    const taker = new DeliveryTaker();
    const refusedOnce = new Set<number>();
    taker.before = ({ seq }) => {
      if (refusedOnce.has(seq)) return;
      refusedOnce.add(seq);
      throw new Error('once');
    };
    await append(log, 'a', 'b');
    taker.follow(log);
    for (let count = 1; count <= 2; count += 1) {
      expect(await taker.untilProblem(count)).toMatchObject({ seq: count, retryInMs: 250 });
      await taker.clock.advance(250);
    }
    await taker.untilTaken(2);
  });
});

describe('following the log: when the log is in trouble', () => {
  it('tries to read again, and goes on where it was', async () => {
    const log = openLog();
    const taker = new DeliveryTaker();
    let broken = 2;
    const flaky = withReadAfter(log, (seq, limit) =>
      broken-- > 0 ? Promise.reject(new Error('disk failed')) : log.readAfter(seq, limit),
    );
    await append(log, 'a');
    taker.follow(flaky);
    expect(await taker.untilProblem(1)).toMatchObject({ kind: 'unreadable', retryInMs: 250 });
    await taker.clock.advance(250);
    expect(await taker.untilProblem(2)).toMatchObject({ kind: 'unreadable', retryInMs: 500 });
    await taker.clock.advance(500);
    await taker.untilTaken(1);
    await append(log, 'b');
    await taker.untilTaken(2);
    expect(taker.problems).toHaveLength(2);
  });

  it('says which deliveries it never saw where they were trimmed before it came', async () => {
    const log = openLog();
    const taker = new DeliveryTaker();
    await append(log, ...numbered(5));
    await log.trim({ receivedBefore: Infinity, upTo: 3, rememberSince: 0 });
    taker.cursor = 1;
    taker.follow(log);
    await taker.untilTaken(2);
    expect(taker.texts).toEqual(['text 4', 'text 5']);
    expect(taker.problems).toEqual([{ kind: 'trimmed', after: 1, next: 4 }]);
  });

  it('hands over everything where its cursor is of another log', async () => {
    const log = openLog();
    const taker = new DeliveryTaker();
    await append(log, 'a', 'b');
    taker.cursor = 500;
    taker.follow(log);
    await taker.untilTaken(2);
    expect(taker.problems).toEqual([{ kind: 'ahead', cursor: 500, lastSeq: 2 }]);
    await append(log, 'c');
    await taker.untilTaken(3);
    expect(taker.texts).toEqual(['a', 'b', 'c']);
  });
});

describe('following the log: stopping', () => {
  it('waits for the delivery under way and takes no other', async () => {
    const log = openLog();
    const taker = new DeliveryTaker();
    let finish: () => void = () => undefined;
    taker.before = () => new Promise((resolve) => (finish = resolve));
    await append(log, 'a', 'b');
    const follower = taker.follow(log);
    await new Promise((resolve) => setTimeout(resolve, 20));
    let stopped = false;
    const stopping = follower.stop().then(() => (stopped = true));
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(stopped).toBe(false);
    finish();
    await stopping;
    expect(taker.texts).toEqual(['a']);
  });

  it('is quick in idleness and in a pause, and leaves nothing planned', async () => {
    const log = openLog();
    const idle = new DeliveryTaker();
    await idle.follow(log).stop();
    const pausing = new DeliveryTaker();
    pausing.before = () => {
      throw new Error('no');
    };
    await append(log, 'a');
    const follower = pausing.follow(log);
    await pausing.untilProblem();
    await follower.stop();
    expect(pausing.clock.planned).toBe(0);
  });
});

describe('from the carrier to the desktop', () => {
  it('hands a webhook over in order, after it was answered or before, under load', async () => {
    const desk = await RelayDesk.start();
    const taker = new DeliveryTaker();
    taker.follow(desk.relay.log, { clock: systemClock });
    const calls = numbered(200).map((body) => desk.post({ body }));
    const answers = await Promise.all(calls);
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]));
    await taker.untilTaken(200);
    expect(taker.taken.map(({ seq }) => seq)).toEqual(taker.taken.map((_, index) => index + 1));
    expect(new Set(taker.texts)).toEqual(new Set(numbered(200)));
  });
});
