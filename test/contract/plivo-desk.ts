import { plivo } from '#main/providers/plivo/adapter.ts';
import type { RawDelivery } from '#shared/provider/delivery.ts';
import type { OpenConnection, ProviderAdapter, WebhookGuard } from '#shared/provider/provider.ts';
import { PlivoCarrier } from '#test/carriers/plivo-carrier.ts';
import { WebhookReceiver } from '#test/fakes/webhook-receiver.ts';

export const ours = '+15550100001';
export const theirs = '+15550100199';
export const uid = '01890000-0000-7000-8000-00000000b11f';

/** A local Plivo, the address it calls, and a connection to it. Closed by `await using`. */
export class PlivoDesk implements AsyncDisposable {
  readonly carrier: PlivoCarrier;
  readonly receiver: WebhookReceiver;
  readonly adapter: ProviderAdapter;
  readonly guard: WebhookGuard;

  private constructor(carrier: PlivoCarrier, receiver: WebhookReceiver) {
    this.carrier = carrier;
    this.receiver = receiver;
    const { adapter, guard } = this.open();
    this.adapter = adapter;
    this.guard = guard;
  }

  static async start(): Promise<PlivoDesk> {
    const carrier = await PlivoCarrier.start(
      [
        {
          number: '15550100001',
          type: 'local',
          alias: 'Front desk',
          mms: true,
          registration: 'COMPLETED',
          campaign: 'C012345',
          application: '1001',
        },
        { number: '18445550102', type: 'tollfree', verification: 'verified', application: '1001' },
        { number: '15550100003', type: 'local', registration: 'UNREGISTERED', application: null },
      ],
      [
        { number: '12015550110', type: 'local', mms: true, application: null },
        { number: '18665550111', type: 'tollfree', application: null },
      ],
    );
    const receiver = await WebhookReceiver.start('plivo');
    carrier.numbers.addApplication('1001', receiver.url);
    return new PlivoDesk(carrier, receiver);
  }

  get credentials(): Readonly<Record<string, string>> {
    const { authId, authToken } = this.carrier;
    return { authId, authToken };
  }

  open(more: Partial<OpenConnection> = {}): ReturnType<typeof plivo.open> {
    const hooks = plivo.capabilities.hooks.map((purpose) => ({ purpose, url: this.receiver.url }));
    const { url: baseUrl } = this.carrier;
    const connection = { connectionId: 'c1', baseUrl, credentials: this.credentials, hooks };
    return plivo.open({ ...connection, numbers: [ours], ...more });
  }

  async send(text: string, mediaUrls: readonly string[] = []): Promise<string> {
    const outcome = await this.adapter.send(
      { uid, from: ours, to: theirs, text, mediaUrls },
      5_000,
    );
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

/** A callback with this form, as the intake hands it on. */
export function callback(
  form: string | Readonly<Record<string, string>>,
  more: Partial<RawDelivery> = {},
): RawDelivery {
  return {
    provider: 'plivo',
    connectionId: 'c1',
    method: 'POST',
    url: 'https://hooks.example/hooks/plivo/c1',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: Buffer.from(typeof form === 'string' ? form : new URLSearchParams(form).toString()),
    receivedAt: Date.now(),
    ...more,
  };
}
