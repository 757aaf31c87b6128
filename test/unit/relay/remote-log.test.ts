import { describe, expect, it } from 'vitest';

import { RemoteLog, type RemoteLogParts } from '#main/relay/desktop-end/remote-log.ts';
import { streamLimits } from '#shared/team/stream-frames.ts';

const settled = Promise.resolve();

function open(more: Partial<RemoteLogParts> = {}) {
  const acknowledged: number[] = [];
  const log = new RemoteLog({
    id: 'log',
    after: 0,
    lastSeq: 0,
    trimmedThrough: 0,
    committed: 0,
    ready: () => settled,
    acknowledge: (seq) => void acknowledged.push(seq),
    ...more,
  });
  const raw = { provider: 'p', connectionId: 'c', method: 'POST', url: '', headers: {} };
  const push = (seq: number): boolean =>
    log.push({ type: 'delivery', seq, raw: { ...raw, body: 'aGk=', receivedAt: 0 } });
  /** Pushes these, both included. */
  const pushAll = (from: number, to: number): void => {
    for (let seq = from; seq <= to; seq += 1) push(seq);
  };
  return { log, acknowledged, push, pushAll };
}

const numbersAfter = async (log: RemoteLog, seq: number): Promise<number[]> =>
  (await log.readAfter(seq, 100)).map((stored) => stored.seq);

describe('a log that is elsewhere', () => {
  it('acknowledges what its reader has committed, in pages, and never what was only pushed', async () => {
    const { log, acknowledged, pushAll } = open({ lastSeq: 80 });
    pushAll(1, 80);
    expect(acknowledged).toEqual([]);
    for (let at = 0; at < 80;) at = (await numbersAfter(log, at)).at(-1) ?? 80;
    expect(acknowledged).toEqual([32, 64]);
    expect(log.lag).toBe(16);
    expect(await numbersAfter(log, 80)).toEqual([]);
    expect(acknowledged).toEqual([32, 64, 80]);
    expect(log.lag).toBe(0);
  });

  it('hands over nothing before what was told earlier is kept', async () => {
    let keep = (): void => undefined;
    const keeping = new Promise<void>((resolve) => (keep = resolve));
    const { log, push } = open({ ready: () => keeping });
    push(1);
    let handed: readonly number[] | null = null;
    const reading = numbersAfter(log, 0).then((numbers) => (handed = numbers));
    await new Promise((resolve) => setImmediate(resolve));
    expect(handed).toBeNull();
    keep();
    expect(await reading).toEqual([1]);
  });

  it('acknowledges on a new stream only what came on it', async () => {
    const { log, acknowledged, pushAll } = open();
    pushAll(1, 10);
    await log.readAfter(4, 100);
    log.resume({ after: 4, lastSeq: 10 });
    // Five and six were being taken in when the stream broke.
    await log.readAfter(6, 100);
    expect(acknowledged).toEqual([4]);
    pushAll(5, 10);
    expect(await numbersAfter(log, 6)).toEqual([7, 8, 9, 10]);
    expect(acknowledged).toEqual([4, 6]);
  });

  it('takes numbers upwards alone, holes too, and no more than two windows of them', () => {
    const { push } = open();
    expect([push(1), push(5), push(5), push(3), push(6)]).toEqual([true, true, false, false, true]);
    const full = open();
    full.pushAll(1, 2 * streamLimits.unacknowledged);
    expect(full.push(2 * streamLimits.unacknowledged + 1)).toBe(false);
  });

  it('acknowledges nothing once another has taken its place', async () => {
    const { log, acknowledged, pushAll } = open();
    pushAll(1, 3);
    log.stop();
    await log.readAfter(3, 100);
    expect(acknowledged).toEqual([]);
  });
});
