import { decodeGsm } from '#shared/text/decode-gsm.ts';
import { decodeUcs2 } from '#shared/text/ucs2-octets.ts';
import type { ParsedHeader } from '#shared/text/user-data-header.ts';

import type { DefaultAlphabet } from '../profile.ts';
import { decodeLatin1 } from './latin1.ts';

/** How to read what data_coding leaves open. */
export type Reading = {
  readonly dataCoding: number;
  readonly alphabet: DefaultAlphabet;
  /** National tables that the text's own header names. */
  readonly languages?: Pick<ParsedHeader, 'singleShift' | 'lockingShift'>;
};

/** Alphabets by data_coding (SMPP 3.4 §5.2.19); those not named here are Node's names of them. */
const alphabets: ReadonlyMap<number, string> = new Map([
  [0, 'default'],
  [1, 'ia5'],
  [2, 'octets'],
  [3, 'latin-1'],
  [4, 'octets'],
  [5, 'shift_jis'],
  [6, 'iso-8859-5'],
  [7, 'iso-8859-8'],
  [8, 'ucs-2'],
  [9, 'octets'],
  [10, 'iso-2022-jp'],
  [13, 'euc-jp'],
  [14, 'euc-kr'],
]);

/** In the groups of GSM 03.38 two bits choose the alphabet; in the last group there is no choice of UCS-2. */
const groupAlphabets: readonly string[] = ['default', 'octets', 'ucs-2', 'octets'];

function alphabetOf(dataCoding: number): string {
  if (dataCoding >= 0xf0) return (dataCoding & 0x04) === 0 ? 'default' : 'octets';
  if (dataCoding >= 0xe0) return 'ucs-2';
  if (dataCoding >= 0xc0) return 'default';
  if (dataCoding >= 0x10 && dataCoding < 0x40)
    return groupAlphabets[(dataCoding >> 2) & 3] ?? 'octets';
  return alphabets.get(dataCoding) ?? 'octets';
}

/** The text in these octets; null where they are none, such as a picture for an old handset. */
export function decodeContent(octets: Uint8Array, reading: Reading): string | null {
  const alphabet = alphabetOf(reading.dataCoding);
  switch (alphabet) {
    case 'default':
      return decodeDefault(octets, reading);
    case 'ia5':
      return decodeIa5(octets);
    case 'latin-1':
      return decodeLatin1(octets);
    case 'ucs-2':
      return decodeUcs2(octets);
    case 'octets':
      return decodeStrictly('utf-8', octets);
    default:
      return decodeStrictly(alphabet, octets);
  }
}

/* GSM-7 leaves the highest bit alone: where it is set, the carrier means Latin-1, whatever the profile says. */
function decodeDefault(octets: Uint8Array, { alphabet, languages }: Reading): string {
  return alphabet === 'latin-1' || octets.some((octet) => octet > 0x7f)
    ? decodeLatin1(octets)
    : decodeGsm(octets, languages);
}

const isControl = (octet: number): boolean =>
  octet < 0x20 && octet !== 0x09 && octet !== 0x0a && octet !== 0x0d;

/* IA5 is ASCII. Some programs call GSM-7 so, which shows where characters stand at the places of ASCII's controls. */
function decodeIa5(octets: Uint8Array): string {
  const isGsm = octets.some(isControl) && octets.every((octet) => octet <= 0x7f);
  return isGsm ? decodeGsm(octets) : decodeLatin1(octets);
}

function decodeStrictly(alphabet: string, octets: Uint8Array): string | null {
  if (octets.some(isControl) && alphabet === 'utf-8') return null;
  try {
    return new TextDecoder(alphabet, { fatal: true, ignoreBOM: true }).decode(octets);
  } catch {
    return null;
  }
}
