import type { DeliveryEvent } from '#shared/provider/delivery.ts';
import type {
  KeptSession,
  ProviderAdapter,
  SendOutcome,
  SessionArrival,
  SessionState,
} from '#shared/provider/provider.ts';

import { openAdapter, until } from './sip-desk.ts';

/** One registered end at somebody else's registrar. Closed by `await using`. */
export class SipEnd implements AsyncDisposable {
  readonly adapter: ProviderAdapter;
  readonly number: string;
  readonly states: SessionState[] = [];
  readonly #arrivals: SessionArrival[] = [];
  #session: KeptSession | null = null;
  #texts = 0;

  private constructor(credentials: Readonly<Record<string, string>>, number: string) {
    this.adapter = openAdapter(credentials, [number]);
    this.number = number;
  }

  static unopened(credentials: Readonly<Record<string, string>>, number: string): SipEnd {
    return new SipEnd(credentials, number);
  }

  /** Resolves once it is registered. */
  static async open(
    credentials: Readonly<Record<string, string>>,
    number: string,
  ): Promise<SipEnd> {
    const end = new SipEnd(credentials, number);
    end.#session =
      end.adapter.keepSession?.({
        append: (arrival) => Promise.resolve(void end.#arrivals.push(arrival)),
        onState: (state) => void end.states.push(state),
      }) ?? null;
    await end.untilState('ok');
    return end;
  }

  async untilState(state: SessionState['state'], after = 0): Promise<void> {
    const found = () => this.states.slice(after).find((each) => each.state === state);
    await until(found, () => JSON.stringify(this.states));
  }

  async send(to: string, text: string): Promise<SendOutcome> {
    this.#texts += 1;
    const uid = `01890000-0000-7000-8000-${String(this.#texts).padStart(12, '0')}`;
    return await this.adapter.send({ uid, from: this.number, to, text, mediaUrls: [] }, 8_000);
  }

  async received(count: number): Promise<readonly DeliveryEvent[]> {
    await until(() => (this.#arrivals.length >= count ? true : undefined));
    return this.#arrivals.flatMap(({ body, headers }) =>
      this.adapter.readDelivery({
        provider: 'sip-message',
        connectionId: 'c1',
        method: 'SESSION',
        url: '',
        receivedAt: Date.now(),
        headers,
        body,
      }),
    );
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#session?.stop();
  }
}
