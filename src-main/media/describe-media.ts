import { isPictureType, readDimensions } from './read-dimensions.ts';
import { type SniffedType, opaqueType, sniffType } from './sniff-type.ts';

/** What a file turned out to be, or a sentence saying why it is not to be kept. */
export type Described =
  | {
      readonly kind: 'fit';
      readonly type: SniffedType;
      readonly size: number;
      /** Pixels, of a picture alone. */
      readonly width: number | null;
      readonly height: number | null;
    }
  | { readonly kind: 'unfit'; readonly problem: string };

/** Judges a file by its content; `declared` is every type somebody said it was of. Decodes nothing. */
export function describeMedia(bytes: Uint8Array, declared: readonly (string | null)[]): Described {
  const type = sniffType(bytes, declared);
  const plain = { kind: 'fit', size: bytes.byteLength, width: null, height: null } as const;
  if (!isPictureType(type)) return { ...plain, type };
  const read = readDimensions(bytes, type);
  switch (read.kind) {
    case 'size':
      return { ...plain, type, width: read.width, height: read.height };
    case 'too-large':
      return { kind: 'unfit', problem: read.problem };
    case 'unreadable':
      return { ...plain, type: opaqueType };
  }
}
