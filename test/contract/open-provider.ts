import type { RawDelivery } from '#shared/provider/delivery.ts';
import type { OutboundText, ProviderAdapter, WebhookGuard } from '#shared/provider/provider.ts';
import { UnrulyFront } from '#test/fakes/unruly-front.ts';

import type { CarrierUnderTest, ProviderUnderTest } from './provider-under-test.ts';

/** A carrier under test behind an unruly front, with a connection opened to it. Closed by `await using`. */
export class OpenProvider implements AsyncDisposable {
  readonly carrier: CarrierUnderTest;
  readonly front: UnrulyFront;
  readonly adapter: ProviderAdapter;
  readonly guard: WebhookGuard;
  readonly #provider: ProviderUnderTest;
  #texts = 0;

  private constructor(provider: ProviderUnderTest, carrier: CarrierUnderTest, front: UnrulyFront) {
    this.#provider = provider;
    this.carrier = carrier;
    this.front = front;
    const { adapter, guard } = this.connect(front.url);
    this.adapter = adapter;
    this.guard = guard;
  }

  static async start(provider: ProviderUnderTest): Promise<OpenProvider> {
    const carrier = await provider.start();
    return new OpenProvider(provider, carrier, await UnrulyFront.before(carrier.baseUrl));
  }

  /** Opens a connection to the carrier at this address. */
  connect(
    baseUrl: string,
    credentials = this.carrier.credentials,
  ): ReturnType<ProviderUnderTest['definition']['open']> {
    return this.#provider.definition.open({
      connectionId: 'c1',
      baseUrl,
      credentials,
      numbers: [this.carrier.ours],
      hooks: [],
    });
  }

  /** A text with a reference of its own that the carrier takes; `change` replaces parts of it. */
  text(change: Partial<OutboundText> = {}): OutboundText {
    this.#texts += 1;
    return {
      uid: `01890000-0000-7000-8000-${String(this.#texts).padStart(12, '0')}`,
      from: this.carrier.ours,
      to: this.carrier.recipients.taken,
      text: `Hello ${this.#texts}`,
      mediaUrls: [],
      ...change,
    };
  }

  /** A delivery with this body, authentic now unless said otherwise. */
  delivery(
    body: string | Uint8Array,
    how: { readonly at?: number; readonly secret?: string } = {},
  ): RawDelivery {
    const bytes = typeof body === 'string' ? new TextEncoder().encode(body) : body;
    const { at = Date.now(), secret = this.carrier.secrets.current } = how;
    const url = 'https://hooks.example/hooks/x/c1';
    return {
      provider: this.#provider.definition.id,
      connectionId: 'c1',
      method: 'POST',
      url,
      headers: {
        'content-type': 'application/json',
        ...this.carrier.sign(bytes, { at, secret, url }),
      },
      body: bytes,
      receivedAt: Date.now(),
    };
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.front[Symbol.asyncDispose]();
    await this.carrier[Symbol.asyncDispose]();
  }
}
