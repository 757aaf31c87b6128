import { setTimeout as pause } from 'node:timers/promises';

import { expect } from 'vitest';

import { sipMessage } from '#main/providers/sip-message/adapter.ts';
import type { DeliveryEvent } from '#shared/provider/delivery.ts';
import type {
  KeptSession,
  OutboundText,
  ProviderAdapter,
  SessionArrival,
  SessionState,
} from '#shared/provider/provider.ts';
import { SipCarrier, account, domain } from '#test/carriers/sip-carrier.ts';
import { carrierCertificate } from '#test/carriers/sip-doors.ts';

export type Way = 'udp' | 'tcp' | 'tls' | 'ws' | 'wss';

export const ours = '+15550100001';
export const theirs = '+15550100002';

/** Credentials that reach the local carrier by one of its doors. */
export function credentialsFor(carrier: SipCarrier, way: Way): Record<string, string> {
  const port = carrier.port(way);
  const reached: Record<string, string> =
    way === 'ws' || way === 'wss'
      ? { transport: 'wss', wssUrl: `${way}://127.0.0.1:${port}/` }
      : { transport: way, server: `127.0.0.1:${port}` };
  const secure = way === 'tls' || way === 'wss' ? { tlsCa: carrierCertificate } : {};
  return { domain, ...account, ...reached, ...secure };
}

/** An adapter with a session kept over the local carrier, and what came over it. Closed by `await using`. */
export class SipDesk implements AsyncDisposable {
  readonly carrier: SipCarrier;
  adapter: ProviderAdapter;
  readonly arrivals: SessionArrival[] = [];
  readonly states: SessionState[] = [];
  /** Called before an arrival is kept; a rejection refuses it. */
  store: (arrival: SessionArrival) => Promise<void> = () => Promise.resolve();
  /** Complaints of the carrier are expected. */
  rude = false;
  session: KeptSession | null = null;
  #texts = 0;

  private constructor(carrier: SipCarrier, adapter: ProviderAdapter) {
    this.carrier = carrier;
    this.adapter = adapter;
  }

  /** Opens an adapter; registers unless told otherwise. */
  static async open(
    way: Way = 'tcp',
    more: Readonly<Record<string, string>> = {},
    how: { carrier?: SipCarrier; numbers?: readonly string[]; register?: boolean } = {},
  ): Promise<SipDesk> {
    const carrier = how.carrier ?? (await SipCarrier.start());
    const credentials = { ...credentialsFor(carrier, way), ...more };
    const desk = new SipDesk(carrier, openAdapter(credentials, how.numbers));
    if (how.register !== false) {
      desk.keep();
      await desk.untilState('ok');
    }
    return desk;
  }

  /** Opens another adapter in the place of the first. */
  reopen(credentials: Readonly<Record<string, string>>): void {
    this.adapter = openAdapter(credentials);
  }

  keep(): KeptSession {
    const session = this.adapter.keepSession?.({
      append: async (arrival) => {
        await this.store(arrival);
        this.arrivals.push(arrival);
      },
      onState: (state) => void this.states.push(state),
    });
    if (session === undefined) throw new Error('no session');
    this.session = session;
    return session;
  }

  text(change: Partial<OutboundText> = {}): OutboundText {
    this.#texts += 1;
    const uid = `01890000-0000-7000-8000-${String(this.#texts).padStart(12, '0')}`;
    return { uid, from: ours, to: theirs, text: `Hello ${this.#texts}`, mediaUrls: [], ...change };
  }

  read(arrival: SessionArrival): readonly DeliveryEvent[] {
    return this.adapter.readDelivery({
      provider: 'sip-message',
      connectionId: 'c1',
      method: 'SESSION',
      url: '',
      receivedAt: Date.now(),
      headers: arrival.headers,
      body: arrival.body,
    });
  }

  async untilState(state: SessionState['state'], after = 0): Promise<SessionState> {
    return await until(
      () => this.states.slice(after).find((each) => each.state === state),
      () => JSON.stringify(this.states),
    );
  }

  async untilArrived(count: number): Promise<readonly SessionArrival[]> {
    await until(() => (this.arrivals.length >= count ? true : undefined));
    return this.arrivals;
  }

  /** Resolves with the status lines of so many answers to the carrier's own requests. */
  async answers(count: number): Promise<readonly string[]> {
    const { answers } = this.carrier;
    await until(
      () => (answers.length >= count ? true : undefined),
      () => JSON.stringify(answers.map(({ start }) => start)),
    );
    return answers.map(({ start }) => start);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.session?.stop();
    await this.carrier[Symbol.asyncDispose]();
    if (!this.rude) expect(this.carrier.complaints).toEqual([]);
  }
}

export function openAdapter(
  credentials: Readonly<Record<string, string>>,
  numbers: readonly string[] = [ours],
): ProviderAdapter {
  const connection = { connectionId: 'c1', baseUrl: null, credentials, numbers, hooks: [] };
  return sipMessage.open(connection).adapter;
}

/** Asks until the answer is something, at most 8 s. */
export async function until<Found>(
  ask: () => Found | undefined,
  instead: () => string = () => '',
): Promise<Found> {
  for (let tries = 0; tries < 800; tries += 1) {
    const found = ask();
    if (found !== undefined) return found;
    await pause(10);
  }
  throw new Error(`it never came to be: ${instead()}`);
}
