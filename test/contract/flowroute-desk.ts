import { flowroute } from '#main/providers/flowroute/adapter.ts';
import type { RawDelivery } from '#shared/provider/delivery.ts';
import type { OpenConnection, ProviderAdapter, SendOutcome } from '#shared/provider/provider.ts';
import { FlowrouteCarrier } from '#test/carriers/flowroute-carrier.ts';
import { WebhookReceiver } from '#test/fakes/webhook-receiver.ts';

export const ours = '+15550100001';
export const theirs = '+15550100199';
export const uid = '01890000-0000-7000-8000-00000000f10e';

/** A local Flowroute, the address it calls, and a connection to it. Closed by `await using`. */
export class FlowrouteDesk implements AsyncDisposable {
  readonly carrier: FlowrouteCarrier;
  readonly receiver: WebhookReceiver;
  readonly adapter: ProviderAdapter;

  private constructor(carrier: FlowrouteCarrier, receiver: WebhookReceiver) {
    this.carrier = carrier;
    this.receiver = receiver;
    this.adapter = this.open();
  }

  /** `answers` are the statuses its callbacks get, one after the other. */
  static async start(answers = Array.from({ length: 200 }, () => 200)): Promise<FlowrouteDesk> {
    const number = (value: string, type: 'longcode' | 'toll-free', messagingEnabled: boolean) => ({
      value,
      type,
      messagingEnabled,
      alias: value.endsWith('1') ? 'Office' : null,
    });
    const carrier = await FlowrouteCarrier.start(
      [
        number('15550100001', 'longcode', true),
        number('18445550102', 'toll-free', true),
        number('15550100003', 'longcode', false),
      ],
      [number('12015550110', 'longcode', false), number('18665550111', 'toll-free', false)],
    );
    const receiver = await WebhookReceiver.start('flowroute');
    receiver.answerNext(...answers);
    for (const type of ['sms_callback', 'mms_callback'])
      carrier.numbers.callbacks.set(`${ours.slice(1)} ${type}`, receiver.url);
    return new FlowrouteDesk(carrier, receiver);
  }

  open(more: Partial<OpenConnection> = {}): ProviderAdapter {
    const hooks = flowroute.capabilities.hooks.map((purpose) => ({
      purpose,
      url: `${this.receiver.url}?purpose=${purpose}`,
    }));
    return flowroute.open({
      connectionId: 'c1',
      baseUrl: this.carrier.url,
      credentials: { ...this.carrier.keys },
      numbers: [ours],
      hooks,
      ...more,
    }).adapter;
  }

  async send(text: string, mediaUrls: readonly string[] = []): Promise<string> {
    const out = { uid, from: ours, to: theirs, text, mediaUrls };
    const outcome: SendOutcome = await this.adapter.send(out, 5_000);
    if (outcome.kind !== 'accepted') throw new Error(JSON.stringify(outcome));
    return outcome.providerMessageId;
  }

  /** The callbacks made while something is done. */
  async during(deed: () => Promise<unknown>): Promise<RawDelivery[]> {
    const before = this.receiver.calls.length;
    await deed();
    return this.receiver.calls.slice(before);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.carrier[Symbol.asyncDispose]();
    await this.receiver[Symbol.asyncDispose]();
  }
}

/** A callback with this body, as the intake hands it on. */
export function callback(body: unknown, more: Partial<RawDelivery> = {}): RawDelivery {
  return {
    provider: 'flowroute',
    connectionId: 'c1',
    method: 'POST',
    url: 'https://hooks.example/hooks/flowroute/c1',
    headers: { 'content-type': 'application/json' },
    body: Buffer.from(typeof body === 'string' ? body : JSON.stringify(body)),
    receivedAt: Date.now(),
    ...more,
  };
}
