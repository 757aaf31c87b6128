import { twilio } from '#main/providers/twilio/adapter.ts';
import type { DeliveryEvent } from '#shared/provider/delivery.ts';
import type { OutboundText, ProviderAdapter, WebhookGuard } from '#shared/provider/provider.ts';
import { WebhookReceiver } from '#test/fakes/webhook-receiver.ts';

import type { NumberRow } from './twilio-account.ts';
import { TwilioCarrier } from './twilio-carrier.ts';

export const line = '+15550100001';
export const customer = '+15550100777';

type How = {
  readonly baseUrl?: string;
  readonly credentials?: Readonly<Record<string, string>>;
  /** Where the carrier is told to call; null for nowhere. */
  readonly hookUrl?: string | null;
};

/** A running Twilio with one number, a connection opened to it, and a hook that both know. Closed by `await using`. */
export class TwilioDesk implements AsyncDisposable {
  readonly carrier: TwilioCarrier;
  readonly receiver: WebhookReceiver;
  readonly adapter: ProviderAdapter;
  readonly guard: WebhookGuard;
  readonly number: NumberRow;
  #texts = 0;

  private constructor(carrier: TwilioCarrier, receiver: WebhookReceiver) {
    this.carrier = carrier;
    this.receiver = receiver;
    this.number = carrier.account.addNumber(line, {
      smsUrl: receiver.url,
      statusCallback: receiver.url,
    });
    const { adapter, guard } = this.connect({});
    this.adapter = adapter;
    this.guard = guard;
  }

  static async open(): Promise<TwilioDesk> {
    return new TwilioDesk(await TwilioCarrier.start(), await WebhookReceiver.start('twilio'));
  }

  get credentials(): Record<string, string> {
    const { sid, tokens } = this.carrier.account;
    return { accountSid: sid, authToken: tokens[0] ?? '' };
  }

  connect({
    baseUrl = this.carrier.url,
    credentials = this.credentials,
    hookUrl: url = this.receiver.url,
  }: How): ReturnType<typeof twilio.open> {
    const purposes = ['messages', 'receipts', 'calls'] as const;
    return twilio.open({
      connectionId: 'c1',
      baseUrl,
      credentials,
      numbers: [line],
      hooks: url === null ? [] : purposes.map((purpose) => ({ purpose, url })),
    });
  }

  text(change: Partial<OutboundText> = {}): OutboundText {
    this.#texts += 1;
    return {
      uid: `01890000-0000-7000-8000-${String(this.#texts).padStart(12, '0')}`,
      from: line,
      to: customer,
      text: `Hello ${this.#texts}`,
      mediaUrls: [],
      ...change,
    };
  }

  /** Sends a text that is taken, and says its id. */
  async send(change: Partial<OutboundText> = {}): Promise<string> {
    const outcome = await this.adapter.send(this.text(change), 5_000);
    if (outcome.kind !== 'accepted') throw new Error(`not accepted: ${JSON.stringify(outcome)}`);
    return outcome.providerMessageId;
  }

  /** What a hook with these fields means. */
  read(fields: Readonly<Record<string, string>>): readonly DeliveryEvent[] {
    return this.adapter.readDelivery({
      provider: 'twilio',
      connectionId: 'c1',
      method: 'POST',
      url: this.receiver.url,
      headers: {},
      body: Buffer.from(new URLSearchParams(fields).toString()),
      receivedAt: Date.now(),
    });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.receiver[Symbol.asyncDispose]();
    await this.carrier[Symbol.asyncDispose]();
  }
}
