import { createServer } from 'node:net';
import path from 'node:path';

import { describe, expect, it, onTestFinished } from 'vitest';

import { systemClock } from '#main/log/system-clock.ts';
import { startRelay } from '#main/relay/start-relay.ts';
import { textOf } from '#test/fakes/deliveries.ts';
import { RawCaller } from '#test/fakes/raw-caller.ts';
import { connection, connections, RelayDesk } from '#test/fakes/relay-desk.ts';
import { signingGuard } from '#test/fakes/signing-guard.ts';
import { temporaryFolder } from '#test/fakes/temporary-folder.ts';

describe('relay: health, start and stop', () => {
  it('says how it is at /healthz', async () => {
    const desk = await RelayDesk.start();
    await desk.post();
    const answer = await fetch(`${desk.relay.url}/healthz`);
    expect(answer.status).toBe(200);
    expect(await answer.json()).toMatchObject({
      ok: true,
      lastSeq: 1,
      uptimeSeconds: expect.any(Number),
      log: { problem: null, trimmedThrough: 0, bytes: expect.any(Number) },
    });
  });

  it('counts everything at /metrics in the form Prometheus reads', async () => {
    const desk = await RelayDesk.start();
    await desk.post({ id: 'a' });
    await desk.post({ id: 'a' });
    await desk.post({ secret: 'wrong' });
    await desk.post({ target: '/hooks/acme/c9' });
    const answer = await fetch(`${desk.relay.url}/metrics`);
    const text = await answer.text();
    expect(answer.headers.get('content-type')).toBe('text/plain; version=0.0.4');
    for (const line of [
      'trunkline_relay_received_total 2',
      'trunkline_relay_duplicates_total 1',
      'trunkline_relay_refused_total{reason="not-authentic"} 1',
      'trunkline_relay_refused_total{reason="unknown-connection"} 1',
      'trunkline_relay_commit_errors_total 0',
      'trunkline_relay_commit_seconds_bucket{le="+Inf"} 2',
      'trunkline_relay_commit_seconds_count 2',
      'trunkline_relay_log_last_seq 1',
      '# TYPE trunkline_relay_commit_seconds histogram',
    ])
      expect(text.split('\n')).toContain(line);
    expect(text.endsWith('\n')).toBe(true);
  });

  it('says in a sentence that its port is in use', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    await new Promise((resolve) => other.once('listening', resolve));
    onTestFinished(() => void other.close());
    const { port } = other.address() as { port: number };
    await expect(RelayDesk.start({ port })).rejects.toMatchObject({
      name: 'RelayFailure',
      message: expect.stringMatching(new RegExp(`^Port ${port} is in use: `)),
    });
  });

  it.each([
    [{ port: 70_000 }, /^Port 70000 does not exist: /],
    [{ host: '203.0.113.1' }, /^203\.0\.113\.1 is no address of this machine: /],
  ])('says in a sentence why it cannot listen with %j', async (options, sentence) => {
    await expect(RelayDesk.start(options)).rejects.toMatchObject({
      name: 'RelayFailure',
      message: expect.stringMatching(sentence),
    });
  });

  it('says in a sentence why its log cannot be opened', async () => {
    const dataFile = path.join(temporaryFolder(), 'nowhere', 'relay.db');
    await expect(RelayDesk.start({ dataFile })).rejects.toMatchObject({ name: 'RelayFailure' });
  });

  it('lets what is under way be stored and answered before it stops', async () => {
    const desk = await RelayDesk.start();
    await desk.post();
    const texts = Array.from({ length: 30 }, (_, index) => `under way ${index}`);
    const ended = Promise.allSettled(texts.map((body) => desk.post({ body })));
    while (desk.relay.stats().received < 2) await new Promise((resolve) => setImmediate(resolve));
    const started = performance.now();
    await desk.relay.stop();
    expect(performance.now() - started).toBeLessThan(2_500);
    const ends = await ended;
    const answered = texts.filter((_, index) => {
      const end = ends[index];
      return end?.status === 'fulfilled' && end.value.status === 200;
    });
    const again = await RelayDesk.start({ dataFile: desk.file });
    expect(answered.length).toBeGreaterThan(0);
    expect((await again.stored()).map(textOf)).toEqual(expect.arrayContaining(answered));
    await expect(desk.post()).rejects.toThrow();
  });

  it('stores and answers the call during which it is told to stop', async () => {
    let stopped: Promise<void> | undefined;
    const guard = {
      ...signingGuard('right'),
      authenticate: (): 'authentic' => {
        stopped ??= desk.relay.stop();
        return 'authentic';
      },
    };
    const findConnection = connections({ 'acme/c1': connection({ guard }) });
    const desk = await RelayDesk.start({ findConnection });
    const caller = await RawCaller.open(desk.port);
    expect(await caller.send(desk.bytesFor({ body: 'last' })).untilClosed()).toEqual([200]);
    await stopped;
    const again = await RelayDesk.start({ dataFile: desk.file });
    expect((await again.stored()).map(textOf)).toEqual(['last']);
  });

  it('stops within two seconds though a caller hangs in the middle of a body', async () => {
    const relay = await startRelay({
      dataFile: path.join(temporaryFolder(), 'relay.db'),
      host: '127.0.0.1',
      port: 0,
      clock: systemClock,
      findConnection: connections({ 'acme/c1': connection() }),
    });
    const stream = new ReadableStream({ start: (it) => it.enqueue(Buffer.from('half')) });
    const hanging = fetch(`${relay.url}/hooks/acme/c1`, {
      method: 'POST',
      body: stream,
      duplex: 'half',
    } as RequestInit);
    const hungUp = expect(hanging).rejects.toThrow();
    await new Promise((resolve) => setTimeout(resolve, 100));
    const started = performance.now();
    await relay.stop();
    expect(performance.now() - started).toBeLessThan(2_500);
    await hungUp;
  });
});
