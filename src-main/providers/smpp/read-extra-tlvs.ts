import type { Tlvs } from './wire/tlvs.ts';

const one = /^(?:0x)?([0-9a-f]{4})\s*=\s*(?:hex:((?:[0-9a-f]{2})*)|(?!hex:)([\x20-\x7e]*))$/i;
const vendorTags = { first: 0x1400, last: 0x3fff } as const;

/**
 * Parameters as entered, one per line: `1400=CAMPAIGN` for characters, which go out with a zero octet behind them as the standard's
 * strings do, `1401=hex:0A0B` for octets. Null where a line is not of this form or its tag is not a carrier's own.
 */
export function readExtraTlvs(written: string): Tlvs | null {
  const lines = written.split(/\r?\n/).filter((line) => line.trim() !== '');
  const read = lines.map(readOne);
  const whole = read.filter((tlv) => tlv !== null);
  return whole.length === read.length ? new Map(whole) : null;
}

function readOne(line: string): readonly [number, Uint8Array] | null {
  const [all, tag = '', octets, characters = ''] = one.exec(line.trim()) ?? [];
  const number = Number.parseInt(tag, 16);
  if (all === undefined || number < vendorTags.first || number > vendorTags.last) return null;
  return [
    number,
    octets === undefined ? Buffer.from(`${characters}\0`) : Buffer.from(octets, 'hex'),
  ];
}
