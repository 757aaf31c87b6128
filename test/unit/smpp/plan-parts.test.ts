import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { planParts } from '#main/providers/smpp/content/plan-parts.ts';
import { longModes } from '#main/providers/smpp/profile.ts';

const texts = fc.oneof(
  fc.string({ maxLength: 700 }),
  fc.string({ unit: fc.constantFrom('é', '@', '€', '[', 'ç', 'Δ', 'a'), maxLength: 700 }),
  fc.string({ unit: fc.constantFrom('👍', 'a', 'é'), maxLength: 300 }),
);

/** Octets a text takes in the air, where septets are packed. */
const inAir = (octets: number, isGsm: boolean): number =>
  isGsm ? Math.ceil((octets * 7) / 8) : octets;

describe('planParts', () => {
  it('never makes a part that the air has no room for', () => {
    const alphabet = fc.constantFrom('gsm-7' as const, 'latin-1' as const);
    const mode = fc.constantFrom(...longModes);
    fc.assert(
      fc.property(texts, alphabet, mode, (text, alphabet, longMode) => {
        const parts = planParts(text, { alphabet, longMode, reference: 0x1_23ff });
        for (const { shortMessage, esmClass, dataCoding, tlvs } of parts) {
          const own = esmClass === 0x40 ? 1 + (shortMessage[0] ?? 0) : 0;
          const isGsm = alphabet === 'gsm-7' && dataCoding === 0;
          const header = tlvs.has(0x020c) ? 7 : own;
          expect(header + inAir(shortMessage.length - own, isGsm)).toBeLessThanOrEqual(140);
          expect(tlvs.has(0x0424) && shortMessage.length > 0).toBe(false);
        }
        expect(parts.length).toBeGreaterThan(0);
      }),
      { numRuns: 500 },
    );
  });

  it.each([
    ['udh', 'x'.repeat(160), [160]],
    ['udh', 'x'.repeat(161), [159, 14]],
    ['udh-16', 'x'.repeat(161), [159, 16]],
    ['sar', 'x'.repeat(161), [152, 9]],
    ['payload', 'x'.repeat(161), [0]],
    ['udh', 'я'.repeat(70), [140]],
    ['udh', 'я'.repeat(71), [140, 14]],
    ['udh', '', [0]],
  ] as const)('by %s cuts where the standard says', (longMode, text, sizes) => {
    const parts = planParts(text, { alphabet: 'gsm-7', longMode, reference: 7 });
    expect(parts.map(({ shortMessage }) => shortMessage.length)).toEqual(sizes);
  });

  it.each([
    ['x'.repeat(140), [140], 0],
    ['é'.repeat(141), [140, 13], 0],
    ['10 €', [8], 8],
    ['\u0085', [2], 8],
  ] as const)(
    'in Latin-1 cuts by octets, and leaves it for what it lacks',
    (text, sizes, coding) => {
      const parts = planParts(text, { alphabet: 'latin-1', longMode: 'udh', reference: 7 });
      expect(parts.map(({ shortMessage }) => shortMessage.length)).toEqual(sizes);
      expect(parts.every(({ dataCoding }) => dataCoding === coding)).toBe(true);
    },
  );

  it('writes the header and its reference in the width that is asked for', () => {
    const long = 'x'.repeat(161);
    const head = (longMode: 'udh' | 'udh-16') =>
      planParts(long, { alphabet: 'gsm-7', longMode, reference: 0x1_23cc }).map(
        ({ shortMessage }) => Buffer.from(shortMessage.subarray(0, 7)).toString('hex'),
      );
    expect(head('udh')).toEqual(['050003cc020178', '050003cc020278']);
    expect(head('udh-16')).toEqual(['06080423cc0201', '06080423cc0202']);
  });

  it('takes 255 parts and no more', () => {
    const planning = { alphabet: 'gsm-7', longMode: 'udh', reference: 0 } as const;
    expect(planParts('x'.repeat(153 * 255), planning)).toHaveLength(255);
    expect(() => planParts('x'.repeat(153 * 255 + 1), planning)).toThrow(RangeError);
  });
});
