import type { OctetReader } from './octet-reader.ts';
import type { OctetWriter } from './octet-writer.ts';

/** Optional parameters by tag. */
export type Tlvs = ReadonlyMap<number, Uint8Array>;

export const noTlvs: Tlvs = new Map();

export const tags = {
  receiptedMessageId: 0x001e,
  userMessageReference: 0x0204,
  sarReference: 0x020c,
  sarTotal: 0x020e,
  sarSequence: 0x020f,
  networkErrorCode: 0x0423,
  messagePayload: 0x0424,
  messageState: 0x0427,
} as const;

/** The parameters up to the end of the body; of one that stands twice, the first counts. @throws MalformedPdu */
export function readTlvs(reader: OctetReader): Tlvs {
  const tlvs = new Map<number, Uint8Array>();
  while (reader.left > 0) {
    const tag = reader.pair('an optional parameter');
    const name = `optional parameter 0x${tag.toString(16).padStart(4, '0')}`;
    const value = reader.octets(name, reader.pair(name));
    if (!tlvs.has(tag)) tlvs.set(tag, value);
  }
  return tlvs;
}

export function writeTlvs(writer: OctetWriter, tlvs: Tlvs): void {
  for (const [tag, value] of tlvs) writer.pair(tag).pair(value.length).octets(value);
}

/** A parameter as a whole number; null where it is missing or not of this length. */
export function numberIn(tlvs: Tlvs, tag: number, length: 1 | 2): number | null {
  const value = tlvs.get(tag);
  if (value?.length !== length) return null;
  return value.reduce((sum, octet) => sum * 256 + octet, 0);
}

/** A number as an optional parameter of two octets. */
export const asPair = (value: number): Uint8Array => Uint8Array.of(value >> 8, value & 0xff);
