import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { sniffType } from '#main/media/sniff-type.ts';
import {
  aac,
  film,
  gif,
  jpeg,
  mp3,
  ogg,
  png,
  pngWords,
  wav,
  webp,
  zip,
} from '#test/fixtures/media-bytes.ts';

const opaque = 'application/octet-stream';
const page = '<!doctype html><script>alert(1)</script>';

describe('what may be shown is known by its content', () => {
  test.each([
    ['image/jpeg', jpeg(4, 3)],
    ['image/png', png(4, 3)],
    ['image/gif', gif(4, 3)],
    ['image/webp', webp('VP8 ', 4, 3)],
    ['image/webp', webp('VP8L', 4, 3)],
    ['image/webp', webp('VP8X', 4, 3)],
    ['video/mp4', film('isom')],
    ['video/mp4', film('mp42')],
    ['video/3gpp', film('3gp4')],
    ['video/3gpp', film('3g2a')],
    ['audio/mp4', film('M4A ')],
    ['audio/amr', Buffer.from('#!AMR\n<frames')],
    ['audio/amr-wb', Buffer.from('#!AMR-WB\n<frames')],
    ['audio/ogg', ogg('OpusHead')],
    ['audio/ogg', ogg('\x01vorbis')],
    ['audio/mpeg', mp3()],
    ['audio/mpeg', Buffer.from('ID3\x03\0\0\0\0\0\x21rest')],
    ['audio/wav', wav()],
    ['audio/aac', aac()],
  ])('%s', (type, bytes) => {
    expect(sniffType(bytes)).toBe(type);
    expect(sniffType(bytes, [null, opaque, 'binary/octet-stream', ''])).toBe(type);
    expect(sniffType(bytes, [`${type.toUpperCase()}; charset=x`])).toBe(type);
  });

  test('a film without pictures is a sound where the sender says so', () => {
    expect(sniffType(film('3gp4'), ['audio/3gpp'])).toBe('audio/3gpp');
    expect(sniffType(film('isom'), ['audio/x-m4a'])).toBe('audio/mp4');
    expect(sniffType(ogg('OpusHead'), ['application/ogg'])).toBe('audio/ogg');
  });
});

describe('everything else is only kept', () => {
  test.each([
    ['nothing', ''],
    ['a page', page],
    ['half a signature', 'GIF87'],
    ['SVG', '<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'],
    ['XML', '<?xml version="1.0"?><smil/>'],
    ['PDF', '%PDF-1.7\n%…'],
    ['a program', 'MZ\x90\0\x03'],
    ['an archive', zip().toString('latin1')],
    ['a contact', 'BEGIN:VCARD\r\nEND:VCARD'],
    ['HEIC', film('heic').toString('latin1')],
    ['QuickTime', film('qt  ').toString('latin1')],
    ['a film in Ogg', ogg('\x80theora').toString('latin1')],
    ['UTF-16', '\xff\xfeh\0i\0'],
    ['one MP3 header with noise after it', mp3().toString('latin1').slice(0, 417) + 'x'.repeat(99)],
    ['one AAC header with noise after it', aac().toString('latin1').slice(0, 100) + 'x'.repeat(99)],
  ])('%s', (_what, bytes) => {
    expect(sniffType(Buffer.from(bytes, 'latin1'))).toBe(opaque);
    expect(sniffType(Buffer.from(bytes, 'latin1'), ['image/png', 'image/svg+xml'])).toBe(opaque);
  });

  test.each([
    ['a picture declared a page', png(4, 3), ['text/html']],
    ['a picture that one of two calls a page', png(4, 3), ['image/png', 'text/html']],
    ['a picture declared a sound', jpeg(4, 3), ['audio/mpeg']],
    ['a sound declared a picture', wav(), ['image/png']],
    ['a picture declared a PDF', png(4, 3), ['application/pdf']],
  ])('%s', (_what, bytes, declared) => {
    expect(sniffType(bytes, declared)).toBe(opaque);
  });
});

describe('two files in one are none that may be shown', () => {
  test.each([
    ['PNG with a page inside', png(4, 3, pngWords(page))],
    ['PNG with a page after it', Buffer.concat([png(4, 3), Buffer.from(page)])],
    ['GIF with a script', Buffer.concat([gif(4, 3), Buffer.from('<SCRIPT>x</SCRIPT>')])],
    ['JPEG with an archive after it', Buffer.concat([jpeg(4, 3), zip()])],
    ['GIF with a Java archive after it', Buffer.concat([gif(4, 3), zip('a comment')])],
    ['MP4 with an archive after it', Buffer.concat([film('isom'), zip('x'.repeat(60_000))])],
    ['JPEG with a PDF in it', Buffer.concat([jpeg(4, 3), Buffer.from('%PDF-1.4')])],
    ['PNG with SVG in it', png(4, 3, pngWords('<svg onload=alert(1)>'))],
  ])('%s', (_what, bytes) => {
    expect(sniffType(bytes, ['image/png'])).toBe(opaque);
    expect(sniffType(bytes)).toBe(opaque);
  });

  test('words that merely stand in a picture do no harm', () => {
    const words = '<?xpacket begin=""?><x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF/></x:xmpmeta>';
    expect(sniffType(png(4, 3, pngWords(words)))).toBe('image/png');
    expect(sniffType(Buffer.concat([jpeg(4, 3), Buffer.from('PK\x05\x06')]))).toBe('image/jpeg');
  });
});

test('never throws, whatever the bytes', () => {
  const beginnings = [jpeg(4, 3), png(4, 3), gif(4, 3), webp('VP8X', 4, 3), ogg('OpusHead'), mp3()];
  const cut = fc
    .tuple(fc.constantFrom(...beginnings), fc.nat(80), fc.uint8Array({ maxLength: 80 }))
    .map(([bytes, length, more]) => Buffer.concat([bytes.subarray(0, length), more]));
  fc.assert(
    fc.property(fc.oneof(fc.uint8Array({ maxLength: 300 }), cut), (bytes) => {
      expect(sniffType(bytes)).toMatch(/^(image|audio|video)\/|^application\/octet-stream$/);
    }),
    { numRuns: 2_000 },
  );
});
