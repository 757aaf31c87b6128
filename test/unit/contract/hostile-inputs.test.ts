import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { answerRenderer } from '#shared/contract/answer-renderer.ts';
import { commands, type CommandName } from '#shared/contract/contract.ts';
import { createMemoryWirePair } from '#shared/contract/memory-wire.ts';
import { usualRateCard } from '#shared/pricing/rate-card.ts';
import { RawScreen } from '#test/fakes/raw-screen.ts';
import { RecordingHandlers } from '#test/fakes/recording-handlers.ts';

const names = Object.keys(commands) as CommandName[];
const uid = '01890000-0000-7000-8000-000000000000';

/** An input each command takes. */
const good: { [Name in CommandName]: Record<string, unknown> } = {
  'overview.get': {},
  'threads.page': { view: 'open', lineId: null, after: { lastAt: 1, id: 1 }, limit: 50 },
  'thread.get': { threadId: 1 },
  'entries.page': { threadId: 1, before: null, limit: 50 },
  'entries.around': { threadId: 1, entryId: 1, limit: 50 },
  'thread.mark-read': { threadId: 1, upTo: 1 },
  'thread.set-done': { threadId: 1, done: true },
  'draft.save': { threadId: 1, text: 'hello' },
  'message.send': { uid, target: { lineId: 1, to: '+15550100100' }, text: 'hello' },
  'note.add': { uid, threadId: 1, text: 'hello' },
  'thread.assign': { threadId: 1, to: null },
  'attachment.rules': { lineId: 1 },
  'attachment.begin': { size: 1, type: 'image/png' },
  'attachment.append': { uploadId: 'u'.repeat(22), at: 0, bytes: 'AAAA' },
  'attachment.end': { uploadId: 'u'.repeat(22) },
  'attachment.discard': { id: 'm'.repeat(22) },
  'message.try-again': { entryId: 1 },
  'message.judge': { target: { threadId: 1 }, text: 'hello' },
  'message.cancel': { entryId: 1 },
  'message.send-anyway': { entryId: 1 },
  'registration.get': {},
  'brand.save': {
    brand: { id: 'BACME1', name: 'Acme', kind: 'standard', score: 60, replySlice: 20 },
    taxId: '12-3456789',
  },
  'brand.remove': { id: 'BACME1' },
  'campaign.save': {
    campaign: { id: 'CACME1', brandId: 'BACME1', useCase: 'Care', use: 'declared', attClass: null },
  },
  'campaign.remove': { id: 'CACME1' },
  'registration.set': {
    line: { lineId: 1, state: 'registered', campaignId: 'CACME1', detail: null },
  },
  'throughput.set': { connectionId: 'fake0001', rates: null },
  'throughput.get': {},
  'policy.get': { lineId: 1 },
  'policy.save': {
    lineId: 1,
    policy: { liveHours: 24, quietHours: 'warn', firstText: 'warn', content: 'warn' },
  },
  'rates.list': {},
  'rates.save': { connectionId: 'abcdef012345', card: usualRateCard('twilio') },
  'costs.page': { before: '2026-11-21', days: 7 },
  'costs.of-thread': { threadId: 1 },
  'audit.page': { before: null, limit: 50 },
  'audit.take-rows': {
    connectionId: 'abcdef012345',
    rows: [
      {
        row: 1,
        providerMessageId: 'SM1',
        segments: 3,
        priceMicros: 24_900,
        feeMicros: null,
        currency: 'USD',
      },
    ],
    dryRun: true,
  },
  'message.schedule': {
    uid,
    target: { lineId: 1, to: '+15550100100' },
    text: 'hello',
    dueAt: 1,
    zone: 'America/Chicago',
    evenIfTheyWrite: false,
  },
  'schedule.change': { entryId: 1, dueAt: 1, zone: 'America/Chicago', evenIfTheyWrite: false },
  'schedule.send-now': { entryId: 1 },
  'templates.list': {},
  'template.save': { uid, name: 'Hello', text: 'Hi {first_name}' },
  'template.remove': { uid },
  'broadcast.judge': {
    lineId: 1,
    purpose: 'marketing',
    rows: [{ to: '+15550100100', text: 'hello' }],
  },
  'broadcast.duration': { lineId: 1, texts: 1, units: 1 },
  'broadcast.create': {
    uid,
    lineId: 1,
    name: 'Hello',
    purpose: 'marketing',
    text: 'hello',
    people: 1,
  },
  'broadcast.add': { broadcastId: 1, from: 0, rows: [{ to: '+15550100100', text: 'hello' }] },
  'broadcast.start': { broadcastId: 1 },
  'broadcast.pause': { broadcastId: 1 },
  'broadcast.resume': { broadcastId: 1 },
  'broadcast.cancel': { broadcastId: 1 },
  'broadcasts.list': {},
  'broadcast.people': { broadcastId: 1, outcome: null, after: null, limit: 50 },
  'message.details': { entryId: 1 },
  search: { query: 'hello', limit: 50 },
  'attention.list': {},
  'attention.read-again': { id: 1 },
  'settings.save': { theme: 'dark' },
  'gaps.list': {},
  'check.list': {},
  'consent.get': { threadId: 1, asOf: null },
  'consent.opt-out': { threadId: 1, note: 'by phone' },
  'consent.undo': { threadId: 1 },
  'consent.decide': { threadId: 1, isOptOut: true },
  'consent.record': { threadId: 1, kind: 'express', note: 'at the counter' },
  'consent.proof': { threadId: 1, format: 'json' },
  'check.now': { fromLineId: 1, toLineId: 2 },
  'check.plan': { fromLineId: 1, toLineId: 2, everyHours: 24 },
  'check.unplan': { toLineId: 2 },
  'gap.dismiss': { gapId: 1 },
  'team.get': {},
  'team.join': { address: 'https://relay.example', code: 'ABCD-EFGH-JKMN', name: 'Kim' },
  'team.leave': {},
  'providers.list': {},
  'connections.list': {},
  'connection.test': { provider: 'sandbox', baseUrl: null, credentials: { key: 'value' } },
  'connection.add': {
    provider: 'sandbox',
    label: 'One',
    baseUrl: null,
    publicUrl: 'https://hooks.example',
    credentials: { key: 'value' },
    numbers: [{ number: '+12065550142', label: 'Support', numberType: '10dlc' }],
  },
  'connection.change': { connectionId: 'abcdef012345', label: 'Two', disabled: true },
  'connection.remove': { connectionId: 'abcdef012345' },
  'connection.verify': { connectionId: 'abcdef012345', textToSelf: false },
  'connection.numbers': { connectionId: 'abcdef012345' },
  'connection.write-hooks': { connectionId: 'abcdef012345', numbers: ['+12065550142'] },
  'numbers.search': { connectionId: 'abcdef012345', areaCode: '206', tollFree: false },
  'numbers.buy': {
    connectionId: 'abcdef012345',
    label: 'New',
    offer: {
      number: '+12065550143',
      numberType: '10dlc',
      place: null,
      sms: true,
      mms: true,
      setupMicros: null,
      monthlyMicros: 1_000_000,
    },
  },
  'line.add': {
    connectionId: 'abcdef012345',
    number: '+12065550142',
    label: 'Support',
    numberType: '10dlc',
  },
  'line.change': { lineId: 1, label: 'Support', colour: '#3b7dd8' },
  'sync.start': { connectionId: 'abcdef012345', since: 0 },
  'sync.cancel': { connectionId: 'abcdef012345' },
};

const anything = fc.oneof(
  fc.jsonValue({ maxDepth: 4 }),
  fc.constantFrom(
    '__proto__',
    'constructor',
    -0,
    1e308,
    2 ** 53,
    -1,
    1.5,
    '',
    '\u0000',
    '\ud800',
    [],
    {},
  ),
);

/** A good input with one field at any depth replaced, removed, or one added. */
const mutated = fc
  .tuple(fc.constantFrom(...names), fc.nat(), fc.string(), anything)
  .map(([name, which, added, value]) => {
    const input = structuredClone(good[name]);
    const places = placesIn(input);
    const place = places[which % (places.length + 1)];
    if (place === undefined) Object.defineProperty(input, added, { value, enumerable: true });
    else place.holder[place.key] = value;
    return { name, input: input as unknown };
  });

const random = fc.record({ name: fc.constantFrom(...names), input: anything });

describe('inputs', () => {
  it('of every command are taken when good', async () => {
    const { screen, core } = await attach();
    for (const [index, name] of names.entries())
      expect(await ask(screen, index + 1, { name, input: good[name] })).toMatchObject({
        failure: { code: 'not-found' },
      });
    expect(core.heard.map((each) => each.command)).toEqual(names);
  });

  it('of 10,000 random and mutated kinds reach a handler only as the contract allows', async () => {
    const { screen, core, errors } = await attach();
    let id = 0;
    let refused = 0;
    await fc.assert(
      fc.asyncProperty(fc.oneof({ weight: 3, arbitrary: mutated }, random), async (given) => {
        core.heard.length = 0;
        const answer = await ask(screen, (id += 1), given);
        if (answer.kind !== 'failure') throw new Error('a fake handler never answers');
        if (answer.failure.code === 'not-found') {
          const heard = core.heard[0]!;
          expect(commands[given.name].input.safeParse(heard.input).success).toBe(true);
        } else {
          refused += 1;
          expect(['bad-input', 'malformed']).toContain(answer.failure.code);
          expect(core.heard).toEqual([]);
          if (answer.failure.code === 'bad-input') expect(answer.failure.cure).toMatch(/\.$/);
        }
      }),
      { numRuns: 10_000 },
    );
    expect(refused).toBeGreaterThan(2_000);
    expect(errors).toEqual([]);
    expect(Object.keys(Object.prototype)).toEqual([]);
  });
});

describe('a bad input is explained', () => {
  it.each([
    [
      'threads.page',
      { view: 'all' },
      'view',
      'Give one of: open, unread, done, unanswered, failed.',
    ],
    ['threads.page', { limit: 0 }, 'limit', 'Give at least 1.'],
    ['threads.page', { limit: '5' }, 'limit', 'Give a number.'],
    ['threads.page', { after: { lastAt: 1 } }, 'after.id', 'Give a number.'],
    ['threads.page', { extra: 1 }, 'extra', 'Leave it out.'],
    ['draft.save', { text: 'x'.repeat(20_001) }, 'text', 'Give at most 20000 characters.'],
    ['thread.set-done', { done: 'yes' }, 'done', 'Give true or false.'],
    ['message.send', { uid: 'me' }, 'uid', 'Give a UUID.'],
    ['message.send', { target: { lineId: 1 } }, 'target.to', 'Give a text.'],
    ['message.send', { target: { threadId: 1, to: '1' } }, 'target.to', 'Leave it out.'],
  ] as const)('%s with %j', async (...row) => {
    const [name, more, field, cure] = row;
    const { screen } = await attach();
    const answer = await ask(screen, 1, { name, input: { ...good[name], ...more } });
    expect(answer).toMatchObject({ failure: { code: 'bad-input', field, cure } });
  });

  it('without a word of what was given', async () => {
    const { screen } = await attach();
    const input = { threadId: 'secret', text: 'secret' };
    const answer = await ask(screen, 1, { name: 'draft.save', input });
    expect(JSON.stringify(answer)).not.toContain('secret');
  });
});

async function attach() {
  const [wire, host] = createMemoryWirePair();
  const core = new RecordingHandlers();
  const errors: unknown[] = [];
  answerRenderer(host, core.handlers, { onError: (...error) => errors.push(error) });
  const screen = new RawScreen(wire);
  await screen.greet();
  return { screen, core, errors };
}

function ask(screen: RawScreen, id: number, given: { name: string; input: unknown }) {
  return screen.ask({ kind: 'call', id, command: given.name, input: given.input });
}

type Holder = Record<string, unknown>;

function placesIn(holder: Holder): { holder: Holder; key: string }[] {
  return Object.entries(holder).flatMap(([key, value]) => [
    { holder, key },
    ...(typeof value === 'object' && value !== null ? placesIn(value as Holder) : []),
  ]);
}
