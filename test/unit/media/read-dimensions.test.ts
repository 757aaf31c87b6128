import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { describeMedia } from '#main/media/describe-media.ts';
import { isPictureType, readDimensions } from '#main/media/read-dimensions.ts';
import { drawPicture } from '#main/sandbox-carrier/draw-picture.ts';
import { exif, gif, jpeg, png, wav, webp } from '#test/fixtures/media-bytes.ts';

const size = (width: number, height: number) => ({ kind: 'size', width, height });

describe('width and height', () => {
  test.each([
    ['image/png', png(640, 480), [640, 480]],
    ['image/png', Buffer.from(drawPicture('a')), [240, 160]],
    ['image/gif', gif(320, 200), [320, 200]],
    ['image/gif', gif(320, 200, { frames: 40 }), [320, 200]],
    ['image/webp', webp('VP8 ', 1_024, 768), [1_024, 768]],
    ['image/webp', webp('VP8L', 16_384, 3), [16_384, 3]],
    ['image/webp', webp('VP8X', 5_000, 7_000), [5_000, 7_000]],
    ['image/jpeg', jpeg(800, 600), [800, 600]],
    ['image/jpeg', jpeg(800, 600, { frame: 0xc2 }), [800, 600]],
  ] as const)('%s', (type, bytes, [width, height]) => {
    expect(readDimensions(bytes, type)).toEqual(size(width, height));
  });

  test.each([1, 2, 3, 4, 5, 6, 7, 8])('of a photo held as Exif %i says', (orientation) => {
    const turned = orientation >= 5;
    for (const order of ['big', 'little'] as const) {
      const bytes = jpeg(800, 600, { segments: [exif(orientation, order)] });
      const expected = turned ? size(600, 800) : size(800, 600);
      expect(readDimensions(bytes, 'image/jpeg')).toEqual(expected);
    }
  });

  test('an Exif that makes no sense turns nothing', () => {
    for (const [from, to] of [
      [10, 60],
      [20, 30],
      [12, 16],
    ] as const) {
      const broken = exif(6).fill(0xff, from, Math.min(to, exif(6).length));
      const bytes = jpeg(800, 600, { segments: [broken] });
      expect(readDimensions(bytes, 'image/jpeg')).toEqual(size(800, 600));
    }
  });
});

describe('a picture that would not fit memory', () => {
  test.each([
    ['image/png', png(30_000, 30_000), /30,000 × 30,000 pixels; at most 16,384 on a side/],
    ['image/png', png(16_385, 1), /16,385 × 1 pixels; at most 16,384/],
    ['image/png', png(1, 16_385), /1 × 16,385 pixels; at most 16,384/],
    ['image/jpeg', jpeg(65_535, 65_535), /65,535 × 65,535/],
    ['image/png', png(10_000, 5_001), /at most 50 million in all/],
    ['image/webp', webp('VP8X', 16_000, 16_000), /50 million/],
    ['image/gif', gif(1, 1, { frame: [60_000, 60_000] }), /60,000 × 60,000/],
    ['image/gif', gif(2_000, 2_000, { frames: 51 }), /51 frames of 2,000 × 2,000/],
  ] as const)('is refused with a sentence: %s', (type, bytes, sentence) => {
    expect(readDimensions(bytes, type)).toEqual({
      kind: 'too-large',
      problem: expect.stringMatching(sentence),
    });
    expect(describeMedia(bytes, [type])).toEqual({
      kind: 'unfit',
      problem: expect.stringMatching(sentence),
    });
  });

  test('the largest that fits is shown', () => {
    expect(readDimensions(png(10_000, 5_000), 'image/png')).toEqual(size(10_000, 5_000));
    expect(readDimensions(png(16_384, 3_051), 'image/png')).toEqual(size(16_384, 3_051));
    expect(readDimensions(gif(2_000, 2_000, { frames: 50 }), 'image/gif').kind).toBe('size');
  });
});

describe('a header that is not whole', () => {
  test.each([
    ['image/png', png(4, 3).subarray(0, 20)],
    ['image/png', Buffer.concat([png(4, 3).subarray(0, 8), Buffer.alloc(40)])],
    ['image/png', png(0, 3)],
    ['image/gif', gif(4, 3).subarray(0, 8)],
    ['image/gif', gif(0, 0, { frame: [0, 0] })],
    ['image/jpeg', jpeg(4, 3).subarray(0, 12)],
    ['image/jpeg', Buffer.from([0xff, 0xd8, 0xff, 0xd9])],
    ['image/jpeg', Buffer.from([0xff, 0xd8, 0xff, 0xe0, 0, 0, 0, 0, 0, 0])],
    ['image/webp', webp('VP8X', 4, 3).subarray(0, 20)],
    ['image/webp', webp('VP8 ', 4, 3).fill(0, 23, 26)],
  ] as const)('makes the file opaque: %s', (type, bytes) => {
    expect(readDimensions(bytes, type)).toEqual({ kind: 'unreadable' });
    const described = describeMedia(bytes, [type]);
    expect(described).toMatchObject({ type: 'application/octet-stream', width: null });
  });
});

test('a sound has a size in octets and none in pixels', () => {
  const described = describeMedia(wav(), ['audio/x-wav']);
  const { byteLength } = wav();
  expect(described).toMatchObject({ type: 'audio/wav', size: byteLength, height: null });
});

test('never throws and never tells of a picture beyond the limits, whatever the bytes', () => {
  const pictures = [png(4, 3), gif(4, 3), jpeg(4, 3, { segments: [exif(6)] }), webp('VP8X', 4, 3)];
  const spoilt = fc
    .tuple(
      fc.constantFrom(...pictures),
      fc.array(fc.tuple(fc.nat(120), fc.nat(255)), { maxLength: 6 }),
    )
    .map(([bytes, changes]) => {
      const copy = Buffer.from(bytes);
      for (const [at, value] of changes) if (at < copy.length) copy[at] = value;
      return copy;
    });
  fc.assert(
    fc.property(spoilt, fc.nat(120), (bytes, length) => {
      for (const each of [bytes, bytes.subarray(0, length)]) {
        const described = describeMedia(each, []);
        if (described.kind === 'unfit' || !isPictureType(described.type)) continue;
        const { width, height } = described;
        expect(width).toBeGreaterThan(0);
        expect(height).toBeGreaterThan(0);
        expect((width ?? 0) * (height ?? 0)).toBeLessThanOrEqual(50_000_000);
      }
    }),
    { numRuns: 3_000 },
  );
});
