import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { MalformedPdu } from '#main/providers/smpp/wire/malformed-pdu.ts';
import { type Pdu, decodePdu, encodePdu, longestPdu } from '#main/providers/smpp/wire/pdu.ts';
import { StreamSplitter } from '#main/providers/smpp/wire/split-stream.ts';

const word = fc.integer({ min: 0, max: 0xffff_ffff });
const pdus = fc.record({
  commandId: word,
  status: word,
  sequence: word,
  body: fc.uint8Array({ maxLength: 300 }),
});

function split(octets: Uint8Array, sizes: readonly number[]): Pdu[] {
  const splitter = new StreamSplitter();
  const found: Pdu[] = [];
  for (let at = 0, turn = 0; at < octets.length; turn += 1) {
    const size = sizes[turn % sizes.length] ?? 1;
    found.push(...splitter.take(octets.subarray(at, at + size)));
    at += size;
  }
  return found;
}

describe('StreamSplitter', () => {
  it('finds the units that were written, however the stream is cut', () => {
    const sizes = fc.array(fc.integer({ min: 1, max: 400 }), { minLength: 1, maxLength: 10 });
    fc.assert(
      fc.property(fc.array(pdus, { maxLength: 12 }), sizes, (written, chunks) => {
        const stream = Buffer.concat(written.map(encodePdu));
        expect(split(stream, chunks)).toEqual(written);
      }),
    );
  });

  it('takes a unit of the longest length, and none of one more', () => {
    const longest = { commandId: 5, status: 0, sequence: 1, body: new Uint8Array(longestPdu - 16) };
    expect(split(encodePdu(longest), [4_096])).toHaveLength(1);
    const longer = { ...longest, body: new Uint8Array(longestPdu - 15) };
    expect(() => split(encodePdu(longer), [4_096])).toThrow(MalformedPdu);
  });

  it('refuses a length as soon as its four octets are there', () => {
    expect(() => [...new StreamSplitter().take(Uint8Array.of(0xff, 0, 0, 0))]).toThrow(
      MalformedPdu,
    );
    expect([...new StreamSplitter().take(Uint8Array.of(0, 0, 1))]).toEqual([]);
  });

  it('reads one unit back from exactly its octets', () => {
    const octets = encodePdu({ commandId: 0x15, status: 0, sequence: 1, body: new Uint8Array() });
    expect(Buffer.from(octets).toString('hex')).toBe('00000010000000150000000000000001');
    for (const wrong of [octets.subarray(1), Buffer.concat([octets, Uint8Array.of(0)])])
      expect(() => decodePdu(wrong)).toThrow(MalformedPdu);
  });
});
