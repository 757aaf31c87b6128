import { withoutSecrets } from '#main/http/answer-outcomes.ts';
import type { OutboundText, SendOutcome } from '#shared/provider/provider.ts';
import type { SendFailure } from '#shared/provider/send-failure.ts';

import type { Agent, Asked } from '../agent/agent.ts';
import { type Question, type Thread, newThread } from '../agent/write-request.ts';
import { lateArrival } from '../inbound/late-answer.ts';
import type { Profile } from '../profile.ts';
import type { StandingSession } from '../session/standing-session.ts';
import { type SipResponse, headerOf } from '../wire/message.ts';
import { within } from '../within.ts';
import { askOverStream } from './ask-over-stream.ts';
import { methodRefused } from './failure-kinds.ts';
import { failureOf, judgeAnswer, judgeSilence, notSent, unknownFor } from './judge.ts';
import { Lanes } from './lanes.ts';
import { newMessageId, outboundIdOf } from './message-ids.ts';
import { writeText } from './text-question.ts';

/** What is sent in one go: the question, its requests' thread, and the id that receipts will name. */
type Going = {
  readonly text: OutboundText;
  readonly question: Question;
  readonly thread: Thread;
  readonly messageId: string | null;
  readonly until: number;
};

/** Sends the texts of one connection over its session. */
export class Sender {
  readonly #profile: Profile;
  readonly #session: () => StandingSession | null;
  readonly #lanes = new Lanes();
  /** Off once the carrier refused CPIM. */
  #cpim: boolean;
  /** Has the carrier ever taken a text? */
  #taken = false;
  /** What the carrier said when it turned out to take no texts at all. */
  #takesNone: SendFailure | null = null;

  constructor(profile: Profile, session: () => StandingSession | null) {
    this.#profile = profile;
    this.#session = session;
    this.#cpim = profile.cpim;
  }

  /** Sends one text and says how it ended. Never throws for what the carrier does. */
  async send(text: OutboundText, deadlineMs: number): Promise<SendOutcome> {
    const until = performance.now() + deadlineMs;
    const leave = await this.#lanes.enter(text.to, deadlineMs);
    if (leave === null) return notSent('another text to this number was still on its way');
    try {
      return withoutPassword(await this.#sendNow(text, until), this.#profile);
    } finally {
      leave();
    }
  }

  async #sendNow(text: OutboundText, until: number): Promise<SendOutcome> {
    if (this.#takesNone !== null) return { kind: 'refused', failure: this.#takesNone };
    const messageId = this.#cpim && this.#profile.imdn ? newMessageId(text.uid) : null;
    const cpim = this.#cpim ? { messageId } : null;
    const written = writeText(this.#profile, text, { at: new Date(), cpim });
    if (written.kind === 'impossible') return { kind: 'refused', failure: written.failure };
    const session = this.#session();
    const agent = session?.agent ?? null;
    if (session === null || agent === null) return notSent('no session is registered');
    const going = { text, question: written.question, thread: newThread(), messageId, until };
    const asking = this.#ask(agent, going);
    const asked = await within(asking, until - performance.now());
    if (asked !== null) return await this.#conclude(going, asked);
    session.doubt();
    void asking.then((late) => tellLate(session, going, late));
    return unknownFor('no answer in time');
  }

  async #ask(agent: Agent, { question, thread, until }: Going): Promise<Asked> {
    const asked = await agent.ask(question, thread, until);
    if (asked.kind !== 'too-large') return asked;
    const signal = AbortSignal.timeout(Math.max(1, Math.round(until - performance.now())));
    return (await askOverStream(this.#profile, { question, thread, until: signal })) ?? asked;
  }

  async #conclude(going: Going, asked: Asked): Promise<SendOutcome> {
    if (asked.kind !== 'answered') return judgeSilence(asked);
    const { response } = asked;
    if (response.status === 415 && this.#cpim && takesPlain(response)) {
      this.#cpim = false;
      return await this.#sendNow(going.text, going.until);
    }
    const outcome = judgeAnswer(response, idOf(going));
    if (outcome.kind === 'accepted') this.#taken = true;
    /* Where texts were taken before, it is one handset that takes none. */
    if (methodRefused.has(response.status) && !this.#taken) this.#takesNone = failureOf(response);
    return outcome;
  }
}

/* What answers at a wrong address may well be somebody who knows it. */
function withoutPassword(outcome: SendOutcome, { login }: Profile): SendOutcome {
  if (outcome.kind === 'accepted') return outcome;
  return { ...outcome, failure: withoutSecrets(outcome.failure, [login.password]) };
}

function idOf({ messageId, thread }: Going): string {
  return messageId ?? outboundIdOf(thread);
}

function takesPlain(response: SipResponse): boolean {
  const accept = headerOf(response, 'accept')?.toLowerCase();
  return accept === undefined || /text\/(?:plain|\*)|\*\/\*/.test(accept);
}

/* Stored like a text in, so that it is not forgotten; where it cannot be, the outcome stays unknown. */
function tellLate({ road }: StandingSession, going: Going, late: Asked): void {
  if (late.kind !== 'answered') return;
  const about = { uid: going.text.uid, providerMessageId: idOf(going) };
  void road.append(lateArrival(late.response, about)).catch(() => undefined);
}
