/** A plain character (or a few), and the code points it may stand for: hex, ranges with a dash. */
export type LookAlikes = readonly [plain: string, codePoints: string];

/**
 * The 271 code points that the smart encoding of Twilio's published calculator replaces, as facts.
 * Where its code prints two blanks for a wide space and seven for a tab, one is used here, as its
 * documentation shows: a look-alike should not lengthen a text.
 */
export const publishedLookAlikes: readonly LookAlikes[] = [
  ['"', '00AB 00BB 02BA 02EE 201C-201F 275D 275E 301D 301E FF02'],
  [
    "'",
    '0060 00B4 02B9 02BB-02BD 02C8 02CA 02CB 0313 0314 2018 2019 201B 275B 275C FE10 FE11 FF07',
  ],
  ['/', '00F7 0337 0338 2044 2215 29F8 FF0F'],
  ['1/4', '00BC'],
  ['1/2', '00BD'],
  ['3/4', '00BE'],
  ['\\', '20E5 29F5 29F9 FE68 FF3C'],
  ['_', '0332 2017 FF3F'],
  ['|', '20D2 20D3 2223 239C 239F 23B8 23B9 23D0 FF5C'],
  ['-', '2010 2013 2014 2015 2022 2043 23BC 23BD FE63 FF0D'],
  ['@', 'FE6B FF20'],
  ['$', 'FE69 FF04'],
  ['#', 'FE5F FF03'],
  ['%', 'FE6A FF05'],
  ['&', 'FE60 FF06'],
  ['!', '01C3 FE15 FE57 FF01'],
  ['!!', '203C'],
  [',', '0326 201A 3001 FE50 FE51 FF0C FF64'],
  ['.', '3002 FE52 FF0E FF61'],
  ['...', '2026'],
  ['(', '2768 276A 27EE 2985 FE59 FF08'],
  [')', '2769 276B 27EF 2986 FE5A FF09'],
  ['*', '204E 2217 229B 2722-2725 2731-2733 273A-273D 2743 2749-274B 29C6 FE61 FF0A'],
  ['+', '02D6 FE62 FF0B'],
  [':', '02D0 02F8 2982 A789 FE13 FF1A'],
  [';', '204F FE14 FE54 FF1B'],
  ['<', '2039 FE64 FF1C'],
  ['=', '0347 A78A FE66 FF1D'],
  ['>', '203A FE65 FF1E'],
  ['?', 'FE16 FE56 FF1F'],
  ['^', '02C6 0302 1DCD FF3E'],
  ['~', '02DC 02F7 0303 0330 0334 223C FF5E'],
  ['{', '2774 FE5B FF5B'],
  ['}', '2775 FE5C FF5D'],
  ['[', 'FF3B'],
  [']', 'FF3D'],
  [' ', '0009 0080 008D 0090 009B 009F 00A0 2000-200A 2028 2029 202F 205F 3000'],
  ['', '0000 0003 0004 0010-0014 0017 0019 200B 200C 2060 FEFF'],
  ['A', '1D00'],
  ['B', '0299'],
  ['C', '1D04'],
  ['D', '1D05'],
  ['E', '1D07'],
  ['F', 'A730'],
  ['G', '0262'],
  ['H', '029C'],
  ['I', '026A'],
  ['J', '1D0A'],
  ['K', '1D0B'],
  ['L', '029F'],
  ['M', '1D0D'],
  ['N', '0274'],
  ['O', '1D0F'],
  ['P', '1D18'],
  ['R', '0280'],
  ['S', 'A731'],
  ['T', '1D1B'],
  ['U', '1D1C'],
  ['V', '1D20'],
  ['W', '1D21'],
  ['Y', '028F'],
  ['Z', '1D22'],
];

/**
 * What that list leaves out: the remaining hyphens and the minus sign, primes, variation selectors,
 * the soft hyphen, and the direction marks that come along when a phone number is pasted.
 */
export const furtherLookAlikes: readonly LookAlikes[] = [
  ['-', '2011 2012 2212'],
  ["'", '2032'],
  ['"', '2033'],
  ['', '00AD 200E 200F 202A-202D 2066-2069 FE0E FE0F'],
];

/** Full-width runs that lie in the order of their plain characters: first code point, plain run. */
export const fullWidthRuns: readonly (readonly [first: number, plain: string])[] = [
  [0xff10, '0123456789'],
  [0xff21, 'ABCDEFGHIJKLMNOPQRSTUVWXYZ'],
  [0xff41, 'abcdefghijklmnopqrstuvwxyz'],
];
