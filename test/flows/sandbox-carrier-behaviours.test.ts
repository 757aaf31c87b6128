import { setTimeout as pause } from 'node:timers/promises';

import { describe, expect, test } from 'vitest';

import { SandboxDesk, ours } from '#test/fakes/sandbox-desk.ts';

type Message = Record<string, unknown> & { readonly status?: string };
type Told = {
  readonly id: string;
  readonly type: string;
  readonly occurred_at: string;
  readonly message?: Message;
  readonly call?: Record<string, unknown>;
  readonly recording?: { readonly url: string; readonly type: string };
};

const numberEnding = (ending: string): string => `+1555010${ending}`;

/** Longer than everything that could still come at the speed of the tests. */
const quiet = (): Promise<void> => pause(250);

const story = (told: readonly Told[]): string[] =>
  told.map(({ type, message, call }) => {
    if (type === 'message.status') return message?.status ?? '';
    return message === undefined ? `${type} ${String(call?.['outcome'] ?? '')}`.trim() : 'reply';
  });

/** Sends a text, waits for so many callbacks (2 where not said) and a while longer, and tells all there ever were. */
async function sendAndWatch(
  desk: SandboxDesk,
  ending: string,
  { calls = 2, ...more }: { readonly calls?: number } & Record<string, unknown> = {},
): Promise<Told[]> {
  const before = desk.receiver.calls.length;
  const { status } = await desk.send(numberEnding(ending), more);
  expect(status).toBe(202);
  await desk.receiver.waitFor(before + calls);
  await quiet();
  return desk.receiver.bodies<Told>();
}

describe('what comes of a text, by the last four digits', () => {
  test('0100: sent, delivered, and a reply that quotes the text', async () => {
    await using desk = await SandboxDesk.open();
    const told = await sendAndWatch(desk, '0100', { text: 'Is Tuesday good? 👍', calls: 3 });
    expect(story(told)).toEqual(['sent', 'delivered', 'reply']);
    expect(told[2]?.message).toMatchObject({ from: numberEnding('0100'), to: ours, part: null });
    expect(told[2]?.message?.['text']).toContain('"Is Tuesday good? 👍"');
  });

  test.each(['0101', '0999', '1234'])('%s: sent, delivered, silent', async (ending) => {
    await using desk = await SandboxDesk.open();
    expect(story(await sendAndWatch(desk, ending))).toEqual(['sent', 'delivered']);
  });

  test('a number of the account’s own: the text comes in there as it was sent', async () => {
    await using desk = await SandboxDesk.open({ numbers: [ours, numberEnding('0104')] });
    const told = await sendAndWatch(desk, '0104', { text: 'From desk to desk', calls: 3 });
    const arrived = told.filter(({ type }) => type === 'message.received');
    expect(arrived.map(({ message }) => message)).toMatchObject([
      { from: ours, to: numberEnding('0104'), text: 'From desk to desk', media: [], part: null },
    ]);
    expect(story(told).toSorted()).toEqual(['delivered', 'reply', 'sent']);
  });

  test('a number outside +1 555 is sent and delivered whatever it ends in', async () => {
    await using desk = await SandboxDesk.open();
    await desk.send('+12125550104');
    await desk.send('+442071830100');
    await desk.receiver.waitFor(4);
    await quiet();
    expect(story(desk.receiver.bodies<Told>()).toSorted()).toEqual([
      'delivered',
      'delivered',
      'sent',
      'sent',
    ]);
  });

  test.each([
    ['0102', 'unreachable'],
    ['0103', 'spam'],
  ])('%s: undelivered, because %s', async (ending, code) => {
    await using desk = await SandboxDesk.open();
    const told = await sendAndWatch(desk, ending);
    expect(story(told)).toEqual(['sent', 'undelivered']);
    expect(told[1]?.message).toMatchObject({ error_code: code, reference: 'ref-1' });
    expect(await desk.list()).toMatchObject([{ status: 'undelivered', error_code: code }]);
  });

  test.each([
    ['0104', 'landline'],
    ['0105', 'opted_out'],
  ])('%s: refused at once: %s', async (ending, code) => {
    await using desk = await SandboxDesk.open();
    const { status, body } = await desk.send(numberEnding(ending));
    expect(status).toBe(422);
    expect(body).toMatchObject({ error: { code, field: 'to' } });
    await quiet();
    expect(desk.receiver.calls).toHaveLength(0);
    expect(await desk.list()).toEqual([]);
  });

  test('0106: accepted, and no receipt ever', async () => {
    await using desk = await SandboxDesk.open({ speed: 1_000 });
    expect(await sendAndWatch(desk, '0106', { calls: 0 })).toEqual([]);
    expect(await desk.list()).toMatchObject([{ status: 'accepted', error_code: null }]);
  });

  test('0107: 429 with Retry-After twice for that reference, then delivered', async () => {
    await using desk = await SandboxDesk.open();
    for (let turn = 0; turn < 2; turn += 1) {
      const { status, headers } = await desk.send(numberEnding('0107'), { reference: 'same' });
      expect([status, headers.get('retry-after')]).toEqual([429, '1']);
    }
    expect(await desk.list()).toEqual([]);
    expect(story(await sendAndWatch(desk, '0107', { reference: 'same' }))).toEqual([
      'sent',
      'delivered',
    ]);
    expect((await desk.send(numberEnding('0107'), { reference: 'another' })).status).toBe(429);
  });

  test('0108: taken, the reply never comes, the list shows it, and only then do receipts come', async () => {
    await using desk = await SandboxDesk.open({ speed: 1_000 });
    const gone = new AbortController();
    const sending = desk.send(numberEnding('0108'), {}, gone.signal).then(
      () => 'answered',
      () => 'gave up',
    );
    expect(await Promise.race([sending, pause(400, 'silence')])).toBe('silence');
    gone.abort();
    expect(await sending).toBe('gave up');
    expect(desk.receiver.calls).toHaveLength(0);
    expect(await desk.list()).toMatchObject([{ status: 'accepted', reference: 'ref-1' }]);
    await desk.receiver.waitFor(2);
    expect(story(desk.receiver.bodies<Told>())).toEqual(['sent', 'delivered']);
    expect(await desk.list()).toMatchObject([{ status: 'delivered' }]);
    await quiet();
    expect(desk.receiver.calls).toHaveLength(2);
  });

  test('0109: replies with a picture', async () => {
    await using desk = await SandboxDesk.open();
    const told = await sendAndWatch(desk, '0109', { calls: 3 });
    expect(story(told)).toEqual(['sent', 'delivered', 'reply']);
    expect(told[2]?.message).toMatchObject({
      media: [{ url: expect.stringContaining(`${desk.carrier.url}/v1/media/`), type: 'image/png' }],
    });
  });

  test('0110: replies STOP to the first text of a pair alone', async () => {
    await using desk = await SandboxDesk.open();
    const first = await sendAndWatch(desk, '0110', { calls: 3 });
    expect(first[2]?.message).toMatchObject({ text: 'STOP', from: numberEnding('0110') });
    const both = await sendAndWatch(desk, '0110', { text: 'START' });
    expect(story(both)).toEqual(['sent', 'delivered', 'reply', 'sent', 'delivered']);
    const fromAnother = await sendAndWatch(desk, '0110', { from: '+15550100002', calls: 3 });
    expect(story(fromAnother).slice(5)).toEqual(['sent', 'delivered', 'reply']);
  });

  test('0111: a long text in three parts, out of order, one of them twice', async () => {
    await using desk = await SandboxDesk.open();
    const told = (await sendAndWatch(desk, '0111', { calls: 6 })).slice(2);
    expect(story(told)).toEqual(['reply', 'reply', 'reply', 'reply']);
    const parts = told.map(({ id, message }) => ({
      event: id,
      message: message?.['id'],
      text: String(message?.['text']),
      ...(message?.['part'] as { reference: number; total: number; sequence: number }),
    }));
    const order = parts.map((part) => part.sequence);
    expect(order.toSorted()).toEqual([1, 2, 3, 3]);
    expect(order).not.toEqual(order.toSorted());
    expect(new Set(parts.map((part) => `${part.reference} of ${part.total}`)).size).toBe(1);
    expect(parts[0]?.reference).toBeLessThan(256);
    expect(new Set(parts.map((part) => part.message)).size).toBe(3);
    expect(new Set(parts.map((part) => part.event)).size).toBe(4);
    const whole = [1, 2, 3].map((wanted) => parts.find((part) => part.sequence === wanted)?.text);
    expect(whole.slice(0, 2).map((text) => text?.length)).toEqual([153, 153]);
    expect(whole.join('')).toMatch(/^Thank you for asking.*Many thanks from all of us\.$/);
  });

  test('0111 twice: the second long text has a reference of its own', async () => {
    await using desk = await SandboxDesk.open();
    await sendAndWatch(desk, '0111', { calls: 6 });
    const told = await sendAndWatch(desk, '0111', { calls: 6 });
    const references = told.flatMap(({ message }) => {
      const part = message?.['part'] as { reference: number } | null | undefined;
      return part === null || part === undefined ? [] : [part.reference];
    });
    expect(references).toHaveLength(8);
    expect(new Set(references).size).toBe(2);
  });

  test('0112: a missed call from us, and a voicemail with its sound', async () => {
    await using desk = await SandboxDesk.open();
    const told = await sendAndWatch(desk, '0112', { calls: 4 });
    expect(story(told)).toEqual(['sent', 'delivered', 'call.ended missed', 'voicemail.left']);
    const between = { direction: 'out', from: ours, to: numberEnding('0112') };
    expect(told[2]?.call).toMatchObject({ ...between, seconds: 0 });
    expect(told[3]?.call).toEqual({ ...between, id: told[2]?.call?.['id'] });
    expect(told[3]).toMatchObject({ seconds: 3, recording: { type: 'audio/wav' } });
  });

  test('0113: receipts before the reply of the send, doubled and in reverse order', async () => {
    await using desk = await SandboxDesk.open();
    const { status } = await desk.send(numberEnding('0113'));
    expect(status).toBe(202);
    const told = desk.receiver.bodies<Told>();
    expect(story(told)).toEqual(['delivered', 'delivered', 'sent', 'sent']);
    expect(told[0]?.id).toBe(told[1]?.id);
    expect(told[2]?.id).toBe(told[3]?.id);
    expect(Date.parse(told[2]?.occurred_at ?? '')).toBeLessThan(
      Date.parse(told[0]?.occurred_at ?? ''),
    );
    await quiet();
    expect(desk.receiver.calls).toHaveLength(4);
    expect(await desk.list()).toMatchObject([{ status: 'delivered' }]);
  });

  test('0113 where the webhook hangs: the reply comes all the same', async () => {
    await using desk = await SandboxDesk.open();
    desk.receiver.answerNext('hang');
    const start = performance.now();
    expect((await desk.send(numberEnding('0113'))).status).toBe(202);
    expect(performance.now() - start).toBeGreaterThan(1_000);
  });

  test('0114: replies HELP', async () => {
    await using desk = await SandboxDesk.open();
    const told = await sendAndWatch(desk, '0114', { calls: 3 });
    expect(told[2]?.message).toMatchObject({ text: 'HELP', from: numberEnding('0114') });
    const text = 'Support: For help, call us. Reply STOP to opt out.';
    const after = await sendAndWatch(desk, '0114', { text });
    expect(story(after.slice(told.length))).toEqual(['sent', 'delivered']);
  });
});

test('at speed 1 it acts at human pace', async () => {
  await using desk = await SandboxDesk.open({ speed: 1 });
  const start = performance.now();
  await desk.send(numberEnding('0100'));
  const times: number[] = [];
  for (const count of [1, 2, 3]) {
    await desk.receiver.waitFor(count);
    times.push(performance.now() - start);
  }
  const [sent = 0, delivered = 0, reply = 0] = times;
  expect(sent).toBeGreaterThan(200);
  expect(sent).toBeLessThan(700);
  expect(delivered).toBeGreaterThan(700);
  expect(delivered).toBeLessThan(1_400);
  expect(reply).toBeGreaterThan(1_400);
  expect(reply).toBeLessThan(2_700);
});
