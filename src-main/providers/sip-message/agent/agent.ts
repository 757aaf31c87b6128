import { Authorisation, type Signed } from '../digest/authorisation.ts';
import type { Flow } from '../flow/flow.ts';
import { openFlow } from '../flow/open-flow.ts';
import type { Profile } from '../profile.ts';
import { type Envelope, readEnvelope } from '../wire/envelope.ts';
import { MalformedMessage, type SipRequest, headerOf } from '../wire/message.ts';
import { parseMessage } from '../wire/parse-message.ts';
import { writeMessage } from '../wire/write-message.ts';
import { ClientTransactions, type Ended } from './client-transactions.ts';
import { ServerTransactions } from './server-transactions.ts';
import { type Answer, writeAnswer } from './write-answer.ts';
import { type Question, type Thread, newBranch, newThread, writeRequest } from './write-request.ts';

/** How a question ended: as its last request did, or with a login that was refused. */
export type Asked =
  | Ended
  | { readonly kind: 'login-refused'; readonly status: number; readonly understood: boolean }
  /** Its next request would not fit into a datagram; it did not leave, and what left before was turned away. */
  | { readonly kind: 'too-large'; readonly bytes: number };

/** A request of the other side: as bytes, as a message, and what says whose it is. */
export type Arrived = {
  readonly bytes: Uint8Array;
  readonly request: SipRequest;
  readonly envelope: Envelope;
};

export type AgentEvents = {
  /** Answers a request of the server's; null for none at all. Never rejects. */
  onRequest(arrived: Arrived): Promise<Answer | null>;
  /** Something came from the other side. */
  onLife(what: 'message' | 'pong'): void;
  /** Once, when the flow is gone; not after {@link Agent.close}. */
  onLost(sentence: string): void;
};

/* Longer requests must go over a stream, because pieces of a datagram get lost (RFC 3261 18.1.1). */
const longestDatagram = 1_300;

/* One nonce that was known, one that is new, and one more for a server whose nonces age at once or whose proxy asks too. */
const mostRequests = 4;

/** One end of one flow: asks questions over it, proving who we are, and has the other side's requests answered. */
export class Agent {
  readonly #transactions: ClientTransactions;
  readonly #served = new ServerTransactions();
  readonly #auth: Authorisation;
  readonly #events: AgentEvents;
  #flow: Flow | null = null;
  readonly #asking = new Set<{ readonly until: number }>();
  /** How many requests of the other side are being worked on. */
  #working = 0;

  private constructor(profile: Profile, events: AgentEvents) {
    this.#auth = new Authorisation(profile.login);
    this.#events = events;
    this.#transactions = new ClientTransactions(() => this.flow);
  }

  /** @throws NotReached where no server was reached before `until` is aborted */
  static async open(profile: Profile, until: AbortSignal, events: AgentEvents): Promise<Agent> {
    const agent = new Agent(profile, events);
    agent.#flow = await openFlow(profile.way, until, {
      onMessage: (bytes) => agent.#hear(bytes),
      onPong: () => events.onLife('pong'),
      onLost(sentence) {
        agent.#transactions.loseAll(sentence);
        events.onLost(sentence);
      },
    });
    return agent;
  }

  get flow(): Flow {
    if (this.#flow === null) throw new Error('the flow is not open yet');
    return this.#flow;
  }

  /** Nobody waits any more for an answer, from either side. */
  get isIdle(): boolean {
    const now = performance.now();
    return this.#working === 0 && [...this.#asking].every(({ until }) => until <= now);
  }

  /**
   * Asks, and answers the challenges that come back, unless they come after `until` (of `performance.now()`): such a one is
   * what the question ends with. Each request ends within 32 s. Never rejects.
   */
  async ask(question: Question, thread = newThread(), until = Infinity): Promise<Asked> {
    const waiting = { until };
    this.#asking.add(waiting);
    return await this.#askUntilKnown(question, thread, until).finally(() =>
      this.#asking.delete(waiting),
    );
  }

  async #askUntilKnown(question: Question, thread: Thread, until: number): Promise<Asked> {
    const fresh = new Set<string>();
    for (let sent = 1; ; sent += 1) {
      thread.cseq += 1;
      const branch = newBranch();
      const plain = writeRequest(question, { flow: this.flow, thread, branch });
      const signed = this.#auth.sign(plain);
      const bytes = writeMessage(signed.request);
      if (!this.flow.reliable && bytes.length > longestDatagram)
        return { kind: 'too-large', bytes: bytes.length };
      const ended = await this.#transactions.begin(bytes, { branch, method: question.method });
      const heard = this.#judge(ended, { signed, fresh });
      if (heard === 'ended' || (heard === 'again' && performance.now() > until)) return ended;
      if (heard !== 'again' || sent >= mostRequests)
        return loginRefused(statusOf(ended), heard !== 'not-understood');
    }
  }

  #judge(ended: Ended, how: { signed: Signed; fresh: Set<string> }) {
    const challenged = statusOf(ended) === 401 || statusOf(ended) === 407;
    return ended.kind === 'answered' && challenged ? this.#auth.hear(ended.response, how) : 'ended';
  }

  /** Says nothing more; what is under way ends as lost. */
  close(): void {
    this.#flow?.close();
    this.#transactions.loseAll('The connection was closed');
  }

  /* What cannot be read at all cannot be answered either: whom, and about what? */
  #hear(bytes: Uint8Array): void {
    const message = readOrNull(() => parseMessage(bytes));
    if (message === null) return;
    this.#events.onLife('message');
    const envelope = readOrNull(() => readEnvelope(message));
    if (message.kind === 'response') {
      if (envelope !== null) this.#transactions.hear(message, envelope);
    } else if (envelope !== null) void this.#serve({ bytes, request: message, envelope });
    else if (headerOf(message, 'via') !== undefined && message.method !== 'ACK')
      this.flow.send(writeMessage(writeAnswer(message, { status: 400, reason: 'Bad Request' })));
  }

  async #serve(arrived: Arrived): Promise<void> {
    const { request, envelope } = arrived;
    const opened = this.#served.open(envelope, performance.now());
    if (opened !== 'new') {
      if (opened.answer !== null) this.flow.send(opened.answer);
      return;
    }
    this.#working += 1;
    const answer = await this.#events.onRequest(arrived).finally(() => (this.#working -= 1));
    if (answer === null) return;
    const bytes = writeMessage(writeAnswer(request, answer));
    this.#served.close(envelope, bytes);
    this.flow.send(bytes);
  }
}

function loginRefused(status: number, understood: boolean): Asked {
  return { kind: 'login-refused', status, understood };
}

function readOrNull<Read>(read: () => Read): Read | null {
  try {
    return read();
  } catch (error) {
    if (error instanceof MalformedMessage) return null;
    throw error;
  }
}

function statusOf(ended: Ended): number {
  return ended.kind === 'answered' ? ended.response.status : 0;
}
