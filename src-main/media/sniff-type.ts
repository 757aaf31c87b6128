import { latin1 } from './byte-pattern.ts';
import { hidesAnotherFile } from './find-hidden.ts';
import { startsAsAac, startsAsMp3 } from './sound-frames.ts';

/** What is only kept and saved, never shown or played. */
export const opaqueType = 'application/octet-stream';

/** Every type that may be shown or played. */
export type ViewableType =
  | 'image/jpeg'
  | 'image/png'
  | 'image/gif'
  | 'image/webp'
  | 'video/mp4'
  | 'video/3gpp'
  | 'audio/mp4'
  | 'audio/3gpp'
  | 'audio/amr'
  | 'audio/amr-wb'
  | 'audio/ogg'
  | 'audio/mpeg'
  | 'audio/wav'
  | 'audio/aac';
export type SniffedType = ViewableType | typeof opaqueType;

/**
 * The type of a file by its content. `declared` is every type somebody said it was of; one that says another family, such as
 * a page for what looks like a picture, makes the file opaque, and so does content that is two files at once. SVG, HTML, XML
 * and PDF are never shown.
 */
export function sniffType(
  bytes: Uint8Array,
  declared: readonly (string | null)[] = [],
): SniffedType {
  const found = typeByContent(bytes);
  if (found === null) return opaqueType;
  const claims = declared.map(claimOf).filter((claim) => claim !== null);
  const type = claims.includes('audio') ? asSound(found) : found;
  const family = type.slice(0, type.indexOf('/'));
  if (claims.some((claim) => claim !== family)) return opaqueType;
  return hidesAnotherFile(bytes) ? opaqueType : type;
}

const starts =
  (...signs: readonly string[]) =>
  (head: string): boolean =>
    signs.some((sign) => head.startsWith(sign));
const matches =
  (pattern: RegExp) =>
  (head: string): boolean =>
    pattern.test(head);

const beginnings: readonly (readonly [(head: string) => boolean, ViewableType])[] = [
  [starts('\xff\xd8\xff'), 'image/jpeg'],
  [starts('\x89PNG\r\n\x1a\n'), 'image/png'],
  [starts('GIF87a', 'GIF89a'), 'image/gif'],
  [matches(/^RIFF[^]{4}WEBPVP8[ LX]/), 'image/webp'],
  [matches(/^RIFF[^]{4}WAVE/), 'audio/wav'],
  [starts('#!AMR\n'), 'audio/amr'],
  [starts('#!AMR-WB\n'), 'audio/amr-wb'],
  [startsAsOggSound, 'audio/ogg'],
  [matches(/^[^]{4}ftyp(?:isom|iso[2-9]|mp4[12]|mmp4|avc1|M4V |MSNV|dash)/), 'video/mp4'],
  [matches(/^[^]{4}ftyp3g[p2][0-9a-z]/), 'video/3gpp'],
  [matches(/^[^]{4}ftypM4[AB] /), 'audio/mp4'],
];

/** An Ogg page (RFC 3533) names its codec right after its table of segments; films come in Ogg too and are not shown. */
function startsAsOggSound(head: string): boolean {
  if (!head.startsWith('OggS')) return false;
  const body = 27 + head.charCodeAt(26);
  return starts('OpusHead', '\x01vorbis', 'Speex   ', '\x7fFLAC')(head.slice(body));
}

function typeByContent(bytes: Uint8Array): ViewableType | null {
  const head = latin1(bytes, 0, 300);
  const known = beginnings.find(([beginsSo]) => beginsSo(head))?.[1];
  if (known !== undefined) return known;
  if (startsAsMp3(bytes)) return 'audio/mpeg';
  return startsAsAac(bytes) ? 'audio/aac' : null;
}

/* The same boxes hold films and sounds; which it is only the sender says. */
function asSound(type: ViewableType): ViewableType {
  if (type === 'video/mp4') return 'audio/mp4';
  return type === 'video/3gpp' ? 'audio/3gpp' : type;
}

/** What carriers and stores say when they do not know. */
const noClaim = /^(?:(?:application|binary)\/(?:octet-stream|x-binary|binary|force-download)|)$/;

/** The family a declared type claims; null where it claims nothing. */
function claimOf(declared: string | null): string | null {
  const type = (declared ?? '').split(';', 1)[0]?.trim().toLowerCase() ?? '';
  if (noClaim.test(type)) return null;
  if (type === 'application/ogg') return 'audio';
  return type.split('/', 1)[0] ?? null;
}
