import { expect, it } from 'vitest';

import { listAttention } from '#main/history/attention.ts';
import { readCursor } from '#main/history/deliveries-seen.ts';
import { pageEntries } from '#main/history/entries.ts';
import { pageThreads } from '#main/history/thread-pages.ts';
import { acceptDelivery } from '#main/inbound/accept-delivery.ts';
import { findProvider } from '#main/providers/registry.ts';
import { followLog } from '#main/relay/follow-log.ts';
import { fakeConnection, historyDesk, ourNumber } from '#test/fakes/history-desk.ts';
import { connections, RelayDesk } from '#test/fakes/relay-desk.ts';
import { webhookSecret } from '#test/fakes/sandbox-desk.ts';
import { signAsSandbox, textEvent } from '#test/fakes/sandbox-hook.ts';

/**
 * What becomes of an authentic body: it is shown as a text; it is stored and then put before a person; it is not stored, with
 * this status.
 */
type Fate = 'shown' | 'attention' | number;

const good = textEvent({ id: '1', text: 'TEXT', to: ourNumber });
const withText = (inJson: string): string => good.replace('"TEXT"', inJson);
const withMore = (more: string): string => good.replace(/}$/, `,${more}}`);
const bytes = (text: string): Buffer => Buffer.from(text, 'latin1');
const manyKeys = Array.from({ length: 20_000 }, (_, index) => `"k${index}":1`).join(',');
const form = (fields: number): string =>
  Array.from({ length: fields }, (_, index) => `f${index}=1`).join('&');

type Bad = readonly [what: string, body: string | Uint8Array, fate: Fate, type?: string];

const bodies: readonly Bad[] = [
  ['as it should be', good, 'shown'],
  ['nothing', '', 'attention'],
  ['a byte that is no UTF-8', bytes(withText('"\xff"')), 'attention'],
  ['UTF-8 cut in the middle', bytes(withText('"\xe2\x82"')), 'attention'],
  ['a letter written too long', bytes(withText('"\xc0\xaf"')), 'attention'],
  ['half of a pair as bytes', bytes(withText('"\xed\xa0\xbd"')), 'attention'],
  ['half of a pair, escaped', withText('"\\ud83d"'), 'shown'],
  ['UTF-16', Buffer.from(good, 'utf16le'), 'attention'],
  [
    'UTF-16 that says so',
    Buffer.from(good, 'utf16le'),
    'attention',
    'application/json; charset=utf-16',
  ],
  ['a byte order mark before it', `\ufeff${good}`, 'shown'],
  ['a byte order mark alone', '\ufeff', 'attention'],
  ['a key twice', withMore('"type":"message.status"'), 'attention'],
  ['the id twice', withMore('"id":"evt_2"'), 'shown'],
  ['__proto__', withMore('"__proto__":{"polluted":true}'), 'shown'],
  ['constructor', withMore('"constructor":{"prototype":{"polluted":true}}'), 'shown'],
  ['__proto__ alone', '{"__proto__":{"id":"x","type":"message.received"}}', 'attention'],
  ['31 deep', withMore(`"deep":${'['.repeat(31)}${']'.repeat(31)}`), 'shown'],
  ['33 deep', withMore(`"deep":${'['.repeat(32)}${']'.repeat(32)}`), 400],
  ['10,000 deep', withMore(`"deep":${'['.repeat(10_000)}${']'.repeat(10_000)}`), 400],
  ['10,000 deep and never closed', '['.repeat(10_000), 400],
  ['20,000 keys', withMore(`"many":{${manyKeys}}`), 'shown'],
  ['a million keys, as far as they fit', `{${'"":0,'.repeat(51_000)}"":0}`, 'attention'],
  ['a million keys', `{${'"":0,'.repeat(1_000_000)}"":0}`, 413],
  ['1e400', withMore('"n":1e400'), 'shown'],
  ['1e400 for a text', withText('1e400'), 'attention'],
  ['-0', withMore('"n":-0'), 'shown'],
  ['NaN', withMore('"n":NaN'), 'attention'],
  ['2^53+1', withMore('"n":9007199254740993'), 'shown'],
  ['a million digits, as far as they fit', withMore(`"n":${'9'.repeat(200_000)}`), 'shown'],
  ['NUL bytes', '\u0000\u0000', 'attention'],
  ['a NUL behind it', `${good}\u0000`, 'attention'],
  ['a NUL in the text', withText('"a\\u0000b"'), 'shown'],
  ['a NUL in the text, not escaped', withText('"a\u0000b"'), 'attention'],
  ['an array instead', `[${good}]`, 'attention'],
  ['null', 'null', 'attention'],
  ['a string', JSON.stringify(good), 'attention'],
  ['two of them', `${good}${good}`, 'attention'],
  ['half of it', good.slice(0, -20), 'attention'],
  ['an event of another type', good.replace('message.received', 'message.reacted'), 'attention'],
  ['a type that is no word', good.replace('"message.received"', '{}'), 'attention'],
  ['no id', good.replace('"id":"evt_1",', ''), 'attention'],
  ['an empty id', good.replace('evt_1', ''), 'attention'],
  ['an id of 10 KB', good.replace('evt_1', 'e'.repeat(10_240)), 'attention'],
  ['an id that is a number', good.replace('"evt_1"', '17'), 'attention'],
  ['an id that is an array', good.replace('"evt_1"', '["evt_1"]'), 'attention'],
  ['an id with a line break', good.replace('evt_1', 'evt\\n1'), 'attention'],
  ['a text of 200 KB', withText(JSON.stringify('€'.repeat(66_000))), 'shown'],
  ['no sender', good.replace('+15550100100', ''), 'attention'],
  ['a form', form(20), 'attention', 'application/x-www-form-urlencoded'],
  ['a form of 10,000 fields', form(10_000), 400, 'application/x-www-form-urlencoded'],
  [
    'a form with JSON in a field',
    `payload=${good}`,
    'attention',
    'application/x-www-form-urlencoded',
  ],
  [
    'a form with halves of escapes',
    'a=%&b=%z1&c=%u20ac',
    'attention',
    'application/x-www-form-urlencoded',
  ],
  ['JSON that calls itself a form', good, 'shown', 'application/x-www-form-urlencoded'],
  ['JSON that calls itself a picture', good, 'shown', 'image/png'],
  [
    'parts of a form',
    '--x\r\ncontent-disposition: form-data; name="a"\r\n\r\n1\r\n--x--',
    'attention',
    'multipart/form-data; boundary=x',
  ],
];

/** A relay with one account of the sandbox, and a history that follows its log. */
async function startDesk() {
  const sandbox = findProvider('sandbox')?.open({
    connectionId: fakeConnection,
    baseUrl: 'http://127.0.0.1:1',
    credentials: { apiKey: 'k', webhookSecret },
    numbers: [ourNumber],
    hooks: [],
  });
  if (sandbox === undefined) throw new Error('there is no sandbox');
  const found = { guard: sandbox.guard, pathSecret: null, publicUrl: null };
  const relay = await RelayDesk.start({
    findConnection: connections({ [`sandbox/${fakeConnection}`]: found }),
  });
  const desk = { ...historyDesk(), adapterOf: () => sandbox.adapter };
  const { log } = relay.relay;
  const post = async (body: string | Uint8Array, type = 'application/json') => {
    const headers = { ...signAsSandbox(body), 'content-type': type };
    const call = { target: `/hooks/sandbox/${fakeConnection}`, body, secret: null, headers };
    return (await relay.post(call)).status;
  };
  /** Lets the history take everything in that the log holds. */
  const follow = async (): Promise<void> => {
    const { lastSeq } = await log.health();
    const following = followLog({
      log,
      clock: desk.clock,
      cursor: () => readCursor(desk.db, log.id),
      accept: ({ seq, raw }) => acceptDelivery(desk, { log: log.id, seq, raw }),
      onProblem: (problem) => expect(problem).toBeUndefined(),
    });
    await expect.poll(() => readCursor(desk.db, log.id), { interval: 2 }).toBe(lastSeq);
    await following.stop();
  };
  return { relay, desk, post, follow };
}

it.each(bodies.map((bad) => ({ bad, what: bad[0] })))('a body: $what', async ({ bad }) => {
  const [, body, fate, type] = bad;
  const { relay, desk, post, follow } = await startDesk();
  const taken = typeof fate === 'string';
  for (let time = 0; time < 2; time += 1) expect(await post(body, type)).toBe(taken ? 200 : fate);
  const stored = await relay.stored();
  expect(stored.map(({ raw }) => Buffer.from(raw.body))).toEqual(taken ? [Buffer.from(body)] : []);
  expect(await post(textEvent({ id: 'after', text: 'after', to: ourNumber }))).toBe(200);
  await follow();
  const [thread] = pageThreads(desk.db, {
    view: 'open',
    lineId: null,
    after: null,
    limit: 9,
  }).threads;
  if (thread === undefined) throw new Error('nothing was shown');
  const page = { threadId: thread.id, before: null, limit: 9 };
  const rows = pageEntries(desk.db, page).entries;
  expect(rows).toHaveLength(fate === 'shown' ? 2 : 1);
  expect(rows.at(-1)).toMatchObject({ text: 'after' });
  const kept = listAttention(desk.db).map(({ delivery }) => Buffer.from(delivery.body));
  expect(kept).toEqual(fate === 'attention' ? [Buffer.from(body)] : []);
  expect({}).not.toHaveProperty('polluted');
});
