import type { ReferenceWidth } from './part-limits.ts';

/** How a part says where it belongs (3GPP TS 23.040 §9.2.3.24.1). */
export type Concatenation = {
  readonly width: ReferenceWidth;
  /** 0 to 255, or to 65535 with 16 bits. The two widths are separate spaces. */
  readonly reference: number;
  /** Parts of the message, 1 to 255. */
  readonly total: number;
  /** Place of this part, 1 to total. */
  readonly sequence: number;
};

/** What a user data header says, as far as text needs it. */
export type UserDataHeader = {
  readonly concatenation?: Concatenation;
  /** National language numbers; 0 means the default tables. */
  readonly singleShift?: number;
  readonly lockingShift?: number;
};

export type ParsedHeader = UserDataHeader & {
  /** Octets the header takes, its length octet included; the text starts behind them. */
  readonly octets: number;
};

const element = { concat8: 0x00, concat16: 0x08, singleShift: 0x24, lockingShift: 0x25 } as const;

const isPossible = ({ total, sequence }: Concatenation): boolean =>
  sequence >= 1 && sequence <= total;

const concatenationIn = (width: ReferenceWidth, data: Uint8Array): UserDataHeader => {
  const [total = 0, sequence = 0] = data.slice(-2);
  const reference = data.slice(0, -2).reduce((sum, octet) => sum * 256 + octet, 0);
  const concatenation = { width, reference, total, sequence };
  return isPossible(concatenation) ? { concatenation } : {};
};

/** What one element adds. Unknown ones, wrong lengths and impossible numbers add nothing. */
function readElement(identifier: number, data: Uint8Array): UserDataHeader {
  switch (identifier) {
    case element.concat8:
      return data.length === 3 ? concatenationIn('8-bit', data) : {};
    case element.concat16:
      return data.length === 4 ? concatenationIn('16-bit', data) : {};
    case element.singleShift:
      return data.length === 1 ? { singleShift: data[0] ?? 0 } : {};
    case element.lockingShift:
      return data.length === 1 ? { lockingShift: data[0] ?? 0 } : {};
    default:
      return {};
  }
}

/**
 * Reads the header at the start of user data whose UDHI bit is set. Where an element occurs again, or
 * 00 and 08 both do, the last one counts. A header whose elements overrun it says nothing but still
 * takes its room; one that overruns the user data is no header at all and takes none.
 */
export function parseUserDataHeader(userData: Uint8Array): ParsedHeader {
  const octets = 1 + (userData[0] ?? 0);
  if (userData.length === 0 || octets > userData.length) return { octets: 0 };
  let header: UserDataHeader = {};
  for (let at = 1; at < octets;) {
    const end = at + 2 + (userData[at + 1] ?? 0);
    if (at + 1 >= octets || end > octets) return { octets };
    header = { ...header, ...readElement(userData[at] ?? 0, userData.subarray(at + 2, end)) };
    at = end;
  }
  return { ...header, octets };
}

const checkWithin = (field: string, value: number, [least, most]: readonly [number, number]) => {
  if (Number.isInteger(value) && value >= least && value <= most) return;
  throw new RangeError(`${field} is ${value}: give a whole number from ${least} to ${most}`);
};

function concatenationElement({ width, reference, total, sequence }: Concatenation): number[] {
  checkWithin('reference', reference, [0, width === '8-bit' ? 0xff : 0xffff]);
  checkWithin('total', total, [1, 255]);
  checkWithin('sequence', sequence, [1, total]);
  return width === '8-bit'
    ? [element.concat8, 3, reference, total, sequence]
    : [element.concat16, 4, reference >> 8, reference & 0xff, total, sequence];
}

function languageElement(
  field: string,
  identifier: number,
  language: number | undefined,
): number[] {
  if (language === undefined) return [];
  checkWithin(field, language, [0, 255]);
  return [identifier, 1, language];
}

/**
 * The header's octets, length octet first; empty when there is nothing to say. Throws a RangeError
 * naming the field that does not fit.
 */
export function buildUserDataHeader(header: UserDataHeader): Uint8Array {
  const { concatenation, singleShift, lockingShift } = header;
  const elements = [
    ...(concatenation === undefined ? [] : concatenationElement(concatenation)),
    ...languageElement('singleShift', element.singleShift, singleShift),
    ...languageElement('lockingShift', element.lockingShift, lockingShift),
  ];
  return Uint8Array.from(elements.length === 0 ? [] : [elements.length, ...elements]);
}
