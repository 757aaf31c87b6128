import { MalformedPdu } from './malformed-pdu.ts';
import { type Pdu, decodePdu, headerOctets, longestPdu } from './pdu.ts';

/** Cuts what comes over a connection into units. Never holds more than one unit and the newest chunk. */
export class StreamSplitter {
  #held: Uint8Array = new Uint8Array();

  /**
   * Takes a chunk in and hands on each unit that it completes, in order.
   * @throws MalformedPdu where a length cannot be: from there on nothing can be told apart any more
   */
  *take(chunk: Uint8Array): Generator<Pdu, void> {
    this.#held = this.#held.length === 0 ? chunk : Buffer.concat([this.#held, chunk]);
    for (;;) {
      const length = this.#nextLength();
      if (length === null || this.#held.length < length) return;
      const unit = this.#held.subarray(0, length);
      this.#held = this.#held.subarray(length);
      yield decodePdu(unit);
    }
  }

  #nextLength(): number | null {
    const held = this.#held;
    if (held.length < 4) return null;
    const length = new DataView(held.buffer, held.byteOffset, 4).getUint32(0);
    if (length >= headerOctets && length <= longestPdu) return length;
    throw new MalformedPdu(`command_length is ${length}`);
  }
}
