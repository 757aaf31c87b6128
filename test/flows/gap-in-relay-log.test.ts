import path from 'node:path';

import Database from 'better-sqlite3';
import { expect, it, vi } from 'vitest';

import { lineOfDelivery } from '#main/inbound/line-of-delivery.ts';
import { systemClock } from '#main/log/system-clock.ts';
import { findProvider } from '#main/providers/registry.ts';
import type { LineOf } from '#main/relay/delivery-log.ts';
import { startRelay } from '#main/relay/start-relay.ts';
import { TwilioCarrier } from '#test/carriers/twilio-carrier.ts';
import { addressOf } from '#test/carriers/whole/carrier-at-work.ts';
import { WholeProgram } from '#test/fakes/whole-program.ts';

const soon = { timeout: 40_000 };
const ours = '+15550100001';
const peer = '+15550100302';
const day = 24 * 3_600_000;

/** A Twilio account of one number, to be told where its hooks are. */
async function account() {
  const carrier = await TwilioCarrier.start({ storesApart: false });
  const number = carrier.account.addNumber(ours);
  const [authToken = ''] = carrier.account.tokens;
  return {
    carrier,
    number,
    provider: 'twilio',
    apiUrl: carrier.url,
    credentials: { accountSid: carrier.account.sid, authToken },
    ours,
    [Symbol.asyncDispose]: () => carrier[Symbol.asyncDispose](),
  };
}

type Program = WholeProgram<Awaited<ReturnType<typeof account>>>;

async function openProgram(): Promise<Program> {
  const program = await WholeProgram.open(account, { isPublic: true, overBadLine: true });
  program.carrier.number.smsUrl = addressOf(program.hooks, 'messages');
  return program;
}

const write = ({ carrier }: Program, body: string) =>
  carrier.carrier.receive({ from: peer, to: ours, body });

const shown = async (program: Program): Promise<string[]> =>
  (await program.shown(peer)).map((line) => line.replace('in received ', ''));

async function gaps({ running }: Program): Promise<string[]> {
  return (await running.caller.call('gaps.list', {})).gaps.map(({ sentence }) => sentence);
}

/** What a relay of its own takes in while the desktop is off. */
async function whileOnlyTheRelayRuns(program: Program, texts: readonly string[], lineOf: LineOf) {
  const relay = await startRelay({
    dataFile: path.join(program.folder, 'relay.db'),
    host: '127.0.0.1',
    port: 0,
    clock: { ...systemClock, now: () => program.time.now() },
    findConnection: () => ({
      guard: { ...openTwilio(program).guard, authenticate: () => 'authentic' },
      pathSecret: null,
      publicUrl: null,
    }),
    lineOf,
  });
  program.front.relayUrl = relay.url;
  for (const text of texts) await write(program, text);
  await relay.stop();
}

/** Takes the delivery of this text out of the log; `seamless` closes the row of numbers over it. */
function lose({ folder }: Program, text: string, seamless: boolean): void {
  const db = new Database(path.join(folder, 'relay.db'));
  const found = db
    .prepare<[string], { seq: number }>(
      'SELECT seq FROM delivery WHERE instr(CAST(body AS TEXT), ?) > 0',
    )
    .get(text);
  if (found === undefined) throw new Error('the log does not hold this text');
  db.prepare('DELETE FROM delivery WHERE seq = ?').run(found.seq);
  if (seamless) db.prepare('UPDATE delivery SET seq = seq - 1 WHERE seq > ?').run(found.seq);
  db.close();
}

const byAdapter = (program: Program): LineOf => {
  const { adapter } = openTwilio(program);
  return (raw) => lineOfDelivery(adapter, raw);
};

function openTwilio({ carrier, connectionId }: Program) {
  const twilio = findProvider('twilio');
  if (twilio === undefined) throw new Error('there is no Twilio');
  const { apiUrl: baseUrl, credentials } = carrier;
  return twilio.open({ connectionId, baseUrl, credentials, numbers: [ours], hooks: [] });
}

/** One text comes in, three more go into the log, the second of them is lost, and five days pass. */
async function loseOne(program: Program, lineOf: LineOf, seamless = false): Promise<void> {
  await write(program, 'first');
  await vi.waitFor(async () => expect(await shown(program)).toEqual(['first']), soon);
  await program.whileOff(async () => {
    await whileOnlyTheRelayRuns(program, ['second', 'third', 'fourth'], lineOf);
    lose(program, 'third', seamless);
    program.time.skip(5 * day);
  });
}

const whole = ['first', 'second', 'third', 'fourth'];
const filled = [`Recovered 1 of 1 text or call to ${ours} from the carrier’s list`];

it('a text lost between relay and desktop is found in the carrier’s list, though long ago, and shown once', async () => {
  await using program = await openProgram();
  await loseOne(program, byAdapter(program));
  await vi.waitFor(async () => expect(await gaps(program)).toEqual(filled), soon);
  expect((await shown(program)).toSorted()).toEqual(whole.toSorted());
  expect(await program.connection()).toMatchObject({ state: 'ok', sentence: filled[0] });
  const [gap] = (await program.running.caller.call('gaps.list', {})).gaps;
  if (gap === undefined) throw new Error('there is no gap');
  await program.running.caller.call('gap.dismiss', { gapId: gap.id });
  expect(await gaps(program)).toEqual([]);
});

it('the counts alone show it where the numbers of the log have no hole', async () => {
  await using program = await openProgram();
  await loseOne(program, byAdapter(program), true);
  await vi.waitFor(async () => expect(await gaps(program)).toEqual(filled), soon);
  expect((await shown(program)).toSorted()).toEqual(whole.toSorted());
});

it('would stay unnoticed without them', async () => {
  await using program = await openProgram();
  await loseOne(program, () => null, true);
  await vi.waitFor(async () => expect(await shown(program)).toHaveLength(3), soon);
  program.time.skip(6 * 60_000);
  await vi.waitFor(async () => expect((await program.connection()).state).toBe('ok'), soon);
  expect(await gaps(program)).toEqual([]);
  expect(await shown(program)).not.toContain('third');
});

it('is still looked for after the program was ended in the middle', async () => {
  await using program = await openProgram();
  program.api.manners = { kind: 'reset' };
  await loseOne(program, byAdapter(program));
  const missing = `1 text or call to ${ours} is missing; the carrier’s list is being read`;
  await vi.waitFor(async () => expect(await gaps(program)).toEqual([missing]), soon);
  await program.whileOff(async () => {
    program.api.manners = { kind: 'through' };
  });
  await vi.waitFor(async () => expect(await gaps(program)).toEqual(filled), soon);
  expect((await shown(program)).toSorted()).toEqual(whole.toSorted());
});
