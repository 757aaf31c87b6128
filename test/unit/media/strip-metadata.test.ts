import { describe, expect, it } from 'vitest';

import { readDimensions } from '#main/media/read-dimensions.ts';
import type { PictureType } from '#main/media/read-dimensions.ts';
import { sniffType } from '#main/media/sniff-type.ts';
import { readOrientation } from '#main/media/strip/orientation.ts';
import { stripMetadata } from '#main/media/strip/strip-metadata.ts';
import { gif, jpeg, png, webp } from '#test/fixtures/media-bytes.ts';
import * as tagged from '#test/fixtures/tagged-pictures.ts';

const told = tagged.secret;
const upright = [jpeg(40, 20), png(40, 20), gif(40, 20), webp('VP8X', 40, 20)];

/** Every picture that tells something, by what it tells and how; `kept` is what must still be there. */
const pictures: readonly (readonly [string, PictureType, Buffer, readonly string[]])[] = [
  ['Exif with a place', 'image/jpeg', tagged.jpegWith(tagged.exifWithPlace(1, 'big')), ['JFIF']],
  [
    'Exif of the other order',
    'image/jpeg',
    tagged.jpegWith(tagged.exifWithPlace(1, 'little')),
    ['JFIF'],
  ],
  ['Exif, upright camera', 'image/jpeg', tagged.jpegWith(tagged.exifWithPlace(6, 'big')), ['Exif']],
  ['XMP', 'image/jpeg', tagged.jpegWith(tagged.xmp()), []],
  ['extended XMP', 'image/jpeg', tagged.jpegWith(tagged.extendedXmp()), []],
  ['IPTC', 'image/jpeg', tagged.jpegWith(tagged.iptc()), []],
  ['a comment', 'image/jpeg', tagged.jpegWith(tagged.comment()), []],
  ['a maker’s segment', 'image/jpeg', tagged.jpegWith(tagged.makerNote()), []],
  ['a thumbnail', 'image/jpeg', tagged.jpegWithThumbnail(), ['JFIF']],
  [
    'XMP beside a colour profile',
    'image/jpeg',
    tagged.jpegWith(tagged.icc(), tagged.xmp()),
    ['ICC_PROFILE', 'a profile'],
  ],
  ['a film after its end', 'image/jpeg', Buffer.concat([jpeg(40, 20), Buffer.from(told)]), []],
  ['a comment between its scans', 'image/jpeg', tagged.jpegOfTwoScans(), ['scan one', 'scan two']],
  [
    'filling octets and a comment',
    'image/jpeg',
    tagged.jpegWith(Buffer.from([0xff, 0xff]), tagged.comment()),
    [],
  ],
  ['words', 'image/png', tagged.pngWith('tEXt', `Comment\0${told}`), ['IHDR', 'IDAT', 'IEND']],
  [
    'words of any script',
    'image/png',
    tagged.pngWith('iTXt', `XML:com.adobe.xmp\0\0\0\0\0${told}`),
    [],
  ],
  ['packed words', 'image/png', tagged.pngWith('zTXt', `Comment\0\0${told}`), []],
  ['a time', 'image/png', tagged.pngWith('tIME', told), []],
  ['Exif', 'image/png', tagged.pngWith('eXIf', tagged.tiffWithPlace(8, 'little')), ['eXIf']],
  ['a private chunk', 'image/png', tagged.pngWith('prVt', told), []],
  [
    'words beside a colour profile',
    'image/png',
    tagged.pngWith('iCCP', 'a profile', `Comment\0${told}`),
    ['iCCP', 'a profile'],
  ],
  ['a page after its end', 'image/png', Buffer.concat([png(40, 20), Buffer.from(told)]), []],
  [
    'Exif and XMP',
    'image/webp',
    tagged.webpWith(['EXIF', tagged.tiffWithPlace(3, 'big')], ['XMP ', told]),
    ['EXIF'],
  ],
  [
    'Exif with its name before it',
    'image/webp',
    tagged.webpWith([
      'EXIF',
      Buffer.concat([Buffer.from('Exif\0\0'), tagged.tiffWithPlace(1, 'big')]),
    ]),
    [],
  ],
  [
    'an unknown chunk',
    'image/webp',
    tagged.webpWith(['PRVT', told], ['ICCP', 'a profile']),
    ['a profile'],
  ],
  [
    'an unknown chunk in a frame',
    'image/webp',
    tagged.webpWith(['ANMF', tagged.frameWith(told)]),
    ['ANMF', 'VP8L'],
  ],
  ['a comment', 'image/gif', tagged.gifWith(0xfe, told), []],
  ['words of a program', 'image/gif', tagged.gifWith(0xff, `XMP DataXMP${told}`), []],
];

describe('what a picture tells besides itself', () => {
  it.each(pictures)('takes %s out of %s', (...[, type, bytes, kept]) => {
    expect(bytes.includes(told), 'the picture must tell something first').toBe(true);
    const stripped = Buffer.from(stripMetadata(bytes, type) ?? []);
    expect(stripped.includes(told)).toBe(false);
    for (const each of kept) expect(stripped.includes(each), each).toBe(true);
    expect(sniffType(stripped)).toBe(type);
    expect(readDimensions(stripped, type)).toEqual(readDimensions(bytes, type));
    expect(stripMetadata(stripped, type)).toEqual(stripped);
  });

  it('leaves pictures that tell nothing as they are', () => {
    for (const bytes of upright) {
      const type = sniffType(bytes) as PictureType;
      expect(Buffer.from(stripMetadata(bytes, type) ?? []).equals(bytes), type).toBe(true);
    }
  });

  it('keeps how the camera was held, whatever the order of its numbers', () => {
    for (const order of ['big', 'little'] as const)
      for (let held = 1; held <= 8; held += 1) {
        const bytes = stripMetadata(
          tagged.jpegWith(tagged.exifWithPlace(held, order)),
          'image/jpeg',
        );
        const at = Buffer.from(bytes ?? []).indexOf('Exif\0\0');
        expect(at >= 0 ? readOrientation((bytes ?? Buffer.alloc(0)).subarray(at + 6)) : 1).toBe(
          held,
        );
      }
  });

  it('keeps what makes a picture move', () => {
    const moving = tagged.gifWith(0xff, 'NETSCAPE2.0', Buffer.from([1, 0, 0]));
    expect(Buffer.from(stripMetadata(moving, 'image/gif') ?? []).includes('NETSCAPE2.0')).toBe(
      true,
    );
  });

  it('gives up a picture that it cannot read to its end, wherever it is cut', () => {
    const whole = [
      tagged.pngWith('tEXt', `Comment\0${told}`),
      tagged.webpWith(['EXIF', tagged.tiffWithPlace(3, 'big')]),
      tagged.gifWith(0xfe, told),
    ];
    let given = 0;
    for (const bytes of whole) {
      const type = sniffType(bytes) as PictureType;
      for (let end = 30; end < bytes.length; end += 1)
        if (stripMetadata(bytes.subarray(0, end), type) === null) given += 1;
    }
    expect(given).toBe(whole.reduce((sum, { length }) => sum + length - 30, 0));
    expect(given).toBeGreaterThan(200);
  });

  it('lets nothing of a JPEG through that is cut inside its segments', () => {
    const bytes = tagged.jpegWith(tagged.exifWithPlace(1, 'big'), tagged.comment());
    const scan = bytes.indexOf(Buffer.from([0xff, 0xda]));
    for (let end = 4; end < scan; end += 1) {
      const stripped = stripMetadata(bytes.subarray(0, end), 'image/jpeg');
      expect(Buffer.from(stripped ?? []).includes(told.slice(0, 6)), String(end)).toBe(false);
    }
  });
});
