import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { describeMedia } from '#main/media/describe-media.ts';
import { type PictureType, isPictureType } from '#main/media/read-dimensions.ts';
import { sniffType } from '#main/media/sniff-type.ts';
import { stripMetadata } from '#main/media/strip/strip-metadata.ts';
import { gif, jpeg, png, webp } from '#test/fixtures/media-bytes.ts';
import * as tagged from '#test/fixtures/tagged-pictures.ts';

const wholes: readonly Buffer[] = [
  jpeg(40, 20),
  png(40, 20),
  gif(40, 20),
  webp('VP8X', 40, 20),
  tagged.jpegWith(tagged.exifWithPlace(6, 'big'), tagged.icc(), tagged.xmp(), tagged.comment()),
  tagged.jpegWithThumbnail(),
  tagged.jpegOfTwoScans(),
  tagged.pngWith('eXIf', tagged.tiffWithPlace(8, 'little')),
  tagged.webpWith(['EXIF', tagged.tiffWithPlace(3, 'big')], ['XMP ', tagged.secret]),
  tagged.webpWith(['ANMF', tagged.frameWith(tagged.secret)]),
  tagged.gifWith(0xff, 'NETSCAPE2.0', Buffer.from([1, 0, 0])),
];

/** Octets by which a picture may grow: an Exif block of our own making in the place of one that is shorter, or an end that was not there. */
const slack = 64;

type Spoiling = {
  readonly at: number;
  readonly put: Uint8Array;
  readonly drop: number;
  readonly again: number;
};

const spoilings: fc.Arbitrary<Spoiling[]> = fc.array(
  fc.record({
    at: fc.nat(),
    put: fc.uint8Array({ maxLength: 8 }),
    drop: fc.nat({ max: 8 }),
    again: fc.nat({ max: 3 }),
  }),
  { maxLength: 6 },
);

/** Octets overwritten, left out, put in and said several times, and the end cut off. */
function spoil(bytes: Buffer, how: readonly Spoiling[], end: number): Buffer {
  let spoilt = bytes;
  for (const { at, put, drop, again } of how) {
    const from = at % (spoilt.length + 1);
    const repeated = Array.from({ length: again }, () => spoilt.subarray(from, from + 40));
    spoilt = Buffer.concat([
      spoilt.subarray(0, from),
      put,
      ...repeated,
      spoilt.subarray(from + drop),
    ]);
  }
  return spoilt.subarray(0, spoilt.length - (end % 12));
}

describe('a picture of somebody who means harm', () => {
  it('is stripped to less or given up, whatever its octets are', () => {
    const counts = { stripped: 0, givenUp: 0 };
    const types: PictureType[] = ['image/jpeg', 'image/png', 'image/gif', 'image/webp'];
    fc.assert(
      fc.property(
        fc.record({
          whole: fc.constantFrom(...wholes),
          how: spoilings,
          end: fc.nat(),
          guess: fc.constantFrom(...types),
        }),
        ({ whole, how, end, guess }) => {
          const bytes = spoil(whole, how, end);
          const found = sniffType(bytes);
          const type = isPictureType(found) ? found : guess;
          describeMedia(bytes, []);
          const stripped = stripMetadata(bytes, type);
          counts[stripped === null ? 'givenUp' : 'stripped'] += 1;
          if (stripped === null) return;
          expect(stripped.byteLength).toBeLessThanOrEqual(bytes.byteLength + slack);
          expect(sniffType(stripped)).toBe(type);
        },
      ),
      { numRuns: 5_000 },
    );
    expect(Math.min(counts.stripped, counts.givenUp)).toBeGreaterThan(300);
  });

  it('does not grow by the Exif blocks it says again and again', () => {
    // The least block that says how a camera was held: its directory begins where the block does.
    const least = Buffer.from([0x4d, 0x4d, 0x01, 0x12, 0, 0, 0, 0, 0, 0, 0, 6]);
    const many = (bytes: Buffer): Buffer[] => Array.from({ length: 500 }, () => bytes);
    const segment = Buffer.from([0xff, 0xe1, 0, 8 + least.length, ...Buffer.from('Exif\0\0')]);
    const one = tagged.pngWith('eXIf', least);
    const at = one.indexOf('eXIf') - 4;
    const pieces = [one.subarray(0, at), ...many(one.subarray(at, at + 24)), one.subarray(at + 24)];
    const growth = (bytes: Buffer, type: PictureType): number =>
      (stripMetadata(bytes, type)?.byteLength ?? Infinity) - bytes.byteLength;
    expect([
      growth(tagged.jpegWith(...many(Buffer.concat([segment, least]))), 'image/jpeg') < 0,
      growth(tagged.webpWith(...many(least).map((each) => ['EXIF', each] as const)), 'image/webp') <
        0,
      growth(Buffer.concat(pieces), 'image/png') < 0,
    ]).toEqual([true, true, true]);
  });

  it('leaves out frames within frames, each of which would be copied once more', () => {
    const headOf = (type: string, size: number, length: number): Buffer => {
      const head = Buffer.alloc(length);
      head.write(type, 'latin1');
      head.writeUInt32LE(size, 4);
      return head;
    };
    const pixels = Buffer.concat([headOf('VP8L', 2_000_000, 8), Buffer.alloc(2_000_000)]);
    const depth = 1_000;
    const heads = Array.from({ length: depth }, (_, at) =>
      headOf('ANMF', 16 + 24 * (depth - 1 - at) + pixels.length, 24),
    );
    const bytes = tagged.webpWith(['ANMF', Buffer.concat([Buffer.alloc(16), ...heads, pixels])]);
    expect(stripMetadata(bytes, 'image/webp')?.byteLength).toBeLessThan(1_000);
  });

  it('is given up where nothing of it is left', () => {
    const bytes = Buffer.from(webp('VP8X', 40, 20));
    bytes.writeUInt32LE(4, 4);
    expect([sniffType(bytes), stripMetadata(bytes, 'image/webp')]).toEqual(['image/webp', null]);
  });
});
