import { type KeyObject, randomUUID, sign } from 'node:crypto';

/** The headers that make a body the carrier's own, at a time in milliseconds since 1970. */
export function signAsTelnyx(
  key: KeyObject,
  { body, at }: { readonly body: Uint8Array; readonly at: number },
): Record<string, string> {
  const timestamp = String(Math.floor(at / 1_000));
  const signature = sign(null, Buffer.concat([Buffer.from(`${timestamp}|`), body]), key);
  return {
    'telnyx-timestamp': timestamp,
    'telnyx-signature-ed25519': signature.toString('base64'),
  };
}

export type Event = { readonly type: string; readonly payload: unknown; readonly at: number };
export type Addresses = readonly (string | null)[];

/** So long the carrier waits for an answer, so often it tries at each address. */
const patienceMs = 2_000;
const attemptsEach = 3;
const pauseMs = 20;

/** Posts events to the first address, and where that fails three times to the second. */
export class TelnyxWebhooks {
  key: KeyObject;
  /** Hold what is posted back until it is let go. */
  held = false;
  /** Post everything twice, as carriers sometimes do. */
  doubled = false;
  readonly #waiting: (() => Promise<void>)[] = [];
  readonly #underWay = new Set<Promise<void>>();

  constructor(key: KeyObject) {
    this.key = key;
  }

  post(event: Event, addresses: Addresses): void {
    const envelope = {
      record_type: 'event',
      event_type: event.type,
      id: randomUUID(),
      occurred_at: new Date(event.at).toISOString().replace('Z', '+00:00'),
      // What is told is how things stood then.
      payload: structuredClone(event.payload),
    };
    for (let copy = 0; copy < (this.doubled ? 2 : 1); copy += 1)
      this.#start(() => this.#deliver(envelope, addresses));
  }

  /** Lets go what was held, the last first. */
  releaseReversed(): void {
    this.held = false;
    for (const deliver of this.#waiting.splice(0).toReversed()) this.#start(deliver);
  }

  /** Resolves when nothing is on the road. */
  async settled(): Promise<void> {
    await Promise.all(this.#underWay);
  }

  #start(deliver: () => Promise<void>): void {
    if (this.held) {
      this.#waiting.push(deliver);
      return;
    }
    // One after the other, so that an order without mischief is the order of events.
    const before = [...this.#underWay];
    const delivery = Promise.all(before)
      .then(deliver)
      .finally(() => this.#underWay.delete(delivery));
    this.#underWay.add(delivery);
  }

  async #deliver(data: unknown, addresses: Addresses): Promise<void> {
    let attempt = 0;
    for (const url of addresses)
      for (let tries = 0; url !== null && tries < attemptsEach; tries += 1) {
        attempt += 1;
        const body = JSON.stringify({ data, meta: { attempt, delivered_to: url } });
        if (await this.#isTaken(url, body)) return;
        await new Promise((resolve) => setTimeout(resolve, pauseMs));
      }
  }

  async #isTaken(url: string, body: string): Promise<boolean> {
    const signed = signAsTelnyx(this.key, { body: Buffer.from(body), at: Date.now() });
    try {
      const answer = await fetch(url, {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'user-agent': 'telnyx-webhooks', ...signed },
        body,
        signal: AbortSignal.timeout(patienceMs),
      });
      await answer.arrayBuffer();
      return answer.ok;
    } catch {
      return false;
    }
  }
}
