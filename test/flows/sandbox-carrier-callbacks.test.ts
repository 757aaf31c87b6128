import { createHmac } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';

import Database from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';

import { startSandboxCarrier } from '#main/sandbox-carrier/start-sandbox-carrier.ts';
import { closedPort } from '#test/fakes/raw-server.ts';
import { SandboxDesk, sandboxOptions, webhookSecret } from '#test/fakes/sandbox-desk.ts';
import { SandboxProcess } from '#test/fakes/sandbox-process.ts';
import { WebhookReceiver } from '#test/fakes/webhook-receiver.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'trunkline-sandbox-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const states = (desk: SandboxDesk): unknown[] =>
  desk.receiver
    .bodies<{ message: { status?: string; text?: string } }>()
    .map(({ message }) => message.status ?? message.text);

test('every callback is a POST of JSON with a fresh time and a signature over both', async () => {
  await using desk = await SandboxDesk.open();
  await desk.send('+15550100101');
  for (const call of await desk.receiver.waitFor(2)) {
    const timestamp = call.headers['x-sandbox-timestamp'] ?? '';
    expect(Math.abs(Number(timestamp) * 1_000 - Date.now())).toBeLessThan(5_000);
    const signed = createHmac('sha256', webhookSecret).update(`${timestamp}.`).update(call.body);
    expect(call.headers['x-sandbox-signature']).toBe(signed.digest('hex'));
    expect(call.method).toBe('POST');
    expect(call.headers['content-type']).toBe('application/json');
  }
});

describe('a callback that was not taken', () => {
  test('is posted again with the same id, and lets the next ones pass', async () => {
    await using desk = await SandboxDesk.open();
    desk.receiver.answerNext(503, 204, 307);
    await desk.send('+15550100100', { text: 'Hi' });
    await desk.receiver.waitFor(5);
    await pause(250);
    const ids = desk.receiver.bodies<{ id: string }>().map(({ id }) => id);
    expect(ids).toHaveLength(5);
    expect(new Set(ids).size).toBe(3);
    const [sent, delivered] = ids;
    expect(delivered).not.toBe(sent);
    expect(ids.slice(2)).toContain(sent);
    expect(ids.slice(2)).not.toContain(delivered);
  });

  test('is given up after six tries with growing pauses', async () => {
    await using desk = await SandboxDesk.open({ speed: 200 });
    desk.receiver.answerNext(...Array<number>(12).fill(500));
    const times: number[] = [];
    await desk.send('+15550100101');
    for (let count = 1; count <= 12; count += 1) {
      await desk.receiver.waitFor(count);
      times.push(performance.now());
    }
    const [first = 0, last = 0] = [times[0], times.at(-1)];
    expect(last - first).toBeGreaterThan((1_000 + 3_000 + 10_000 + 30_000 + 120_000) / 200);
    await pause(1_000);
    expect(desk.receiver.calls).toHaveLength(12);
    expect(await desk.list()).toMatchObject([{ status: 'delivered' }]);
  });

  test('because nobody listened is posted once somebody does', async () => {
    await using desk = await SandboxDesk.open();
    desk.carrier.setWebhookUrl(`http://127.0.0.1:${await closedPort()}/`);
    await desk.send('+15550100101');
    await pause(80);
    desk.carrier.setWebhookUrl(desk.receiver.url);
    await desk.receiver.waitFor(2);
    expect(states(desk).toSorted()).toEqual(['delivered', 'sent']);
  });
});

test('without a webhook address callbacks wait, and come in their order once there is one', async () => {
  await using desk = await SandboxDesk.open();
  desk.carrier.setWebhookUrl(null);
  await desk.send('+15550100114');
  await pause(200);
  expect(desk.receiver.calls).toHaveLength(0);
  desk.carrier.setWebhookUrl(desk.receiver.url);
  await desk.receiver.waitFor(3);
  expect(states(desk)).toEqual(['sent', 'delivered', 'HELP']);
});

test('a receiver that hangs on one pair does not keep the others waiting', async () => {
  await using desk = await SandboxDesk.open();
  desk.receiver.answerNext('hang');
  await desk.send('+15550100101');
  await desk.receiver.waitFor(1);
  await desk.send('+15550100201');
  await desk.receiver.waitFor(3);
  const to = desk.receiver.bodies<{ message: { to: string } }>().map(({ message }) => message.to);
  expect(to.slice(1)).toEqual(['+15550100201', '+15550100201']);
});

test('many texts at once: every callback comes once, each pair in its order', async () => {
  await using desk = await SandboxDesk.open({ speed: 50 });
  const numbers = Array.from({ length: 60 }, (_, index) => `+1555${1_000_101 + index * 10_000}`);
  await Promise.all(numbers.map(async (to) => await desk.send(to)));
  await desk.receiver.waitFor(120, 15_000);
  const told = desk.receiver.bodies<{ message: { to: string; status: string } }>();
  for (const to of numbers)
    expect(
      told.filter(({ message }) => message.to === to).map(({ message }) => message.status),
    ).toEqual(['sent', 'delivered']);
  expect(told).toHaveLength(120);
});

describe('over a restart', () => {
  test('the list still tells the truth, and what was due is still posted', async () => {
    const dataFile = path.join(folder, 'carrier.db');
    const before = await SandboxDesk.open({ dataFile, speed: 0.5 });
    await before.send('+15550100109', { reference: 'kept' });
    const [listed] = await before.list();
    await before[Symbol.asyncDispose]();
    expect(before.receiver.calls).toHaveLength(0);

    await using after = await SandboxDesk.open({ dataFile, speed: 0.5 });
    expect(await after.list()).toMatchObject([{ id: listed?.['id'], reference: 'kept' }]);
    await after.receiver.waitFor(3, 10_000);
    expect(states(after)).toEqual(['sent', 'delivered', 'Here is the picture.']);
    const picture = after.receiver.bodies<{ message: { media: { url: string }[] } }>()[2];
    expect(picture?.message.media[0]?.url).toContain(after.carrier.url);
  });

  test('429 counts, first texts and held receipts are remembered', async () => {
    const dataFile = path.join(folder, 'carrier.db');
    const before = await SandboxDesk.open({ dataFile });
    expect((await before.send('+15550100107', { reference: 'busy' })).status).toBe(429);
    await before.send('+15550100110');
    await before.send('+15550100108', {}, AbortSignal.timeout(400)).catch(() => undefined);
    await before.receiver.waitFor(3);
    await before[Symbol.asyncDispose]();

    await using after = await SandboxDesk.open({ dataFile });
    expect((await after.send('+15550100107', { reference: 'busy' })).status).toBe(429);
    await after.send('+15550100110', { reference: 'second' });
    await after.receiver.waitFor(2);
    await pause(200);
    expect(states(after)).toEqual(['sent', 'delivered']);
    expect(await after.list(`?to=${encodeURIComponent('+15550100108')}`)).toHaveLength(1);
    await after.receiver.waitFor(4);
    expect(states(after).slice(2)).toEqual(['sent', 'delivered']);
  });

  test('what was broken off while it was posted is posted again', async () => {
    const dataFile = path.join(folder, 'carrier.db');
    const before = await SandboxDesk.open({ dataFile });
    before.receiver.answerNext('hang');
    await before.send('+15550100101');
    await before.receiver.waitFor(1);
    const start = performance.now();
    await before[Symbol.asyncDispose]();
    expect(performance.now() - start).toBeLessThan(1_000);

    await using after = await SandboxDesk.open({ dataFile });
    await after.receiver.waitFor(2);
    expect(states(after)).toEqual(['sent', 'delivered']);
    expect(after.receiver.bodies()[0]?.['id']).toBe(before.receiver.bodies()[0]?.['id']);
  });

  test('a text answered with 202 survives a kill in the same moment', async () => {
    const dataFile = path.join(folder, 'carrier.db');
    for (let round = 0; round < 5; round += 1) {
      const killed = await SandboxProcess.start(dataFile);
      const answer = await killed.send('+15550100101', `round-${round}`);
      killed.kill();
      expect(answer.status).toBe(202);
      await killed.ended;
    }
    await using after = await SandboxDesk.open({ dataFile });
    const kept = (await after.list()).map((each) => each['reference']);
    expect(kept).toEqual(['round-4', 'round-3', 'round-2', 'round-1', 'round-0']);
    await after.receiver.waitFor(10);
    expect(states(after).toSorted()).toEqual([
      ...Array<string>(5).fill('delivered'),
      ...Array<string>(5).fill('sent'),
    ]);
  });

  test("another program's file is left alone", async () => {
    const dataFile = path.join(folder, 'other.db');
    const other = new Database(dataFile);
    other.exec('CREATE TABLE precious (x)');
    other.close();
    await expect(startSandboxCarrier(sandboxOptions({ dataFile }))).rejects.toThrow(
      'not a file of this sandbox carrier',
    );
    const again = new Database(dataFile);
    expect(again.prepare('SELECT name FROM sqlite_schema').pluck().all()).toEqual(['precious']);
    again.close();
  });
});

describe('a seed', () => {
  const run = async (seed: number): Promise<{ words: string; gaps: number[] }> => {
    await using desk = await SandboxDesk.open({ seed });
    for (const ending of ['0100', '0111', '0112', '0100']) await desk.send(`+1555010${ending}`);
    await desk.receiver.waitFor(16);
    const told = desk.receiver.bodies<{ id: string; occurred_at: string }>();
    const sorted = told.toSorted((a, b) => (a.id < b.id ? -1 : 1));
    const words = sorted.map(({ occurred_at: _at, ...rest }) => rest);
    const replies = told.filter((each) => JSON.stringify(each).includes('You wrote'));
    const list = await desk.list(`?to=${encodeURIComponent('+15550100100')}`);
    const gaps = replies.map(
      (each, index) =>
        Date.parse(each.occurred_at) - Date.parse(String(list.at(-1 - index)?.['created_at'])),
    );
    const host = new RegExp(desk.carrier.url, 'g');
    return { words: JSON.stringify(words).replace(host, ''), gaps };
  };

  test('repeated repeats every id, word and delay; another one differs', async () => {
    const [one, same, other] = [await run(1), await run(1), await run(2)];
    expect(same).toEqual(one);
    expect(one.gaps).toHaveLength(2);
    expect(other.words).not.toBe(one.words);
    expect(other.gaps).not.toEqual(one.gaps);
  });
});

describe('stopping', () => {
  test('breaks off held replies and waiting callbacks at once, and may be asked for twice', async () => {
    const receiver = await WebhookReceiver.start('sandbox');
    const carrier = await startSandboxCarrier(sandboxOptions({ speed: 1 }));
    carrier.setWebhookUrl(receiver.url);
    const headers = { authorization: 'Bearer key-for-the-sandbox' };
    const body = { from: '+15550100001', to: '+15550100108', text: 'x', reference: 'r' };
    const held = fetch(`${carrier.url}/v1/messages`, {
      method: 'POST',
      headers,
      body: JSON.stringify(body),
    }).then(
      () => 'answered',
      () => 'broken off',
    );
    await pause(100);
    const start = performance.now();
    await Promise.all([carrier.stop(), carrier.stop()]);
    expect(performance.now() - start).toBeLessThan(500);
    expect(await held).toBe('broken off');
    await expect(fetch(`${carrier.url}/v1/numbers`, { headers })).rejects.toThrow('fetch failed');
    await receiver[Symbol.asyncDispose]();
    expect(receiver.calls).toHaveLength(0);
  });
});
