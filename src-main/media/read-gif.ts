import { viewOf } from './byte-pattern.ts';

type GifSize = { readonly width: number; readonly height: number; readonly frames: number };

const extension = 0x21;
const image = 0x2c;
const headerLength = 13;

/**
 * The size of a GIF (GIF89a) and how many frames it moves through. A frame may be larger than the screen it is said to be
 * on, so the largest counts. A file that is cut short has the frames that are there.
 * @throws {RangeError} where not even the header is there
 */
export function readGif(bytes: Uint8Array): GifSize {
  const view = viewOf(bytes);
  let size = { width: view.getUint16(6, true), height: view.getUint16(8, true), frames: 0 };
  let at = headerLength + colourTableLength(view.getUint8(10));
  while (at < bytes.byteLength) {
    const kind = bytes[at];
    if (kind === extension) at = skipBlocks(bytes, at + 2);
    else if (kind === image && at + 10 <= bytes.byteLength) {
      size = withFrame(size, view, at);
      at = skipBlocks(bytes, at + 11 + colourTableLength(view.getUint8(at + 9)));
    } else break;
  }
  return size;
}

function withFrame(size: GifSize, view: DataView, at: number): GifSize {
  return {
    width: Math.max(size.width, view.getUint16(at + 1, true) + view.getUint16(at + 5, true)),
    height: Math.max(size.height, view.getUint16(at + 3, true) + view.getUint16(at + 7, true)),
    frames: size.frames + 1,
  };
}

/** Octets of the table that a packed field tells of. */
const colourTableLength = (packed: number): number =>
  (packed & 0x80) === 0 ? 0 : 3 * 2 ** ((packed & 7) + 1);

/** Past a run of sub-blocks: each begins with its length, an empty one ends the run. */
function skipBlocks(bytes: Uint8Array, start: number): number {
  let at = start;
  for (let length = bytes[at]; length !== undefined && length > 0; length = bytes[at]) {
    at += 1 + length;
  }
  return at + 1;
}
