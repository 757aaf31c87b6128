import { vi } from 'vitest';

import { defineSmpp } from '#main/providers/smpp/adapter.ts';
import { type SessionTimes, usualTimes } from '#main/providers/smpp/session/session-times.ts';
import type { DeliveryEvent, RawDelivery } from '#shared/provider/delivery.ts';
import type {
  KeptSession,
  OutboundText,
  ProviderAdapter,
  SessionArrival,
  SessionRoad,
  SessionState,
} from '#shared/provider/provider.ts';

export const ours = '+15550100001';
export const theirs = '+15550100002';

/** Short enough that a test does not wait, long enough that nothing happens by itself. */
export const quickTimes: SessionTimes = {
  ...usualTimes,
  connect: 2_000,
  bind: 1_000,
  answer: 1_500,
  firstPause: 20,
  longestPause: 100,
  slowPause: 300,
  goodBind: 200,
  throttlePause: 100,
  recoverEvery: 200,
  patience: 2_000,
  stop: 1_000,
};

/** A road with a memory: keeps each key once, as the log does, and fails when told to. */
export class MemoryRoad implements SessionRoad {
  readonly arrivals: SessionArrival[] = [];
  readonly states: SessionState[] = [];
  /** How many appends came, repeated ones too. */
  appends = 0;
  /** Waits for this before anything is stored. */
  gate: Promise<unknown> = Promise.resolve();
  isFailing = false;
  /** Rejects though it stored, as a disk does whose answer is lost. */
  isForgetful = false;

  readonly append = async (arrival: SessionArrival): Promise<void> => {
    this.appends += 1;
    await this.gate;
    if (this.isFailing) throw new Error('the disk is full');
    if (!this.arrivals.some(({ key }) => key === arrival.key)) this.arrivals.push(arrival);
    if (this.isForgetful) throw new Error('stored, but nobody knows');
  };

  readonly onState = (state: SessionState): void => void this.states.push(state);

  get state(): SessionState | undefined {
    return this.states.at(-1);
  }
}

/** An adapter with a session kept over a road of its own. Closed by `await using`. */
export class SmppDesk implements AsyncDisposable {
  readonly road = new MemoryRoad();
  readonly adapter: ProviderAdapter;
  readonly session: KeptSession;
  #texts = 0;

  constructor(
    credentials: Readonly<Record<string, string>>,
    times: Partial<SessionTimes> = {},
    definition = defineSmpp({ ...quickTimes, ...times }),
  ) {
    const { adapter } = definition.open({
      connectionId: 'c1',
      baseUrl: null,
      credentials,
      numbers: [ours],
      hooks: [],
    });
    this.adapter = adapter;
    const session = adapter.keepSession?.(this.road);
    if (session === undefined) throw new Error('SMPP keeps a session');
    this.session = session;
  }

  /** One whose session is bound. */
  static async bound(
    credentials: Readonly<Record<string, string>>,
    times: Partial<SessionTimes> = {},
  ): Promise<SmppDesk> {
    const desk = new SmppDesk(credentials, times);
    await desk.isOk();
    return desk;
  }

  async isOk(): Promise<void> {
    await vi.waitFor(() => {
      if (this.road.state?.state !== 'ok') throw new Error(this.road.state?.sentence);
    }, 5_000);
  }

  text(change: Partial<OutboundText> = {}): OutboundText {
    this.#texts += 1;
    const uid = `01890000-0000-7000-8000-${String(this.#texts).padStart(12, '0')}`;
    return { uid, from: ours, to: theirs, text: `Hello ${this.#texts}`, mediaUrls: [], ...change };
  }

  send(change: Partial<OutboundText> = {}, deadlineMs = 5_000) {
    return this.adapter.send(this.text(change), deadlineMs);
  }

  /** Everything that came in, understood in its order. */
  get events(): DeliveryEvent[] {
    return this.road.arrivals.flatMap((arrival) => [...this.adapter.readDelivery(asRaw(arrival))]);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.session.stop();
  }
}

/** An arrival as the core keeps it. */
export const asRaw = ({ body, headers }: SessionArrival): RawDelivery => ({
  provider: 'smpp',
  connectionId: 'c1',
  method: 'SESSION',
  url: '',
  headers,
  body,
  receivedAt: Date.now(),
});
