import type { AddressInfo, Server } from 'node:net';

import smpp, { type Fields, type Pdu, type Session } from 'smpp';

/** A message centre made of npm `smpp`, which others wrote from the other side. Closed by `await using`. */
export class SmppPeer implements AsyncDisposable {
  /** Texts that came in, as the library decodes them. */
  readonly taken: Pdu[] = [];
  /** What a text is answered with; null for no answer. May be slow. */
  answer: (pdu: Pdu, count: number) => Fields | null | Promise<Fields | null> = (_pdu, count) => ({
    message_id: String(count),
  });
  readonly #server: Server;
  readonly #sessions = new Set<Session>();

  private constructor() {
    this.#server = smpp.createServer((session) => this.#serve(session));
  }

  static async start(): Promise<SmppPeer> {
    const peer = new SmppPeer();
    await new Promise<void>((resolve) => peer.#server.listen(0, '127.0.0.1', resolve));
    return peer;
  }

  get credentials(): Readonly<Record<string, string>> {
    const { port } = this.#server.address() as AddressInfo;
    return { address: `smpp://127.0.0.1:${port}`, systemId: 'trunk', password: 'secret' };
  }

  /** Hands a message over, and resolves with the command_status of the answer. */
  deliver(fields: Fields, command: 'deliver_sm' | 'data_sm' = 'deliver_sm'): Promise<number> {
    const route = {
      source_addr: '15550100002',
      source_addr_ton: 1,
      source_addr_npi: 1,
      destination_addr: '15550100001',
      dest_addr_ton: 1,
      dest_addr_npi: 1,
    };
    return new Promise((resolve) => {
      this.session[command]({ ...route, ...fields }, (pdu) => resolve(pdu.command_status));
    });
  }

  get session(): Session {
    const [session] = this.#sessions;
    if (session === undefined) throw new Error('nobody is bound');
    return session;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const session of this.#sessions) session.destroy();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  #serve(session: Session): void {
    this.#sessions.add(session);
    session.on('error', () => undefined);
    session.on('close', () => void this.#sessions.delete(session));
    session.on('bind_transceiver', (pdu) => void session.send(pdu.response({ system_id: 'peer' })));
    session.on('enquire_link', (pdu) => void session.send(pdu.response()));
    session.on('unbind', (pdu) => void session.send(pdu.response()));
    session.on('submit_sm', (pdu) => void this.#take(session, pdu));
  }

  async #take(session: Session, pdu: Pdu): Promise<void> {
    this.taken.push(pdu);
    const answer = await this.answer(pdu, this.taken.length);
    if (answer !== null) session.send(pdu.response(answer));
  }
}
