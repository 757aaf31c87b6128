/** One unit as this message centre reads and writes it, by the standard and by nobody's code but its own. */
export type Unit = {
  readonly id: number;
  readonly status: number;
  readonly sequence: number;
  readonly body: Buffer;
};

export const ids = {
  bindReceiver: 0x01,
  bindTransmitter: 0x02,
  submit: 0x04,
  deliver: 0x05,
  unbind: 0x06,
  bindTransceiver: 0x09,
  outbind: 0x0b,
  enquire: 0x15,
  data: 0x103,
  nack: 0x8000_0000,
} as const;

export const reply = (id: number): number => (id | 0x8000_0000) >>> 0;

export function writeUnit({ id, status, sequence, body }: Unit): Buffer {
  const head = Buffer.alloc(16);
  head.writeUInt32BE(16 + body.length, 0);
  head.writeUInt32BE(id, 4);
  head.writeUInt32BE(status, 8);
  head.writeUInt32BE(sequence, 12);
  return Buffer.concat([head, body]);
}

/** The whole units at the start of these octets, and what is left. */
export function readUnits(octets: Buffer): { readonly units: Unit[]; readonly rest: Buffer } {
  const units: Unit[] = [];
  let at = 0;
  while (octets.length - at >= 16) {
    const length = octets.readUInt32BE(at);
    if (length < 16) throw new Error(`the client wrote a length of ${length}`);
    if (octets.length - at < length) break;
    units.push({
      id: octets.readUInt32BE(at + 4),
      status: octets.readUInt32BE(at + 8),
      sequence: octets.readUInt32BE(at + 12),
      body: octets.subarray(at + 16, at + length),
    });
    at += length;
  }
  return { units, rest: octets.subarray(at) };
}

/** The client broke a rule; answered with this command_status. */
export class Breach extends Error {
  readonly status: number;

  constructor(status: number, what: string) {
    super(what);
    this.status = status;
  }
}

/** Reads a body strictly: every field within the standard's bounds, nothing left over. */
export class Fields {
  readonly #octets: Buffer;
  #at = 0;

  constructor(octets: Buffer) {
    this.#octets = octets;
  }

  get left(): number {
    return this.#octets.length - this.#at;
  }

  number(octets: 1 | 2): number {
    if (this.left < octets) throw new Breach(0x02, 'a number is cut short');
    this.#at += octets;
    return this.#octets.readUIntBE(this.#at - octets, octets);
  }

  take(count: number): Buffer {
    if (this.left < count) throw new Breach(0x02, 'octets are cut short');
    this.#at += count;
    return this.#octets.subarray(this.#at - count, this.#at);
  }

  /** ASCII up to a zero octet, which `longest` counts as the standard does. */
  text(longest: number, status = 0x02): string {
    const end = this.#octets.indexOf(0, this.#at);
    if (end < 0 || end - this.#at >= longest) throw new Breach(status, 'a string is too long');
    const text = this.take(end + 1 - this.#at).subarray(0, -1);
    if (text.some((octet) => octet > 0x7f)) throw new Breach(status, 'a string is not ASCII');
    return text.toString('ascii');
  }

  tlvs(): Map<number, Buffer> {
    const tlvs = new Map<number, Buffer>();
    while (this.left > 0) {
      const tag = this.number(2);
      if (tlvs.has(tag)) throw new Breach(0xc0, 'a parameter stands twice');
      tlvs.set(tag, this.take(this.number(2)));
    }
    return tlvs;
  }
}

export const cString = (text: string): Buffer => Buffer.from(`${text}\0`, 'latin1');

export function writeTlvs(tlvs: ReadonlyMap<number, Uint8Array>): Buffer {
  return Buffer.concat(
    [...tlvs].map(([tag, value]) => {
      const head = Buffer.alloc(4);
      head.writeUInt16BE(tag, 0);
      head.writeUInt16BE(value.length, 2);
      return Buffer.concat([head, value]);
    }),
  );
}
