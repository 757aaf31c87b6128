import { type RemoteInfo, type Socket, createSocket } from 'node:dgram';
import { promises as dns } from 'node:dns';

/** A name service on loopback that knows a few SRV records and nothing else. Closed by `await using`. */
export class NameServer implements AsyncDisposable {
  /** Names asked for, with the number of the record's type. */
  readonly asked: string[] = [];
  readonly #records: Readonly<Record<string, { readonly target: string; readonly port: number }>>;
  readonly #socket: Socket = createSocket('udp4');
  readonly #usual = dns.getServers();

  private constructor(records: Readonly<Record<string, { target: string; port: number }>>) {
    this.#records = records;
    this.#socket.on('message', (query, from) => this.#answer(query, from));
  }

  /** Starts it, and has this process ask it alone. */
  static async start(
    records: Readonly<Record<string, { target: string; port: number }>>,
  ): Promise<NameServer> {
    const server = new NameServer(records);
    await new Promise<void>((resolve) => server.#socket.bind(0, '127.0.0.1', resolve));
    dns.setServers([`127.0.0.1:${server.#socket.address().port}`]);
    return server;
  }

  /* RFC 1035 4: header, question, and where there is a record one answer of RFC 2782. */
  #answer(query: Buffer, { port, address }: RemoteInfo): void {
    const end = query.indexOf(0, 12) + 5;
    const name = namesIn(query.subarray(12, end - 5));
    const type = query.readUInt16BE(end - 4);
    this.asked.push(`${name} ${type}`);
    const record = type === 33 ? this.#records[name] : undefined;
    const flags = record === undefined ? 0x81_83 : 0x81_80;
    const header = Buffer.alloc(12);
    header.writeUInt16BE(query.readUInt16BE(0), 0);
    header.writeUInt16BE(flags, 2);
    header.writeUInt16BE(1, 4);
    header.writeUInt16BE(record === undefined ? 0 : 1, 6);
    const answer = record === undefined ? Buffer.alloc(0) : asRecord(record);
    this.#socket.send(Buffer.concat([header, query.subarray(12, end), answer]), port, address);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    dns.setServers(this.#usual);
    await new Promise<void>((resolve) => this.#socket.close(() => resolve()));
  }
}

function namesIn(labels: Buffer): string {
  const names: string[] = [];
  for (let at = 0; at < labels.length; at += (labels[at] ?? 0) + 1)
    names.push(labels.toString('latin1', at + 1, at + 1 + (labels[at] ?? 0)));
  return names.join('.').toLowerCase();
}

function asRecord({ target, port }: { target: string; port: number }): Buffer {
  const labels = target
    .split('.')
    .map((label) => Buffer.from([label.length, ...Buffer.from(label)]));
  const data = Buffer.concat([Buffer.alloc(6), ...labels, Buffer.alloc(1)]);
  data.writeUInt16BE(port, 4);
  /* The name of the question, SRV, IN, 60 s, and how long the data is. */
  const head = Buffer.from([0xc0, 12, 0, 33, 0, 1, 0, 0, 0, 60, 0, 0]);
  head.writeUInt16BE(data.length, 10);
  return Buffer.concat([head, data]);
}
