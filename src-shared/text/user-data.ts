import type { Encoding } from './count-units.ts';
import { decodeGsm } from './decode-gsm.ts';
import { encodeGsm } from './encode-gsm.ts';
import { packSeptets, unpackSeptets } from './pack-septets.ts';
import { fillBitsAfter, octetsPerPart, septetsTakenBy } from './part-limits.ts';
import { decodeUcs2, encodeUcs2 } from './ucs2-octets.ts';
import { buildUserDataHeader, parseUserDataHeader } from './user-data-header.ts';
import type { Concatenation, ParsedHeader, UserDataHeader } from './user-data-header.ts';

/** The user data of one part as it travels in a PDU (3GPP TS 23.040 §9.2.3.24), septets packed. */
export type UserData = {
  readonly encoding: Encoding;
  readonly octets: Uint8Array;
  /** The length field: septets, header and fill bits included, for GSM-7; octets for UCS-2. */
  readonly length: number;
  /** The UDHI bit: whether the octets start with a header. */
  readonly hasHeader: boolean;
};

/** What a received part says. */
export type DecodedPart = {
  /** As received: a surrogate whose partner is in another part is still alone here. */
  readonly text: string;
  readonly concatenation: Concatenation | undefined;
};

function encodeBody(text: string, encoding: Encoding, headerOctets: number) {
  if (encoding === 'UCS-2') {
    const body = encodeUcs2(text);
    return { body, length: headerOctets + body.length };
  }
  const septets = encodeGsm(text);
  const body = packSeptets(septets, fillBitsAfter(headerOctets));
  return { body, length: septetsTakenBy(headerOctets) + septets.length };
}

/**
 * The user data of one segment. The text must fit beside its header and be in the default alphabet for
 * GSM-7: throws a RangeError otherwise, which cannot happen to the segments of `analyzeText`.
 */
export function encodeUserData(
  text: string,
  encoding: Encoding,
  header: Pick<UserDataHeader, 'concatenation'> = {},
): UserData {
  const head = buildUserDataHeader(header);
  const { body, length } = encodeBody(text, encoding, head.length);
  const octets = new Uint8Array(head.length + body.length);
  octets.set(head);
  octets.set(body, head.length);
  if (octets.length > octetsPerPart) {
    throw new RangeError(
      `text takes ${octets.length} octets with its header, a part holds ${octetsPerPart}: split it first`,
    );
  }
  return { encoding, octets, length, hasHeader: head.length > 0 };
}

/** Text and place of a received part. Nothing is refused; what cannot be read is left out. */
export function decodeUserData({ encoding, octets, length, hasHeader }: UserData): DecodedPart {
  const header: ParsedHeader = hasHeader ? parseUserDataHeader(octets) : { octets: 0 };
  const { concatenation } = header;
  const body = octets.subarray(header.octets);
  if (encoding === 'UCS-2') {
    return {
      text: decodeUcs2(body.subarray(0, Math.max(0, length - header.octets))),
      concatenation,
    };
  }
  const count = length - septetsTakenBy(header.octets);
  const septets = unpackSeptets(body, count, fillBitsAfter(header.octets));
  return { text: decodeGsm(septets, header), concatenation };
}
