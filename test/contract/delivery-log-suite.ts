import { spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';

import { describe, expect, it, onTestFinished } from 'vitest';

import type { DeliveryLog } from '#main/relay/delivery-log.ts';
import { deliveryOf, lineGapsIn, readAll, textOf } from '#test/fakes/deliveries.ts';
import { temporaryFolder } from '#test/fakes/temporary-folder.ts';

/** An engine under the suite. `module` exports it as `engine`, so that another process can open the same log. */
export type LogEngine = {
  readonly name: string;
  readonly module: string;
  /** Whether it counts what comes in for each line, which the header `x-line` of these deliveries names. */
  readonly countsLines: boolean;
  open(place: string): Promise<DeliveryLog>;
};

const appender = path.join(import.meta.dirname, 'append-until-killed.ts');
const start = 1_760_000_000_000;
const day = 24 * 60 * 60 * 1_000;
const all = { receivedBefore: Infinity, upTo: Infinity };

/** What every engine of the delivery log must hold. */
export function describeDeliveryLog(engine: LogEngine): void {
  const openAt = async (place: string): Promise<DeliveryLog> => {
    const log = await engine.open(place);
    onTestFinished(() => log.close());
    return log;
  };
  const openNew = (): Promise<DeliveryLog> => openAt(temporaryFolder());
  const append = (log: DeliveryLog, text: string, receivedAt = start) =>
    log.append(deliveryOf(text, { receivedAt }), text);
  const appendMany = (log: DeliveryLog, count: number) =>
    Promise.all(Array.from({ length: count }, (_, index) => append(log, `text ${index + 1}`)));

  describe(`${engine.name} log: appending and reading`, () => {
    it('numbers deliveries from 1 and gives them back as they came', async () => {
      const log = await openNew();
      const odd = deliveryOf('', {
        headers: Object.fromEntries([
          ['__proto__', 'x'],
          ['x-Ünïcode', '\u0000 \u{1F600}'],
        ]),
        body: Buffer.from([0, 255, 254, 10, 13, 0]),
        url: 'https://hooks.example.com/hooks/sandbox/c1?a=%2f&b=\u0001',
      });
      expect(await append(log, 'first')).toEqual({ seq: 1, duplicate: false });
      expect(await log.append(odd, 'odd')).toEqual({ seq: 2, duplicate: false });
      const stored = await readAll(log);
      expect(stored.map(({ seq }) => seq)).toEqual([1, 2]);
      expect(stored[1]?.raw).toEqual(odd);
    });

    it('keeps appends made at once in the order they were made', async () => {
      const log = await openNew();
      const appended = await appendMany(log, 1_000);
      expect(appended).toEqual(appended.map((_, index) => ({ seq: index + 1, duplicate: false })));
      expect((await readAll(log)).map(textOf)).toEqual(appended.map(({ seq }) => `text ${seq}`));
    });

    it('reads the same across pages of any size', async () => {
      const log = await openNew();
      await appendMany(log, 25);
      const whole = await readAll(log);
      for (const page of [1, 7, 24, 25, 26]) expect(await readAll(log, 0, page)).toEqual(whole);
      expect((await log.readAfter(20, 3)).map(({ seq }) => seq)).toEqual([21, 22, 23]);
      expect(await log.readAfter(25, 10)).toEqual([]);
      expect(await log.readAfter(1_000, 10)).toEqual([]);
    });

    it('shows a reader nothing that could still be followed by a lower number', async () => {
      const log = await openNew();
      const seen: number[] = [];
      const reading = (async () => {
        while (seen.length < 2_000) {
          for (const { seq } of await log.readAfter(seen.at(-1) ?? 0, 100)) seen.push(seq);
          await pause(0);
        }
      })();
      for (let burst = 0; burst < 20; burst += 1) {
        await Promise.all(
          Array.from({ length: 100 }, (_, index) => append(log, `burst ${burst} ${index}`)),
        );
      }
      await reading;
      expect(seen).toEqual(seen.map((_, index) => index + 1));
    });

    it('tells listeners of each commit, and no more after they leave', async () => {
      const log = await openNew();
      const heard: number[] = [];
      const leave = log.onAppended((lastSeq) => heard.push(lastSeq));
      await appendMany(log, 3);
      await append(log, 'text 3');
      await append(log, 'another');
      leave();
      await append(log, 'unheard');
      expect(heard.at(-1)).toBe(4);
      expect(heard).toEqual([...new Set(heard)]);
    });
  });

  describe(`${engine.name} log: repeated deliveries`, () => {
    it('answers a repeat with the number of the first and stores nothing', async () => {
      const log = await openNew();
      await append(log, 'a');
      await append(log, 'b');
      expect(await log.append(deliveryOf('a, differently worded'), 'a')).toEqual({
        seq: 1,
        duplicate: true,
      });
      expect(await append(log, 'c')).toEqual({ seq: 3, duplicate: false });
      expect((await readAll(log)).map(textOf)).toEqual(['a', 'b', 'c']);
    });

    it('recognises repeats among appends made at once, leaving no gap', async () => {
      const log = await openNew();
      const texts = ['a', 'b', 'a', 'a', 'c', 'b', 'd'];
      const appended = await Promise.all(texts.map((text) => append(log, text)));
      expect(appended.map(({ seq }) => seq)).toEqual([1, 2, 1, 1, 3, 2, 4]);
      expect(appended.map(({ duplicate }) => duplicate)).toEqual([
        false,
        false,
        true,
        true,
        false,
        true,
        false,
      ]);
      expect((await readAll(log)).map(textOf)).toEqual(['a', 'b', 'c', 'd']);
    });
  });

  describe(`${engine.name} log: opening again`, () => {
    it('goes on where it was, under the same id, with its memory of keys', async () => {
      const place = temporaryFolder();
      const before = await engine.open(place);
      await appendMany(before, 5);
      await before.close();
      const after = await openAt(place);
      expect(after.id).toBe(before.id);
      expect(await append(after, 'text 2')).toEqual({ seq: 2, duplicate: true });
      expect(await append(after, 'new')).toEqual({ seq: 6, duplicate: false });
      expect((await after.health()).lastSeq).toBe(6);
    });

    it('has another id at another place', async () => {
      expect((await openNew()).id).not.toBe((await openNew()).id);
    });

    it('commits what is waiting when it closes, and refuses what comes after', async () => {
      const place = temporaryFolder();
      const log = await engine.open(place);
      const waiting = appendMany(log, 10);
      await log.close();
      expect((await waiting).at(-1)).toEqual({ seq: 10, duplicate: false });
      await expect(append(log, 'late')).rejects.toMatchObject({
        name: 'LogFailure',
        reason: 'closed',
      });
      expect(await readAll(await openAt(place))).toHaveLength(10);
    });
  });

  describe(`${engine.name} log: trimming`, () => {
    it('removes the oldest, keeps the rest, and reads on after the gap', async () => {
      const log = await openNew();
      for (let age = 5; age >= 1; age -= 1) await append(log, `${age} days old`, start - age * day);
      const oldest = start - 2.5 * day;
      const trimmed = await log.trim({
        receivedBefore: oldest,
        upTo: Infinity,
        rememberSince: oldest,
      });
      expect(trimmed).toBe(3);
      expect((await readAll(log)).map(textOf)).toEqual(['2 days old', '1 days old']);
      expect(await log.health()).toMatchObject({ ok: true, lastSeq: 5, trimmedThrough: 3 });
    });

    it('takes nothing after the number that its readers have taken', async () => {
      const log = await openNew();
      await appendMany(log, 4);
      expect(await log.trim({ ...all, upTo: 2, rememberSince: Infinity })).toBe(2);
      expect((await readAll(log)).map(({ seq }) => seq)).toEqual([3, 4]);
    });

    it('keeps an old delivery that stands behind a young one', async () => {
      const log = await openNew();
      await append(log, 'young', start);
      await append(log, 'by a clock set back', start - 100 * day);
      expect(
        await log.trim({ ...all, receivedBefore: start - day, rememberSince: start - day }),
      ).toBe(0);
      expect(await readAll(log)).toHaveLength(2);
    });

    it('recognises repeats of what is trimmed, for as long as it must remember', async () => {
      const log = await openNew();
      await append(log, 'ancient', start - 40 * day);
      await append(log, 'old', start - 20 * day);
      await append(log, 'new', start);
      await log.trim({
        receivedBefore: start - day,
        upTo: Infinity,
        rememberSince: start - 30 * day,
      });
      expect(await append(log, 'old')).toEqual({ seq: 2, duplicate: true });
      expect(await append(log, 'ancient')).toEqual({ seq: 4, duplicate: false });
      expect((await readAll(log)).map(textOf)).toEqual(['new', 'ancient']);
    });

    it('never gives a number twice, though everything was trimmed', async () => {
      const place = temporaryFolder();
      const log = await engine.open(place);
      await appendMany(log, 1_203);
      expect(await log.trim({ ...all, rememberSince: Infinity })).toBe(1_203);
      expect(await readAll(log)).toEqual([]);
      await log.close();
      const again = await openAt(place);
      expect(await append(again, 'next')).toEqual({ seq: 1_204, duplicate: false });
      expect((await readAll(again)).map(textOf)).toEqual(['next']);
    });

    it('lets appends through while it trims', async () => {
      const log = await openNew();
      await appendMany(log, 3_000);
      const trimming = log.trim({ ...all, upTo: 2_900, rememberSince: Infinity });
      const appended = await Promise.all([append(log, 'x'), append(log, 'y')]);
      expect(appended.map(({ seq }) => seq)).toEqual([3_001, 3_002]);
      expect(await trimming).toBe(2_900);
      expect((await readAll(log)).map(({ seq }) => seq)).toEqual(
        Array.from({ length: 102 }, (_, index) => 2_901 + index),
      );
    });
  });

  describe(`${engine.name} log: killed at any moment`, () => {
    it('holds every acknowledged delivery exactly once, in a row of numbers without gaps', async () => {
      const tally = await killRounds('honest', 15);
      expect(tally.acknowledged).toBeGreaterThan(100);
      expect(tally).toMatchObject({ lost: 0, twice: 0, gaps: 0, lineGaps: 0 });
      expect(tally.counted).toBe(engine.countsLines ? tally.stored : 0);
    }, 60_000);

    it('would be caught losing deliveries if it acknowledged before the commit', async () => {
      const tally = await killRounds('hasty', 5);
      expect(tally.lost).toBeGreaterThan(0);
    }, 60_000);
  });

  /** Kills an appending process time after time over one log, then compares what it acknowledged with what is stored. */
  async function killRounds(manner: 'honest' | 'hasty', rounds: number) {
    const place = temporaryFolder();
    const seed = Date.now() % 100_000;
    const acknowledged: string[] = [];
    for (let round = 0; round < rounds; round += 1) {
      const ms = 20 + ((seed * 7919 + round * 104_729) % 150);
      acknowledged.push(...(await appendUntilKilled(place, [`r${round}`, manner], ms)));
    }
    const stored = await readAll(await openAt(place));
    const texts = stored.map(textOf);
    const known = new Set(texts);
    const tally = {
      rounds,
      seed,
      acknowledged: acknowledged.length,
      stored: stored.length,
      lost: acknowledged.filter((text) => !known.has(text)).length,
      twice: texts.length - known.size,
      gaps: stored.filter(({ seq }, index) => seq !== index + 1).length,
      counted: stored.filter(({ line }) => line !== null).length,
      lineGaps: lineGapsIn(stored),
    };
    process.stdout.write(`${engine.name} killed (${manner}): ${JSON.stringify(tally)}\n`);
    return tally;
  }

  async function appendUntilKilled(
    place: string,
    args: readonly string[],
    ms: number,
  ): Promise<string[]> {
    const child = spawn(process.execPath, [appender, engine.module, place, ...args], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    let output = '';
    child.stdout.setEncoding('utf8').on('data', (chunk: string) => (output += chunk));
    await once(child.stdout, 'data');
    await pause(ms);
    child.kill('SIGKILL');
    await once(child, 'close');
    // What follows the last line end was cut off while it was written, so nobody has read it as an acknowledgement.
    return output.split('\n').slice(0, -1);
  }
}
