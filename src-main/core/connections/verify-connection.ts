import { findThreadByKey } from '#main/history/threads.ts';
import { newUid } from '#main/history/uid.ts';
import { type ReadableDb, first } from '#main/sqlite/database.ts';
import { sql } from '#main/sqlite/sql.ts';
import type { Clock } from '#shared/contract/clock.ts';
import type { VerifyStep } from '#shared/contract/connection-shapes.ts';
import type { Line } from '#shared/message/line.ts';
import type { TellsAbilities } from '#shared/provider/preset.ts';
import type { ProviderAdapter } from '#shared/provider/provider.ts';
import { type SendFailure, failureMeanings } from '#shared/provider/send-failure.ts';

const deadline = 10_000;
/* How long a text to oneself may take to come back, in milliseconds, and how often it is looked for. */
const patience = 30_000;
const lookEvery = 500;

export type Verification = {
  readonly db: ReadableDb;
  readonly clock: Clock;
  readonly adapter: ProviderAdapter;
  /** Whose text to itself is sent; null where none is asked for or the connection has no line. */
  readonly line: Line | null;
};

/** Finds out, step by step, what a connection can truly do. A step that fails ends it. */
export async function verifyConnection(verification: Verification): Promise<VerifyStep[]> {
  const steps: VerifyStep[] = [];
  for (const step of [tryCredentials, askAbilities, textToSelf]) {
    const done = await step(verification);
    steps.push(done);
    if (done.verdict === 'failed') break;
  }
  return steps;
}

const because = ({ kind, raw }: SendFailure): string =>
  `${failureMeanings[kind].sentence}${raw === null ? '' : ` (${raw})`}`;

async function tryCredentials({ adapter }: Verification): Promise<VerifyStep> {
  const asked = await adapter.testCredentials(deadline);
  const step = 'credentials';
  if (asked.kind === 'not-told')
    return { step, verdict: 'failed', sentence: because(asked.failure) };
  const { account } = asked.answer;
  return {
    step,
    verdict: 'passed',
    sentence: account === null ? 'The carrier knows us.' : `The carrier knows us: ${account}.`,
  };
}

async function askAbilities({ adapter }: Verification): Promise<VerifyStep> {
  const step = 'abilities';
  if (!tellsAbilities(adapter))
    return {
      step,
      verdict: 'skipped',
      sentence: 'This kind of carrier is not asked what it takes.',
    };
  const asked = await adapter.askAbilities(deadline);
  if (asked.kind === 'not-told')
    return { step, verdict: 'unclear', sentence: because(asked.failure) };
  const { takesMessages } = asked.answer;
  if (takesMessages === true)
    return { step, verdict: 'passed', sentence: 'Its server says that it takes texts.' };
  if (takesMessages === null)
    return {
      step,
      verdict: 'unclear',
      sentence: 'Its server does not say whether it takes texts.',
    };
  return { step, verdict: 'failed', sentence: 'Its server says that it takes no texts.' };
}

function tellsAbilities(adapter: ProviderAdapter): adapter is ProviderAdapter & TellsAbilities {
  return 'askAbilities' in adapter;
}

async function textToSelf({ db, clock, adapter, line }: Verification): Promise<VerifyStep> {
  const step = 'text-to-self';
  if (line === null) return { step, verdict: 'skipped', sentence: 'No text was sent.' };
  const uid = newUid(clock.now());
  const words = `Trunkline test ${uid.slice(-6)}`;
  const begun = clock.now();
  const outcome = await adapter.send(
    { uid, from: line.number, to: line.number, text: words, mediaUrls: [] },
    deadline,
  );
  if (outcome.kind !== 'accepted') {
    const verdict = outcome.kind === 'unknown' ? 'unclear' : 'failed';
    return { step, verdict, sentence: because(outcome.failure) };
  }
  while (clock.now() - begun < patience) {
    if (hasComeBack(db, line, words))
      return {
        step,
        verdict: 'passed',
        sentence: `The text came back after ${seconds(clock.now() - begun)}.`,
      };
    await new Promise<void>((resolve) => void clock.after(lookEvery, resolve));
  }
  return {
    step,
    verdict: 'unclear',
    sentence:
      'The carrier took the text, but it did not come back within 30 s: check how texts come in.',
  };
}

function hasComeBack(db: ReadableDb, line: Line, words: string): boolean {
  const thread = findThreadByKey(db, { lineId: line.id, peer: line.number });
  if (thread === undefined) return false;
  const found = sql`SELECT 1 FROM entries WHERE thread_id = ${thread.id} AND direction = 'in' AND text = ${words} LIMIT 1`;
  return first(db, found) !== undefined;
}

const seconds = (ms: number): string => `${(ms / 1_000).toFixed(1)} s`;
