/** Writes a body field by field. Fields are checked where they are entered, so a value that does not fit is a fault of ours. */
export class OctetWriter {
  readonly #octets: number[] = [];

  octet(value: number): this {
    if (!Number.isInteger(value) || value < 0 || value > 0xff)
      throw new RangeError(`${value} is not an octet`);
    this.#octets.push(value);
    return this;
  }

  pair(value: number): this {
    return this.octet(value >> 8).octet(value & 0xff);
  }

  octets(values: Uint8Array): this {
    for (const value of values) this.#octets.push(value);
    return this;
  }

  /** ASCII characters and a zero octet. */
  text(characters: string): this {
    for (let at = 0; at < characters.length; at += 1) {
      const code = characters.charCodeAt(at);
      if (code === 0 || code > 0x7f) throw new RangeError('a protocol field must be ASCII');
      this.#octets.push(code);
    }
    this.#octets.push(0);
    return this;
  }

  done(): Uint8Array {
    return Uint8Array.from(this.#octets);
  }
}
