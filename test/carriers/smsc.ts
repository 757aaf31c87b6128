import { type AddressInfo, type Server, type Socket, createServer } from 'node:net';
import { createServer as createTlsServer } from 'node:tls';

import { SmscLink } from './smsc-link.ts';
import { type Message, writeData, writeDeliver } from './smsc-message.ts';
import { type Submit, readSubmit } from './smsc-submit.ts';
import { Breach, Fields, type Unit, cString, ids, reply } from './smsc-units.ts';

/** What the centre does with a text. `silent` and `cut` may have taken it all the same. */
export type SubmitManner =
  | {
      readonly kind: 'take';
      readonly id?: string;
      readonly afterMs?: number;
      readonly first?: Message;
    }
  | { readonly kind: 'refuse' | 'nack'; readonly status: number; readonly afterMs?: number }
  | { readonly kind: 'silent' | 'cut'; readonly taken?: boolean }
  | { readonly kind: 'raw'; readonly body: Buffer };

/** How the centre behaves, changed at will while it runs. */
export type Manners = {
  /** The command_status of a bind, or no answer at all. */
  bind: (attempt: number) => number | 'silent' | 'cut';
  submit: (submit: Submit, count: number) => SubmitManner;
  answersEnquire: boolean;
  answersUnbind: boolean;
  /** Binds it has room for. */
  mostBinds: number;
};

export type SmscOptions = {
  readonly systemId?: string;
  readonly password?: string;
  readonly tls?: { readonly key: string; readonly cert: string };
  readonly port?: number;
};

/** A message centre on loopback that takes SMPP 3.4 to the letter. Closed by `await using`. */
export class Smsc implements AsyncDisposable {
  readonly manners: Manners = {
    bind: () => 0,
    submit: () => ({ kind: 'take' }),
    answersEnquire: true,
    answersUnbind: true,
    mostBinds: 2,
  };
  /** Texts taken, and what was refused for breaking a rule. */
  readonly submits: Submit[] = [];
  readonly breaches: string[] = [];
  /** Every bind asked for: command and system_type. */
  readonly binds: { readonly id: number; readonly systemType: string }[] = [];
  unbinds = 0;
  enquiries = 0;
  /** Times at which a submit_sm came in, in milliseconds. */
  readonly submittedAt: number[] = [];
  readonly links = new Set<SmscLink>();
  readonly #options: SmscOptions;
  readonly #server: Server;
  #ids = 0;

  private constructor(options: SmscOptions) {
    this.#options = options;
    const accept = (socket: Socket): void => this.#accept(socket);
    this.#server =
      options.tls === undefined ? createServer(accept) : createTlsServer(options.tls, accept);
  }

  static async start(options: SmscOptions = {}): Promise<Smsc> {
    const smsc = new Smsc(options);
    await new Promise<void>((resolve) =>
      smsc.#server.listen(options.port ?? 0, '127.0.0.1', resolve),
    );
    return smsc;
  }

  get port(): number {
    return (this.#server.address() as AddressInfo).port;
  }

  get address(): string {
    return `${this.#options.tls === undefined ? 'smpp' : 'smpps'}://127.0.0.1:${this.port}`;
  }

  get credentials(): Readonly<Record<string, string>> {
    const { systemId = 'trunk', password = 'secret' } = this.#options;
    return { address: this.address, systemId, password };
  }

  /** Links bound so that messages may go over them. */
  get receivers(): SmscLink[] {
    return [...this.links].filter(({ bound }) => bound !== null && bound !== ids.bindTransmitter);
  }

  get boundCount(): number {
    return [...this.links].filter(({ bound }) => bound !== null).length;
  }

  /** Hands a message to whoever is bound, and resolves with the command_status of the answer. */
  async deliver(message: Message, asData = false): Promise<number> {
    const [link] = this.receivers;
    if (link === undefined) throw new Error('nobody is bound to hand it to');
    return await (asData
      ? link.ask(ids.data, writeData(message))
      : link.ask(ids.deliver, writeDeliver(message)));
  }

  /** Called with every link as soon as it is bound, in the same packet as the answer. */
  onBound: (link: SmscLink) => void = () => undefined;

  /** Breaks every connection off. */
  cut(): void {
    for (const link of this.links) link.socket.destroy();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    const closed = new Promise((resolve) => this.#server.close(resolve));
    this.cut();
    await closed;
  }

  #accept(socket: Socket): void {
    const link = new SmscLink(socket, (unit) => this.#answer(link, unit));
    this.links.add(link);
    socket.once('close', () => this.links.delete(link));
  }

  #answer(link: SmscLink, unit: Unit): void {
    try {
      this.#serve(link, unit);
    } catch (error) {
      if (!(error instanceof Breach)) throw error;
      this.breaches.push(error.message);
      link.answer(unit, error.status);
    }
  }

  #serve(link: SmscLink, unit: Unit): void {
    if (unit.sequence < 1 || unit.sequence > 0x7fff_ffff) throw new Breach(0x03, 'sequence');
    switch (unit.id) {
      case ids.bindReceiver:
      case ids.bindTransmitter:
      case ids.bindTransceiver:
        return this.#bind(link, unit);
      case ids.enquire:
        this.enquiries += 1;
        if (this.manners.answersEnquire) link.answer(unit, 0);
        return;
      case ids.unbind:
        this.unbinds += 1;
        link.bound = null;
        if (this.manners.answersUnbind) link.answer(unit, 0);
        return;
      case ids.submit:
        return this.#submit(link, unit);
      default:
        link.write({ ...unit, id: ids.nack, status: 0x03, body: Buffer.alloc(0) });
    }
  }

  #bind(link: SmscLink, unit: Unit): void {
    if (link.bound !== null) throw new Breach(0x05, 'bound already');
    this.#checkLogin(unit);
    const status = this.manners.bind(this.binds.length);
    if (status === 'silent') return;
    if (status === 'cut') return void link.socket.destroy();
    if (status !== 0) return link.answer(unit, status);
    if (this.boundCount >= this.manners.mostBinds) throw new Breach(0x05, 'too many binds');
    link.bound = unit.id;
    link.socket.cork();
    link.answer(unit, 0, Buffer.concat([cString('smsc'), Buffer.of(2, 0x10, 0, 1, 0x34)]));
    this.onBound(link);
    link.socket.uncork();
  }

  #checkLogin({ id, body }: Unit): void {
    const { systemId, password } = this.credentials;
    const fields = new Fields(body);
    const asked = { systemId: fields.text(16, 0x0f), password: fields.text(9, 0x0e) };
    this.binds.push({ id, systemType: fields.text(13, 0x53) });
    if (fields.number(1) !== 0x34) throw new Breach(0x0d, 'interface_version');
    fields.take(2);
    if (fields.text(41) !== '' || fields.left > 0) throw new Breach(0x02, 'bind');
    if (asked.systemId !== systemId) throw new Breach(0x0f, 'system_id');
    if (asked.password !== password) throw new Breach(0x0e, 'password');
  }

  #submit(link: SmscLink, unit: Unit): void {
    if (link.bound === null || link.bound === ids.bindReceiver)
      throw new Breach(0x04, 'submit_sm without a bind for it');
    const submit = readSubmit(unit.body);
    this.submittedAt.push(Date.now());
    const manner = this.manners.submit(submit, this.submittedAt.length);
    const isTaken = manner.kind === 'take' || ('taken' in manner && manner.taken === true);
    if (isTaken) this.submits.push(submit);
    const wait = 'afterMs' in manner ? manner.afterMs : undefined;
    if (wait === undefined) this.#finish(link, unit, manner);
    else setTimeout(() => this.#finish(link, unit, manner), wait);
  }

  #finish(link: SmscLink, unit: Unit, manner: SubmitManner): void {
    switch (manner.kind) {
      case 'take':
        if (manner.first !== undefined) void link.ask(ids.deliver, writeDeliver(manner.first));
        link.answer(unit, 0, cString(manner.id ?? this.nextId()));
        return;
      case 'refuse':
        link.answer(unit, manner.status);
        return;
      case 'nack':
        link.write({ ...unit, id: ids.nack, status: manner.status, body: Buffer.alloc(0) });
        return;
      case 'raw':
        link.write({ ...unit, id: reply(unit.id), status: 0, body: manner.body });
        return;
      case 'cut':
        link.socket.destroy();
        return;
      case 'silent':
        return;
    }
  }

  /** An id that no text has had. */
  nextId(): string {
    this.#ids += 1;
    return `m${this.#ids}`;
  }
}
