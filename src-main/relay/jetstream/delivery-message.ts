import type { RawDelivery } from '#shared/provider/delivery.ts';

import { LogFailure, type StoredDelivery } from '../delivery-log.ts';

/** First byte of every message: how the rest is laid out. */
const layout = 1;
/** Layout and, as 32 bits with the highest byte first, the length of the JSON that follows. After that comes the body. */
const prefixBytes = 5;

/** A delivery as the bytes of a message: everything but the body as JSON, and the body as it came. */
export function encodeDelivery({ body, ...head }: RawDelivery): Uint8Array {
  const json = Buffer.from(JSON.stringify(head));
  const prefix = Buffer.alloc(prefixBytes);
  prefix.writeUInt8(layout, 0);
  prefix.writeUInt32BE(json.length, 1);
  return Buffer.concat([prefix, json, body]);
}

/** Reads what {@link encodeDelivery} wrote. Throws {@link LogFailure} for anything else. */
export function decodeDelivery(seq: number, data: Uint8Array): StoredDelivery {
  const bytes = Buffer.from(data.buffer, data.byteOffset, data.byteLength);
  if ((bytes[0] ?? 0) > layout)
    throw new LogFailure('newer', 'The log was written by a newer Trunkline: update this one.');
  const headEnd = prefixBytes + (bytes.length < prefixBytes ? 0 : bytes.readUInt32BE(1));
  if (bytes[0] !== layout || headEnd > bytes.length) throw notOurs(seq);
  return {
    seq,
    raw: {
      ...readHead(seq, bytes.toString('utf8', prefixBytes, headEnd)),
      body: Buffer.from(bytes.subarray(headEnd)),
    },
    // A stream has no counter for each line that moves with the append: holes show in its own numbers alone.
    line: null,
  };
}

function readHead(seq: number, json: string): Omit<RawDelivery, 'body'> {
  try {
    return JSON.parse(json) as Omit<RawDelivery, 'body'>;
  } catch {
    throw notOurs(seq);
  }
}

function notOurs(seq: number): LogFailure {
  return new LogFailure('corrupt', `Message ${seq} of the log is not one that Trunkline wrote.`);
}
