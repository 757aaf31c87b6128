import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { callingCodeOf, formatPeer } from '#shared/phone/format-peer.ts';
import { readNumber } from '#shared/phone/read-number.ts';

const number = (e164: string, national: string, hint: unknown = null) => ({
  kind: 'number',
  e164,
  national,
  hint,
});
const unassigned = expect.stringContaining('has not assigned');

describe('readNumber', () => {
  it.each([
    ['(206) 555-0142', number('+12065550142', '(206) 555-0142')],
    ['206.555.0142', number('+12065550142', '(206) 555-0142')],
    ['1 206 555 0142', number('+12065550142', '(206) 555-0142')],
    ['+1 206‑555‑0142', number('+12065550142', '(206) 555-0142')],
    ['tel:+12065550142', number('+12065550142', '(206) 555-0142')],
    ['\u202a+1 206 555 0142\u202c, ', number('+12065550142', '(206) 555-0142')],
    ['+44 20 7946 0958', number('+442079460958', '020 7946 0958')],
    ['0044 20 7946 0958', number('+442079460958', '020 7946 0958')],
    ['011 44 20 7946 0958', number('+442079460958', '020 7946 0958')],
    ['(206) 555-0142 ext. 12', number('+12065550142', '(206) 555-0142', expect.any(String))],
  ])('reads %s', (typed, read) => {
    expect(readNumber(typed)).toEqual(read);
  });

  it.each(['+1 555 010 0100', '5550100104', '+1 (555) 010-0113', '+1 999 555 0100'])(
    'gives %s, which is possible but unassigned, a hint and no refusal',
    (typed) => {
      expect(readNumber(typed)).toMatchObject({ kind: 'number', hint: unassigned });
    },
  );

  it('says that an extension is left out', () => {
    expect(readNumber('+12065550142;ext=7')).toMatchObject({
      e164: '+12065550142',
      hint: 'The extension 7 is left out: texts have none.',
    });
  });

  it.each([
    ['72345', '72345'],
    ['723-456', '723456'],
    ['988', '988'],
  ])('reads %s as a short code', (typed, digits) => {
    expect(readNumber(typed)).toEqual({ kind: 'short-code', digits });
  });

  it.each([
    ['', 'No number yet.', 'Write the number to text, such as (206) 555-0142.'],
    ['555-0142', 'The area code is missing.', 'Put the three-digit area code before it.'],
    [
      '206 555 014',
      'A +1 number has 10 digits after the country code, and this has 9.',
      'Look for a missing digit.',
    ],
    [
      '+1 206 555 01422',
      'A +1 number has 10 digits after the country code, and this has 11.',
      'Look for a digit too many.',
    ],
    [
      '+999 123 4567',
      'No country has this country code.',
      'Begin with + and the country code, such as +1.',
    ],
    ['1-800-FLOWERS', 'A number has no letters in it.', 'Write the number in digits.'],
    ['Dana', 'A number has no letters in it.', 'Write the number in digits.'],
    ['***', 'This is not a phone number.', 'Write it in digits, such as (206) 555-0142.'],
    ['911', 'An emergency number cannot be texted from here.', 'Call it from a phone.'],
    ['2065550142, 2065550143', 'This is more than one number.', 'Text one number at a time.'],
    ['+15550100100 +15550100101', 'This is more than one number.', 'Text one number at a time.'],
  ])('refuses %s and says why', (typed, reason, cure) => {
    expect(readNumber(typed)).toEqual({ kind: 'impossible', reason, cure });
  });

  it('takes a number without a country code as one of the default country', () => {
    expect(readNumber('020 7946 0958', 'GB')).toMatchObject({ e164: '+442079460958' });
  });

  it('never throws, and what it accepts reads back as itself', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.stringMatching(/^[+0-9 ()\-.x,;]{0,24}$/)), (typed) => {
        const read = readNumber(typed);
        if (read.kind !== 'number') return;
        expect(read.e164).toMatch(/^\+[1-9]\d{3,14}$/);
        expect(readNumber(read.e164)).toMatchObject({ kind: 'number', e164: read.e164 });
      }),
      { numRuns: 2_000 },
    );
  });
});

describe('formatPeer', () => {
  it.each([
    ['+12065550142', '(206) 555-0142'],
    ['+15550100100', '(555) 010-0100'],
    ['+442079460958', '+44 20 7946 0958'],
    ['72345', '72345'],
    ['ACME', 'ACME'],
    ['+', '+'],
    ['', ''],
  ])('writes %s as %s', (peer, written) => {
    expect(formatPeer(peer)).toBe(written);
  });
});

describe('callingCodeOf', () => {
  it.each([
    ['+12065550142', '+1'],
    ['+442079460958', '+44'],
    ['72345', null],
    ['ACME', null],
  ])('finds the country of %s', (peer, code) => {
    expect(callingCodeOf(peer)).toBe(code);
  });
});
