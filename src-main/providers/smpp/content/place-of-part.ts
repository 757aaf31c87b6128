import type { PartOfText } from '#shared/provider/delivery.ts';
import { type ParsedHeader, parseUserDataHeader } from '#shared/text/user-data-header.ts';

import { type MessageBody, contentOf, headerFlag } from '../wire/message-body.ts';
import { type Tlvs, numberIn, tags } from '../wire/tlvs.ts';

/** A text without its header, and what the header said. */
export type Unwrapped = {
  readonly octets: Uint8Array;
  readonly header: ParsedHeader;
  /** Null where the text is whole. */
  readonly part: PartOfText | null;
};

/** Takes a text out of its message: past a header of its own, or with its place in optional parameters. */
export function unwrap(message: MessageBody): Unwrapped {
  const content = contentOf(message);
  const header: ParsedHeader =
    (message.esmClass & headerFlag) === 0 ? { octets: 0 } : parseUserDataHeader(content);
  return {
    octets: content.subarray(header.octets),
    header,
    part: partInHeader(header) ?? partInTlvs(message.tlvs),
  };
}

function partInHeader({ concatenation }: ParsedHeader): PartOfText | null {
  if (concatenation === undefined || concatenation.total === 1) return null;
  const { width, reference, total, sequence } = concatenation;
  return { reference, width: width === '8-bit' ? 8 : 16, total, sequence };
}

/* All three stand together; a place that cannot be is none, so that the text is shown by itself. */
function partInTlvs(tlvs: Tlvs): PartOfText | null {
  const reference = numberIn(tlvs, tags.sarReference, 2);
  const total = numberIn(tlvs, tags.sarTotal, 1);
  const sequence = numberIn(tlvs, tags.sarSequence, 1);
  if (reference === null || total === null || sequence === null) return null;
  const isPlace = total > 1 && sequence >= 1 && sequence <= total;
  return isPlace ? { reference, width: 16, total, sequence } : null;
}
