import { MalformedPdu } from './malformed-pdu.ts';

/** Reads a body field by field. Every method throws {@link MalformedPdu} naming the field that is cut short. */
export class OctetReader {
  readonly #octets: Uint8Array;
  #at = 0;

  constructor(octets: Uint8Array) {
    this.#octets = octets;
  }

  get left(): number {
    return this.#octets.length - this.#at;
  }

  octet(field: string): number {
    return this.octets(field, 1)[0] ?? 0;
  }

  /** Two octets, the higher one first. */
  pair(field: string): number {
    const [high = 0, low = 0] = this.octets(field, 2);
    return high * 256 + low;
  }

  octets(field: string, count: number): Uint8Array {
    if (count > this.left) throw new MalformedPdu(`${field} is cut short`);
    this.#at += count;
    return this.#octets.subarray(this.#at - count, this.#at);
  }

  /** Characters up to a zero octet, at most `longest` of them. */
  text(field: string, longest: number): string {
    const end = this.#octets.indexOf(0, this.#at);
    if (end < 0) throw new MalformedPdu(`${field} has no end`);
    if (end - this.#at > longest) throw new MalformedPdu(`${field} is too long`);
    const characters = this.octets(field, end - this.#at);
    this.#at += 1;
    return String.fromCharCode(...characters);
  }
}
