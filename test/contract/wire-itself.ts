import { describe, expect, it } from 'vitest';

import { maxAnswerUnits } from '#shared/contract/frames.ts';
import { maxFrameUnits, type Wire } from '#shared/contract/wire.ts';

import { pairPerTest } from './pair-per-test.ts';
import type { OpenPair } from './wire-suite.ts';

const ends = ['screen', 'host'] as const;

/** The promises of `Wire` alone, whatever its frames say. */
export function describeWireItself(openPair: OpenPair): void {
  const open = pairPerTest(openPair);

  describe.each(ends)('from the %s', (from) => {
    const to = from === 'screen' ? 'host' : 'screen';

    it('delivers 1,000 frames whole and in order', async () => {
      const pair = await open();
      const sent = Array.from(
        { length: 1_000 },
        (_, i) => `${i} – “ünïcödé” 😀 \u0000 ${'x'.repeat(i)}`,
      );
      const heard = collect(pair[to], sent.length);
      for (const frame of sent) pair[from].send(frame);
      expect(await heard).toEqual(sent);
    });

    it('does not deliver before send returns', async () => {
      const pair = await open();
      const heard: string[] = [];
      pair[to].onFrame((frame) => heard.push(frame));
      pair[from].send('a');
      expect(heard).toEqual([]);
    });

    it('keeps what arrives early for the first listener', async () => {
      const pair = await open();
      pair[from].send('early');
      await until(pair[from], pair[to]);
      expect(await collect(pair[to], 1)).toEqual(['early']);
    });

    it('carries the longest frame of the widest characters', async () => {
      const pair = await open();
      const longest = '漢'.repeat(from === 'screen' ? maxFrameUnits : maxAnswerUnits);
      const heard = collect(pair[to], 1);
      pair[from].send(longest);
      expect((await heard)[0] === longest).toBe(true);
    });

    it('stops telling a listener that has left, and goes on telling the others', async () => {
      const pair = await open();
      const left: string[] = [];
      pair[to].onFrame((frame) => left.push(frame))();
      const heard = collect(pair[to], 1);
      pair[from].send('a');
      expect(await heard).toEqual(['a']);
      expect(left).toEqual([]);
    });

    it('tells both ends of a close once, and a late listener at once', async () => {
      const pair = await open();
      let told = 0;
      const both = Promise.all(ends.map((end) => closed(pair[end])));
      for (const end of ends) pair[end].onClose(() => (told += 1));
      pair[from].close();
      pair[from].close();
      await both;
      for (const end of ends) pair[end].close();
      expect(told).toBe(2);
      for (const end of ends) pair[end].onClose(() => (told += 1));
      expect(told).toBe(4);
    });

    it('delivers nothing after the close and throws nothing', async () => {
      const pair = await open();
      const heard: string[] = [];
      for (const end of ends) pair[end].onFrame((frame) => heard.push(frame));
      pair[from].close();
      for (const end of ends) pair[end].send('late');
      await closed(pair[to]);
      for (const end of ends) pair[end].send('later');
      await new Promise((resolve) => setTimeout(resolve, 20));
      expect(heard).toEqual([]);
    });

    it('does not tell a close listener that has left', async () => {
      const pair = await open();
      let told = 0;
      pair[to].onClose(() => (told += 1))();
      pair[from].close();
      await closed(pair[to]);
      expect(told).toBe(0);
    });
  });
}

function collect(wire: Wire, count: number): Promise<string[]> {
  const heard: string[] = [];
  return new Promise((resolve) => {
    wire.onFrame((frame) => {
      heard.push(frame);
      if (heard.length === count) resolve(heard);
    });
  });
}

function closed(wire: Wire): Promise<void> {
  return new Promise((resolve) => wire.onClose(resolve));
}

/** Waits until what was sent before has surely arrived: a frame the other way is answered only after it. */
async function until(from: Wire, to: Wire): Promise<void> {
  const heard = collect(from, 1);
  to.send('mark');
  await heard;
  await new Promise((resolve) => setTimeout(resolve, 20));
}
