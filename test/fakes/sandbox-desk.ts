import { systemClock } from '#main/log/system-clock.ts';
import {
  type SandboxCarrier,
  type SandboxCarrierOptions,
  startSandboxCarrier,
} from '#main/sandbox-carrier/start-sandbox-carrier.ts';

import { WebhookReceiver } from './webhook-receiver.ts';

export const ours = '+15550100001';
const apiKey = 'key-for-the-sandbox';
export const webhookSecret = 'secret-for-the-sandbox';

/** Options of a fast carrier in memory that tells nobody. */
export function sandboxOptions(more: Partial<SandboxCarrierOptions> = {}): SandboxCarrierOptions {
  return {
    dataFile: ':memory:',
    port: 0,
    account: { id: 'acc_1', apiKey, webhookSecret, webhookUrl: null },
    numbers: [ours, '+15550100002'],
    speed: 20,
    seed: 7,
    clock: systemClock,
    ...more,
  };
}

export type ApiResult = {
  readonly status: number;
  readonly headers: Headers;
  readonly body: Record<string, unknown>;
};

/** A real sandbox carrier with a real webhook receiver, and a customer's hand on its API. Closed by `await using`. */
export class SandboxDesk implements AsyncDisposable {
  readonly carrier: SandboxCarrier;
  readonly receiver: WebhookReceiver;
  #texts = 0;

  private constructor(carrier: SandboxCarrier, receiver: WebhookReceiver) {
    this.carrier = carrier;
    this.receiver = receiver;
  }

  static async open(more: Partial<SandboxCarrierOptions> = {}): Promise<SandboxDesk> {
    const receiver = await WebhookReceiver.start('sandbox');
    const carrier = await startSandboxCarrier(sandboxOptions(more));
    carrier.setWebhookUrl(receiver.url);
    return new SandboxDesk(carrier, receiver);
  }

  /** Sends a text as the account's first number; `more` adds to the body or replaces parts of it. */
  send(to: string, more: Record<string, unknown> = {}, signal?: AbortSignal): Promise<ApiResult> {
    this.#texts += 1;
    const body = { from: ours, to, text: 'Hello', reference: `ref-${this.#texts}`, ...more };
    return this.call('POST', '/v1/messages', { body: JSON.stringify(body), signal });
  }

  async list(query = ''): Promise<Record<string, unknown>[]> {
    const { body } = await this.call('GET', `/v1/messages${query}`);
    return body['data'] as Record<string, unknown>[];
  }

  async call(
    method: string,
    path: string,
    more: { body?: string; key?: string; signal?: AbortSignal | undefined } = {},
  ): Promise<ApiResult> {
    const response = await fetch(`${this.carrier.url}${path}`, {
      method,
      headers: { authorization: `Bearer ${more.key ?? apiKey}` },
      body: more.body ?? null,
      signal: more.signal ?? null,
    });
    const text = await response.text();
    const body = JSON.parse(text) as Record<string, unknown>;
    return { status: response.status, headers: response.headers, body };
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.carrier.stop();
    await this.receiver[Symbol.asyncDispose]();
  }
}
