import { analyzeText } from '#shared/text/analyze-text.ts';
import { encodeGsm } from '#shared/text/encode-gsm.ts';
import {
  type PartLimits,
  type PartRoom,
  type ReferenceWidth,
  maximumParts,
  standardLimits,
} from '#shared/text/part-limits.ts';
import { splitUnits } from '#shared/text/split-into-segments.ts';
import { encodeUcs2 } from '#shared/text/ucs2-octets.ts';
import { type Concatenation, buildUserDataHeader } from '#shared/text/user-data-header.ts';

import type { LongMode, Profile } from '../profile.ts';
import { type MessageBody, headerFlag } from '../wire/message-body.ts';
import { type Tlvs, asPair, noTlvs, tags } from '../wire/tlvs.ts';
import { encodeLatin1, fitsLatin1 } from './latin1.ts';

/** What of a part depends on the text alone. */
export type PlannedPart = Pick<MessageBody, 'esmClass' | 'dataCoding' | 'shortMessage' | 'tlvs'>;

/** `ucs2` puts the text into UCS-2 though a shorter alphabet would do. */
export type Planning = Pick<Profile, 'alphabet' | 'longMode'> & {
  /** Ties the parts together: any whole number, of which the lowest bits count. */
  readonly reference: number;
  readonly ucs2?: boolean;
};

const noOctets = new Uint8Array();
const single: PartRoom = { single: 140, multi: 134 };
const latin1Rooms: Readonly<Record<ReferenceWidth, PartRoom>> = {
  '8-bit': single,
  '16-bit': { ...single, multi: 133 },
};

/* Where the carrier builds the header, it may build either; the wider one leaves less room. */
const widths: Readonly<Record<LongMode, ReferenceWidth>> = {
  udh: '8-bit',
  'udh-16': '16-bit',
  sar: '16-bit',
  payload: '16-bit',
};

/** The parts of a text in the order they are sent. @throws RangeError where there are more than 255 */
export function planParts(text: string, planning: Planning): readonly PlannedPart[] {
  const { texts, dataCoding, encode } = cut(text, planning);
  if (texts.length > 1 && planning.longMode === 'payload') {
    const payload = new Map([[tags.messagePayload as number, encode(text)]]);
    return [{ esmClass: 0, dataCoding, shortMessage: noOctets, tlvs: payload }];
  }
  const total = texts.length;
  if (total > maximumParts) throw new RangeError(`the text takes ${total} parts`);
  return texts.map((each, index) => ({
    dataCoding,
    ...withPlace(encode(each), { total, sequence: index + 1 }, planning),
  }));
}

type Cut = {
  readonly texts: readonly string[];
  readonly dataCoding: number;
  readonly encode: (text: string) => Uint8Array;
};

function cut(text: string, { alphabet, longMode, ucs2 = false }: Planning): Cut {
  const width = widths[longMode];
  if (alphabet === 'latin-1' && !ucs2 && fitsLatin1(text)) {
    const cutting = { room: latin1Rooms[width], keepClusters: false };
    return { texts: textsOf(splitUnits(text, cutting)), dataCoding: 0, encode: encodeLatin1 };
  }
  const limits = standardLimits[width];
  const { encoding, segments } = analyzeText(text, { limits });
  if (encoding === 'GSM-7' && alphabet === 'gsm-7' && !ucs2)
    return { texts: textsOf(segments), dataCoding: 0, encode: encodeGsm };
  return { texts: inUcs2(text, limits), dataCoding: 8, encode: encodeUcs2 };
}

function inUcs2(text: string, { ucs2 }: PartLimits): readonly string[] {
  return textsOf(splitUnits(text, { room: ucs2, keepClusters: false }));
}

/* An empty text is one empty part. */
function textsOf(segments: readonly { readonly text: string }[]): readonly string[] {
  return segments.length === 0 ? [''] : segments.map((segment) => segment.text);
}

function withPlace(
  octets: Uint8Array,
  place: Pick<Concatenation, 'total' | 'sequence'>,
  { longMode, reference }: Planning,
): Pick<MessageBody, 'esmClass' | 'shortMessage' | 'tlvs'> {
  if (place.total === 1) return { esmClass: 0, shortMessage: octets, tlvs: noTlvs };
  if (longMode === 'sar')
    return { esmClass: 0, shortMessage: octets, tlvs: sarTlvs(place, reference) };
  const width = widths[longMode];
  const header = buildUserDataHeader({
    concatenation: {
      width,
      reference: reference & (width === '8-bit' ? 0xff : 0xffff),
      ...place,
    },
  });
  const shortMessage = Buffer.concat([header, octets]);
  return { esmClass: headerFlag, shortMessage, tlvs: noTlvs };
}

function sarTlvs(
  { total, sequence }: Pick<Concatenation, 'total' | 'sequence'>,
  reference: number,
): Tlvs {
  return new Map([
    [tags.sarReference, asPair(reference & 0xffff)],
    [tags.sarTotal, Uint8Array.of(total)],
    [tags.sarSequence, Uint8Array.of(sequence)],
  ]);
}
