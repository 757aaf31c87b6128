import type { TellsAbilities } from '#shared/provider/preset.ts';
import type { OutboundText, ProviderAdapter } from '#shared/provider/provider.ts';
import { type SendFailure, failureMeanings } from '#shared/provider/send-failure.ts';

/** What is tried, in this order: the login, what the server says it takes, a text to oneself, and its coming back. */
export const verificationSteps = ['sign-in', 'abilities', 'text-out', 'text-back'] as const;
export type VerificationStep = (typeof verificationSteps)[number];

/** `not-known`: the carrier does not say, which proves nothing. `skipped`: a step before it failed. */
export type StepOutcome = 'passed' | 'failed' | 'not-known' | 'skipped';

export type VerifiedStep = {
  readonly step: VerificationStep;
  readonly outcome: StepOutcome;
  /** What was found, for the person who waits for it. */
  readonly sentence: string;
  readonly failure: SendFailure | null;
};

/** What a verification works with. Sending may cost money: a person must have agreed to it. */
export type Verification = {
  /** Our number that texts itself, E.164. */
  readonly number: string;
  readonly uid: string;
  /** A text no other is like. */
  readonly text: string;
  /** Resolves with whether a text like this came in at the number within so many milliseconds. */
  waitForText(text: string, deadlineMs: number): Promise<boolean>;
  /** Hears of each step as it ends. */
  onStep?(step: VerifiedStep): void;
};

type Verified = ProviderAdapter & Partial<TellsAbilities>;
type Found = Omit<VerifiedStep, 'step'>;

/* Milliseconds. A text takes seconds; one that takes longer than two minutes is of no use to a conversation. */
const askWithin = 15_000;
const sendWithin = 15_000;
const backWithin = 120_000;

/**
 * Tries a connection whose carrier nobody here has an account with: signs in, asks what the server takes, texts itself and
 * waits for the text. Ends at the first step that fails; never throws for what the carrier does. Where texts come over a
 * session, the session must be open.
 */
export async function verifyPreset(
  adapter: Verified,
  verification: Verification,
): Promise<readonly VerifiedStep[]> {
  const steps: VerifiedStep[] = [];
  for (const step of verificationSteps) {
    const goesOn = steps.every(({ outcome }) => outcome === 'passed' || outcome === 'not-known');
    const found = goesOn ? await tries[step](adapter, verification) : skipped;
    steps.push({ step, ...found });
    verification.onStep?.({ step, ...found });
  }
  return steps;
}

const tries: Readonly<
  Record<VerificationStep, (adapter: Verified, verification: Verification) => Promise<Found>>
> = {
  'sign-in': signIn,
  abilities: askAbilities,
  'text-out': textOut,
  'text-back': textBack,
};

const skipped: Found = {
  outcome: 'skipped',
  sentence: 'Not tried, because something before it failed.',
  failure: null,
};

async function signIn(adapter: Verified): Promise<Found> {
  const tested = await adapter.testCredentials(askWithin);
  if (tested.kind === 'not-told') return failed(tested.failure);
  const { account } = tested.answer;
  return passed(account === null ? 'The credentials are good.' : `Signed in as ${account}.`);
}

async function askAbilities(adapter: Verified): Promise<Found> {
  const asked = await adapter.askAbilities?.(askWithin);
  if (asked?.kind !== 'told' || asked.answer.takesMessages === null)
    return notKnown('The carrier does not say whether it takes texts, so only trying will tell.');
  if (asked.answer.takesMessages) return passed('The carrier says that it takes texts.');
  return notKnown('The carrier does not count texts among what it takes, so it may take none.');
}

async function textOut(adapter: Verified, { number, uid, text }: Verification): Promise<Found> {
  const toSelf: OutboundText = { uid, from: number, to: number, text, mediaUrls: [] };
  const outcome = await adapter.send(toSelf, sendWithin);
  if (outcome.kind === 'accepted') return passed('The carrier took a text to the line itself.');
  if (outcome.kind !== 'unknown') return failed(outcome.failure);
  const sentence =
    'The carrier did not answer clearly whether it took the text: see whether it comes.';
  return { outcome: 'not-known', sentence, failure: outcome.failure };
}

async function textBack(_adapter: Verified, { text, waitForText }: Verification): Promise<Found> {
  if (await waitForText(text, backWithin)) return passed('The text came back, so both ways work.');
  return {
    outcome: 'failed',
    sentence:
      'The text did not come back within two minutes: ask the carrier how texts in are sent.',
    failure: null,
  };
}

const passed = (sentence: string): Found => ({ outcome: 'passed', sentence, failure: null });
const notKnown = (sentence: string): Found => ({ outcome: 'not-known', sentence, failure: null });

function failed(failure: SendFailure): Found {
  const { sentence, cure } = failureMeanings[failure.kind];
  return { outcome: 'failed', sentence: `${sentence} ${cure}`, failure };
}
