import { vonage } from '#main/providers/vonage/adapter.ts';
import type { HookAddress } from '#shared/provider/carrier-lists.ts';
import type { DeliveryEvent, RawDelivery } from '#shared/provider/delivery.ts';
import type { OutboundText, ProviderAdapter, WebhookGuard } from '#shared/provider/provider.ts';
import {
  apiKey,
  apiSecret,
  applicationId,
  ours,
  privateKey,
  signatureSecret,
} from '#test/carriers/vonage-account.ts';
import { VonageCarrier } from '#test/carriers/vonage-carrier.ts';
import { WebhookReceiver } from '#test/fakes/webhook-receiver.ts';

export const byApplication = { apiKey, apiSecret, applicationId, privateKey, signatureSecret };
export const byKey = { apiKey, apiSecret, signatureSecret };
export const bySms = { ...byKey, api: 'sms' };

export const deadlineMs = 5_000;
export const peer = '+15550100100';

type Opened = { readonly adapter: ProviderAdapter; readonly guard: WebhookGuard };

/** A local Vonage that calls a webhook address of ours. Closed by `await using`. */
export class VonageDesk implements AsyncDisposable {
  readonly carrier: VonageCarrier;
  readonly receiver: WebhookReceiver;
  #texts = 0;

  private constructor(carrier: VonageCarrier, receiver: WebhookReceiver) {
    this.carrier = carrier;
    this.receiver = receiver;
  }

  static async open(): Promise<VonageDesk> {
    const receiver = await WebhookReceiver.start('vonage');
    const desk = new VonageDesk(await VonageCarrier.start(), receiver);
    const hook = { address: receiver.url, http_method: 'POST' };
    desk.carrier.book.application.capabilities.messages = {
      webhooks: { inbound_url: hook, status_url: hook },
      version: 'v1',
      authenticate_inbound_media: true,
    };
    return desk;
  }

  /** A connection to the local Vonage; by its application unless told otherwise. */
  connect(
    credentials: Readonly<Record<string, string>> = byApplication,
    hooks: readonly HookAddress[] = [],
  ): Opened {
    const baseUrl = this.carrier.url;
    return vonage.open({ connectionId: 'c1', baseUrl, credentials, numbers: [`+${ours}`], hooks });
  }

  text(change: Partial<OutboundText> = {}): OutboundText {
    this.#texts += 1;
    return {
      uid: `01890000-0000-7000-8000-${String(this.#texts).padStart(12, '0')}`,
      from: `+${ours}`,
      to: '+15550100101',
      text: `Hello ${this.#texts}`,
      mediaUrls: [],
      ...change,
    };
  }

  /** The body of the last call of the API. */
  lastCall(): string {
    return this.carrier.calls.at(-1)?.body.toString() ?? '';
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.carrier[Symbol.asyncDispose]();
    await this.receiver[Symbol.asyncDispose]();
  }
}

/** A delivery as the relay would hand it on. */
export function deliveryOf(
  body: string | Uint8Array,
  headers: Readonly<Record<string, string>> = {},
  more: Partial<RawDelivery> = {},
): RawDelivery {
  return {
    provider: 'vonage',
    connectionId: 'c1',
    method: 'POST',
    url: 'https://hooks.example/hooks/vonage/c1',
    headers: { 'content-type': 'application/json', ...headers },
    body: typeof body === 'string' ? new TextEncoder().encode(body) : body,
    receivedAt: Date.now(),
    ...more,
  };
}

/** A connection to nowhere, for what needs no carrier. */
export function openVonage(credentials: Readonly<Record<string, string>> = byApplication): Opened {
  return vonage.open({
    connectionId: 'c1',
    baseUrl: 'http://127.0.0.1:1',
    credentials,
    numbers: [],
    hooks: [],
  });
}

/** What a callback of the Messages API with this body says. */
export function readBody(body: object): readonly DeliveryEvent[] {
  return openVonage().adapter.readDelivery(deliveryOf(JSON.stringify(body)));
}
