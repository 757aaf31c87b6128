import { type Capabilities, usualCapabilities } from '#shared/provider/capabilities.ts';
import type { Asked, ListPage, ListedText, TextQuery } from '#shared/provider/carrier-lists.ts';
import {
  type DeliveryEvent,
  type RawDelivery,
  UnreadableDelivery,
} from '#shared/provider/delivery.ts';
import type { OutboundText, ProviderAdapter, SendOutcome } from '#shared/provider/provider.ts';

type Answering = (outcome: SendOutcome) => void;

const usual: Capabilities = {
  ...usualCapabilities,
  label: 'Fake',
  about: 'Answers as the test says.',
  credentials: [],
  mms: true,
  listsMessages: true,
  senderTypes: ['10dlc'],
  media: null,
  parallelSends: 3,
  reconcileAfterMs: [15_000, 60_000],
};

/** A carrier that answers when and what the test says, and remembers everything it was asked. */
export class FakeCarrier {
  /** Every text handed over, oldest first. */
  readonly sent: OutboundText[] = [];
  /** Sends that wait for their answer, oldest first. */
  readonly waiting: { readonly text: OutboundText; readonly answer: Answering }[] = [];
  readonly asked: TextQuery[] = [];
  /** What the list shows; null where it cannot be read. */
  list: ListedText[] | null = [];
  /** Answers a send at once; where it gives null the send waits for {@link answerNext}. */
  onSend: (text: OutboundText) => SendOutcome | null = () => null;
  media: ReturnType<ProviderAdapter['mediaAccess']> = { origins: [], headers: {} };
  /** False where it understands no delivery at all. */
  reads = true;
  readonly adapter: ProviderAdapter;

  constructor(capabilities: Partial<Capabilities> = {}) {
    const listTexts = async (query: TextQuery): Promise<Asked<ListPage<ListedText>>> => {
      this.asked.push(query);
      if (this.list !== null) return { kind: 'told', answer: { rows: this.list, next: null } };
      return { kind: 'not-told', failure: { kind: 'carrier-trouble', raw: null } };
    };
    const all = { ...usual, ...capabilities };
    this.adapter = {
      capabilities: all,
      send: (text) => this.#send(text),
      ...(all.listsMessages ? { listTexts } : {}),
      testCredentials: async () => ({ kind: 'told', answer: { account: null } }),
      readDelivery: (raw) => (this.reads ? readDelivery(raw) : trip()),
      mediaAccess: () => this.media,
    };
  }

  /** Answers the send that has waited longest. */
  answerNext(outcome: SendOutcome): void {
    const next = this.waiting.shift();
    if (next === undefined) throw new Error('no send is waiting for an answer');
    next.answer(outcome);
  }

  #send(text: OutboundText): Promise<SendOutcome> {
    this.sent.push(text);
    return new Promise((resolve, reject) => {
      try {
        const outcome = this.onSend(text);
        if (outcome !== null) resolve(outcome);
        else this.waiting.push({ text, answer: resolve });
      } catch (error) {
        reject(error as Error);
      }
    });
  }
}

/** This carrier's deliveries are its events as JSON; `trip` makes the reader fall over something it did not expect. */
function readDelivery({ body }: RawDelivery): readonly DeliveryEvent[] {
  const text = new TextDecoder().decode(body);
  if (text === 'trip') trip();
  try {
    return JSON.parse(text) as DeliveryEvent[];
  } catch {
    throw new UnreadableDelivery('The body is not JSON.');
  }
}

function trip(): never {
  throw new TypeError('the reader fell over something it did not expect');
}

/** A delivery of the fake carrier that says these events, or has this body. */
export function deliveryOf(
  says: DeliveryEvent | readonly DeliveryEvent[] | string,
  more: Partial<RawDelivery> = {},
): RawDelivery {
  const events = Array.isArray(says) ? says : [says];
  return {
    provider: 'fake',
    connectionId: 'fake0001',
    method: 'POST',
    url: 'http://127.0.0.1/hooks/fake/fake0001',
    headers: {},
    body: Buffer.from(typeof says === 'string' ? says : JSON.stringify(events)),
    receivedAt: Date.UTC(2026, 0, 1),
    ...more,
  };
}
