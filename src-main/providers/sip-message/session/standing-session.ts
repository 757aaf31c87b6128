import { randomUUID } from 'node:crypto';

import type { KeptSession, SessionRoad, SessionState } from '#shared/provider/provider.ts';

import { Agent, type AgentEvents } from '../agent/agent.ts';
import { NotReached } from '../flow/flow.ts';
import { takeRequest } from '../inbound/take-request.ts';
import type { Profile } from '../profile.ts';
import { KeepAlive } from './keep-alive.ts';
import { pauseAfter, renewAfter } from './pause.ts';
import { type Granted, Registration } from './register.ts';
import { type Ending, sentenceForRegistered, whyNotRegistered } from './sentences.ts';
import { Sleep } from './sleep.ts';

/* Milliseconds. */
const openWithin = 15_000;
const goodbyeWithin = 5_000;
const steadyAfter = 10_000;

/** Registers, stays registered, and comes back after every loss, until stopped. */
export class StandingSession implements KeptSession {
  readonly #profile: Profile;
  readonly #road: SessionRoad;
  readonly #instance = randomUUID();
  readonly #storing = { count: 0 };
  readonly #stopping = new AbortController();
  readonly #sleep = new Sleep(this.#stopping.signal);
  readonly #done: Promise<void>;
  #agent: Agent | null = null;
  #keepAlive: KeepAlive | null = null;
  #registered = false;
  /** Why the flow in use is gone; null while it is there. */
  #lost: string | null = null;
  #failures = 0;
  #told: SessionState | null = null;

  constructor(profile: Profile, road: SessionRoad) {
    this.#profile = profile;
    this.#road = road;
    this.#done = this.#run();
  }

  /** The registered flow to send over; null where there is none, or where the session is on its way out. */
  get agent(): Agent | null {
    return this.#registered && !this.#stopping.signal.aborted ? this.#agent : null;
  }

  get road(): SessionRoad {
    return this.#road;
  }

  /** A request stayed unanswered, so perhaps nobody is there any more: has the registration renewed at once. */
  doubt(): void {
    if (this.#registered) this.#sleep.wake();
  }

  async stop(): Promise<void> {
    this.#stopping.abort();
    if (!this.#registered) this.#agent?.close();
    const timer = setTimeout(() => this.#agent?.close(), goodbyeWithin);
    await this.#done;
    clearTimeout(timer);
  }

  async #run(): Promise<void> {
    const { signal } = this.#stopping;
    while (!signal.aborted) {
      this.#failures += 1;
      this.#tell({ state: 'starting', sentence: `Connecting to ${this.#profile.domain}` });
      const { sentence, pauseMs } = await this.#live();
      if (signal.aborted) return;
      this.#tell({ state: 'trouble', sentence });
      await this.#sleep.for(Math.max(pauseMs ?? 0, pauseAfter(this.#failures, Math.random)));
    }
  }

  /** One flow from its opening to its end. */
  async #live(): Promise<Ending> {
    this.#lost = null;
    const until = AbortSignal.any([this.#stopping.signal, AbortSignal.timeout(openWithin)]);
    try {
      this.#agent = await Agent.open(this.#profile, until, this.#events());
      return await this.#stayRegistered(this.#agent);
    } catch (error) {
      if (error instanceof NotReached) return { sentence: `${error.message}.`, pauseMs: null };
      const kind = error instanceof Error ? error.name : 'unknown';
      return { sentence: `A fault of this program (${kind}).`, pauseMs: null };
    } finally {
      this.#registered = false;
      this.#agent?.close();
      this.#agent = null;
    }
  }

  #events(): AgentEvents {
    const taking = {
      road: this.#road,
      isRegistered: () => this.#registered,
      storing: this.#storing,
    };
    return {
      onRequest: (arrived) => takeRequest(taking, arrived),
      onLife: (what) => this.#keepAlive?.noteLife(what),
      onLost: (sentence) => this.#lose(sentence),
    };
  }

  #lose(sentence: string): void {
    this.#lost = sentence;
    this.#registered = false;
    this.#sleep.wake();
  }

  async #stayRegistered(agent: Agent): Promise<Ending> {
    const registration = new Registration(agent, this.#profile, this.#instance);
    let since = Infinity;
    this.#keepAlive = new KeepAlive(agent.flow, this.#profile.keepAlive * 1_000, (sentence) => {
      agent.close();
      this.#lose(sentence);
    });
    try {
      while (!this.#stopping.signal.aborted) {
        const renewed = await registration.renew();
        if (this.#lost !== null) break;
        if (renewed.kind === 'not-granted') return whyNotRegistered(this.#profile, renewed.asked);
        since = Math.min(since, performance.now());
        this.#noteRegistered(agent, renewed.granted);
        await this.#sleep.for(renewAfter(renewed.granted.expires, Math.random));
        if (this.#lost !== null) break;
      }
      if (this.#lost === null) await this.#sayGoodbye(agent, registration);
      return { sentence: `${this.#lost ?? 'Stopped'}.`, pauseMs: null };
    } finally {
      /* A server that takes us and drops us at once must not be asked every second. */
      if (performance.now() - since > steadyAfter) this.#failures = 0;
      this.#keepAlive.stop();
      this.#keepAlive = null;
    }
  }

  #noteRegistered({ flow: { transport } }: Agent, granted: Granted): void {
    this.#registered = true;
    const sentence = sentenceForRegistered(this.#profile, { transport, granted });
    this.#tell({ state: 'ok', sentence });
  }

  /** Takes the registration back, then lets what is under way end. */
  async #sayGoodbye(agent: Agent, registration: Registration): Promise<void> {
    const until = performance.now() + goodbyeWithin;
    await registration.end();
    while (!agent.isIdle && this.#lost === null && performance.now() < until)
      await new Promise((resolve) => setTimeout(resolve, 20));
  }

  /* Told on a change alone: a send may have had something worse to say meanwhile. */
  #tell(state: SessionState): void {
    if (this.#told?.state === state.state && this.#told.sentence === state.sentence) return;
    this.#told = state;
    this.#road.onState(state);
  }
}
