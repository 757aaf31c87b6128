import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';

import { jetstream, jetstreamManager, type JetStreamManager } from '@nats-io/jetstream';
import { connect } from '@nats-io/transport-node';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';

import type { DeliveryLog } from '#main/relay/delivery-log.ts';
import { openJetstreamLog, type JetstreamOptions } from '#main/relay/jetstream-log.ts';
import { deliveryOf, readAll, textOf } from '#test/fakes/deliveries.ts';
import { natsMissing, NatsServer } from '#test/fakes/nats-servers.ts';

const mebibyte = 1024 ** 2;
const start = 1_760_000_000_000;

describe.skipIf(natsMissing())('JetStream log: its streams', () => {
  let server: NatsServer;

  beforeAll(async () => {
    server = await NatsServer.start();
  });
  afterAll(() => server.remove());

  async function openLog(more: Partial<JetstreamOptions> = {}): Promise<DeliveryLog> {
    const log = await openJetstreamLog({
      servers: [server.url],
      workspace: randomUUID(),
      replicas: 1,
      maxBytes: 10 * mebibyte,
      allowUnsyncedServer: true,
      ...more,
    });
    onTestFinished(() => log.close());
    return log;
  }

  /** A client of our own, to look at the streams or to change them as an administrator might. */
  async function manage(): Promise<JetStreamManager> {
    const connection = await connect({ servers: server.url });
    onTestFinished(() => connection.close());
    return jetstreamManager(connection);
  }

  const streamOf = (log: DeliveryLog): string => log.id.split('@')[0] ?? '';
  const append = (log: DeliveryLog, text: string) => log.append(deliveryOf(text), text);

  it('knows a repeat after the server has forgotten its message id, where the id alone would not', async () => {
    const log = await openLog();
    const { streams } = await manage();
    const connection = await connect({ servers: server.url });
    onTestFinished(() => connection.close());
    const windowMs = 100;
    await streams.update(streamOf(log), { duplicate_window: windowMs * 1e6 });
    await streams.add({ name: 'IDS', subjects: ['ids'], duplicate_window: windowMs * 1e6 });
    const js = jetstream(connection);
    const seqs: number[] = [];
    for (let repeat = 0; repeat < 2; repeat += 1) {
      expect(await append(log, 'a')).toEqual({ seq: 1, duplicate: repeat > 0 });
      seqs.push((await js.publish('ids', 'a', { msgID: 'a' })).seq);
      await pause(windowMs * 4);
    }
    expect(seqs).toEqual([1, 2]);
    expect(await readAll(log)).toHaveLength(1);
  });

  it('numbers without a gap and tells one first, though two relays append the same at once', async () => {
    const workspace = randomUUID();
    const logs = [await openLog({ workspace }), await openLog({ workspace })];
    const texts = Array.from({ length: 300 }, (_, index) => `text ${index}`);
    const appended = await Promise.all(
      texts.flatMap((text) => logs.map(async (log) => ({ text, ...(await append(log, text)) }))),
    );
    const firsts = appended.filter(({ duplicate }) => !duplicate);
    expect(new Set(firsts.map(({ text }) => text)).size).toBe(texts.length);
    expect(firsts).toHaveLength(texts.length);
    for (const log of logs) {
      const stored = await readAll(log);
      expect(stored.map(({ seq }) => seq)).toEqual(texts.map((_, index) => index + 1));
      const places = new Map(stored.map((each) => [textOf(each), each.seq]));
      expect(appended.every(({ text, seq }) => places.get(text) === seq)).toBe(true);
    }
  });

  it('tells listeners of what another relay appends, and shows it to them', async () => {
    const workspace = randomUUID();
    const [here, there] = [await openLog({ workspace }), await openLog({ workspace })];
    expect(here.id).toBe(there.id);
    const heard = new Promise<number>((resolve) => here.onAppended(resolve));
    await append(there, 'from there');
    expect(await heard).toBe(1);
    expect((await readAll(here)).map(textOf)).toEqual(['from there']);
  });

  it('lets every relay know how far one of them has trimmed', async () => {
    const workspace = randomUUID();
    const [here, there] = [await openLog({ workspace }), await openLog({ workspace })];
    for (const text of ['a', 'b', 'c']) await append(here, text);
    const allowed = { receivedBefore: Infinity, rememberSince: 0 };
    expect(await here.trim({ ...allowed, upTo: 2 })).toBe(2);
    expect(await there.trim({ ...allowed, upTo: 1 })).toBe(0);
    expect(await there.health()).toMatchObject({ trimmedThrough: 2, lastSeq: 3 });
    expect((await readAll(there)).map(textOf)).toEqual(['c']);
  });

  it('removes what is trimmed from the server as soon as its key may be forgotten', async () => {
    const log = await openLog();
    for (const text of ['a', 'b', 'c']) await append(log, text);
    const { streams } = await manage();
    const kept = async () => (await streams.info(streamOf(log))).state;
    const allowed = { receivedBefore: Infinity, upTo: Infinity };
    await log.trim({ ...allowed, rememberSince: start - 1 });
    expect(await kept()).toMatchObject({ messages: 3 });
    await log.trim({ ...allowed, rememberSince: Infinity });
    expect(await kept()).toMatchObject({ messages: 1, first_seq: 3, last_seq: 3 });
  });

  it('refuses at its limit and drops nothing, knows repeats, and goes on without a gap once there is room', async () => {
    const log = await openLog({ maxBytes: mebibyte });
    const body = 'x'.repeat(50_000);
    const taken: string[] = [];
    const fill = async (): Promise<void> => {
      for (;;) {
        await append(log, `${taken.length} ${body}`);
        taken.push(`${taken.length} ${body}`);
      }
    };
    await expect(fill()).rejects.toMatchObject({ name: 'LogFailure', reason: 'full' });
    expect(taken.length).toBeGreaterThan(15);
    expect(await log.health()).toMatchObject({
      ok: false,
      problem: expect.stringMatching(/no room left/),
    });
    expect(await append(log, taken[0] ?? '')).toEqual({ seq: 1, duplicate: true });
    expect((await readAll(log)).map(textOf)).toEqual(taken);
    expect(await append(log, 'small')).toEqual({ seq: taken.length + 1, duplicate: false });
    expect(await log.health()).toMatchObject({
      ok: true,
      problem: expect.stringMatching(/has used 9\d %/),
    });
    await log.trim({ receivedBefore: Infinity, upTo: 10, rememberSince: Infinity });
    expect(await append(log, body)).toEqual({ seq: taken.length + 2, duplicate: false });
    expect(await log.health()).toMatchObject({ ok: true, problem: null });
  });

  it('reads on where a number is missing, and follows what the stream says', async () => {
    const log = await openLog();
    for (const text of ['a', 'b', 'c', 'd']) await append(log, text);
    const { streams } = await manage();
    await streams.purge(streamOf(log), { seq: 3 });
    expect((await readAll(log)).map(({ seq }) => seq)).toEqual([3, 4]);
  });

  it('refuses a stream with settings that would lose deliveries, and leaves it as it is', async () => {
    const { streams } = await manage();
    const workspace = randomUUID();
    const name = `TRUNKLINE_${workspace}_DELIVERIES`;
    await streams.add({
      name,
      subjects: [`trunkline.${workspace}.delivery.*`],
      discard: 'old',
      max_bytes: mebibyte,
    });
    await expect(openLog({ workspace })).rejects.toThrow(/discard is old, not new/);
    expect((await streams.info(name)).config.discard).toBe('old');
  });

  it('says what is wrong with what it is told', async () => {
    await expect(openLog({ workspace: 'Front Desk' })).rejects.toThrow(
      /^workspace: .*small letters/,
    );
    await expect(openLog({ servers: [] })).rejects.toThrow(/^--nats: /);
    await expect(openLog({ servers: ['http://me:hunter2@h'] })).rejects.toThrow(
      expect.objectContaining({ message: expect.not.stringContaining('hunter2') }),
    );
    await expect(openLog({ replicas: 3 })).rejects.toThrow(/three copies needs a cluster/);
  });
});
