/** What a carrier takes without turning to UCS-2: the GSM 7-bit alphabet, or plain ASCII only. */
export type Alphabet = 'gsm-7' | 'ascii';

/** Units that fit when a text is one part, and into each part when it is several. */
export type PartRoom = { readonly single: number; readonly multi: number };

/**
 * How a carrier counts. A unit is a septet in the 7-bit alphabet (an ASCII character, for a carrier
 * that takes only those) and a 16-bit code unit in UCS-2.
 */
export type PartLimits = {
  readonly alphabet: Alphabet;
  readonly gsm7: PartRoom;
  readonly ucs2: PartRoom;
};

/** Width of the number that ties the parts of one message together. */
export type ReferenceWidth = '8-bit' | '16-bit';

/** Octets of user data in one part (3GPP TS 23.040). */
export const octetsPerPart = 140;

/** Parts one message may have: total and sequence are one octet each. */
export const maximumParts = 255;

/** Fill bits behind a header of so many octets: the first septet starts on a septet boundary. */
export const fillBitsAfter = (headerOctets: number): number =>
  septetsTakenBy(headerOctets) * 7 - headerOctets * 8;

/** Septets a header of so many octets takes, fill bits included. */
export const septetsTakenBy = (headerOctets: number): number => Math.ceil((headerOctets * 8) / 7);

/** Septets left for text behind a header of so many octets, its length octet included. */
export const septetsLeftBy = (headerOctets: number): number =>
  Math.floor((octetsPerPart * 8) / 7) - septetsTakenBy(headerOctets);

/** UCS-2 units left for text behind a header of so many octets; half a unit is not sent. */
export const ucs2UnitsLeftBy = (headerOctets: number): number =>
  Math.floor((octetsPerPart - headerOctets) / 2);

const withHeaderOf = (headerOctets: number): PartLimits => ({
  alphabet: 'gsm-7',
  gsm7: { single: septetsLeftBy(0), multi: septetsLeftBy(headerOctets) },
  ucs2: { single: ucs2UnitsLeftBy(0), multi: ucs2UnitsLeftBy(headerOctets) },
});

/** The standard's limits: 160/153 and 70/67 with an 8-bit reference, 160/152 and 70/66 with 16 bits. */
export const standardLimits: Readonly<Record<ReferenceWidth, PartLimits>> = {
  '8-bit': withHeaderOf(6),
  '16-bit': withHeaderOf(7),
};

const checkRoom = (name: string, { single, multi }: PartRoom): void => {
  for (const [field, room] of [['single', single] as const, ['multi', multi] as const]) {
    if (Number.isInteger(room) && room >= 2) continue;
    throw new RangeError(
      `limits.${name}.${field} is ${room}: give a whole number of at least 2, one character's size`,
    );
  }
};

/** Throws a RangeError naming the field when limits would leave no room for one character. */
export function checkLimits(limits: PartLimits): void {
  checkRoom('gsm7', limits.gsm7);
  checkRoom('ucs2', limits.ucs2);
}
