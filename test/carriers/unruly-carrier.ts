import { once } from 'node:events';
import { type IncomingMessage, type Server, type ServerResponse, createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What a carrier may do to a send. `slow`: one octet now and then. All but `busy`, `silent` and `revoked` have taken the text. */
export const carrierFaults = [
  'reset',
  'error',
  'deaf',
  'silent',
  'busy',
  'slow',
  'early-callback',
  'many-callbacks',
  'malformed',
  'revoked',
] as const;
export type CarrierFault = (typeof carrierFaults)[number];

type Taken = {
  readonly id: string;
  readonly reference: string;
  readonly from: string;
  readonly to: string;
  readonly text: string;
  /** Milliseconds since 1970. */
  readonly at: number;
};
type Wire = Omit<Taken, 'id' | 'at'>;

type Given = {
  readonly now: () => number;
  /** What goes wrong with this text, the first time it is sent; null for nothing. */
  readonly faultOf: (text: string) => string | null;
  /** The list shows a text so many milliseconds after it was taken. */
  readonly listLag: (text: string) => number;
  /** Hears what a callback says. */
  readonly callBack: (body: string) => void;
  /** False where the callbacks of a text are lost. */
  readonly callsBack: (text: string) => boolean;
};

/** The sandbox's API, badly kept: it remembers what it took, whatever it said of it. Closed by `await using`. */
export class UnrulyCarrier implements AsyncDisposable {
  readonly taken: Taken[] = [];
  readonly faults: Partial<Record<CarrierFault, number>> = {};
  /** Callbacks that were not made yet. */
  readonly pending: string[] = [];
  readonly #seen = new Set<string>();
  readonly #server: Server;
  readonly #given: Given;

  private constructor(given: Given) {
    this.#given = given;
    this.#server = createServer((request, response) => void this.#answer(request, response));
  }

  static async start(given: Given): Promise<UnrulyCarrier> {
    const carrier = new UnrulyCarrier(given);
    await once(carrier.#server.listen(0, '127.0.0.1'), 'listening');
    return carrier;
  }

  get port(): number {
    return (this.#server.address() as AddressInfo).port;
  }

  /** How often each text was taken, by our reference. */
  get counts(): Map<string, number> {
    const counts = new Map<string, number>();
    for (const { reference } of this.taken) counts.set(reference, (counts.get(reference) ?? 0) + 1);
    return counts;
  }

  callAll(): void {
    for (const body of this.pending.splice(0)) this.#given.callBack(body);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    const closed = once(this.#server.close(), 'close');
    this.#server.closeAllConnections();
    await closed;
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    response.on('error', () => undefined);
    const url = new URL(request.url ?? '/', 'http://carrier');
    if (request.method === 'GET') return void response.end(this.#list(url.searchParams.get('to')));
    const chunks: Uint8Array[] = [];
    for await (const chunk of request as AsyncIterable<Uint8Array>) chunks.push(chunk);
    const wire = JSON.parse(Buffer.concat(chunks).toString()) as Wire;
    this.#send(wire, response);
  }

  #send(wire: Wire, response: ServerResponse): void {
    const planned = this.#seen.has(wire.reference) ? null : this.#given.faultOf(wire.text);
    const fault = carrierFaults.find((each) => each === planned) ?? null;
    this.#seen.add(wire.reference);
    if (fault !== null) this.faults[fault] = (this.faults[fault] ?? 0) + 1;
    if (fault === 'silent') return;
    if (fault === 'busy') return void response.writeHead(429, { 'retry-after': '1' }).end();
    if (fault === 'revoked') return void response.writeHead(401).end();
    const taken = this.#take(wire);
    this.#tell(taken, fault);
    const body = JSON.stringify({ id: taken.id, status: 'accepted', reference: wire.reference });
    answers[fault ?? 'at-once'](response, body);
  }

  #take({ reference, from, to, text }: Wire): Taken {
    const at = this.#given.now();
    const taken = { id: `msg_${this.taken.length + 1}`, reference, from, to, text, at };
    this.taken.push(taken);
    return taken;
  }

  #tell({ id, reference, text }: Taken, fault: CarrierFault | null): void {
    if (!this.#given.callsBack(text)) return;
    const bodies = (['accepted', 'sent', 'delivered'] as const).map((status) =>
      JSON.stringify({
        id: `evt_${id}_${status}`,
        occurred_at: new Date(this.#given.now()).toISOString(),
        type: 'message.status',
        message: { id, reference, status, error_code: null },
      }),
    );
    if (fault === 'early-callback') return bodies.forEach((body) => this.#given.callBack(body));
    const times = fault === 'many-callbacks' ? 5 : 1;
    const all = Array.from({ length: times }, () => bodies).flat();
    this.pending.push(...(times > 1 ? all.toReversed() : all));
  }

  #list(to: string | null): string {
    const now = this.#given.now();
    const data = this.taken
      .filter((each) => each.to === to && each.at + this.#given.listLag(each.text) <= now)
      .map(({ at, ...each }) => ({
        ...each,
        status: 'delivered',
        error_code: null,
        created_at: new Date(at).toISOString(),
      }));
    return JSON.stringify({ data: data.toReversed(), next: null });
  }
}

type Answer = (response: ServerResponse, body: string) => void;
const wellDone: Answer = (response, body) => void response.writeHead(202).end(body);

const answers: Readonly<
  Record<Exclude<CarrierFault, 'silent' | 'busy' | 'revoked'> | 'at-once', Answer>
> = {
  'at-once': wellDone,
  'early-callback': wellDone,
  'many-callbacks': wellDone,
  reset: (response) => void response.socket?.resetAndDestroy(),
  error: (response) => void response.writeHead(500).end('{}'),
  deaf: () => undefined,
  slow: (response, body) => {
    response.writeHead(202, { 'content-length': body.length });
    let sent = 0;
    const drip = setInterval(() => response.write(body[sent++] ?? ''), 100);
    response.on('close', () => clearInterval(drip));
  },
  malformed: (response) => void response.writeHead(202).end('{"id":'),
};
