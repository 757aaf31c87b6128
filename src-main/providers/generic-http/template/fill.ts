import type { FailureKind } from '#shared/provider/send-failure.ts';

import { type Name, type Piece, namesEachMedia } from './placeholder.ts';

/** What stands in the places of a template this time. A name that is missing or null has nothing to stand there. */
export type Filling = {
  readonly words: Readonly<Partial<Record<Name, string | null>>>;
  readonly media: readonly string[];
};

/** Writes a value so that it means itself where it stands. */
export type Escape = (value: string) => string;

/** A text that cannot stand where the template wants it. Nothing has been sent. */
export class Unfit extends Error {
  override readonly name = 'Unfit';
  readonly kind: FailureKind;

  constructor(kind: FailureKind, words: string) {
    super(words);
    this.kind = kind;
  }
}

/** The pieces written out; null where something named in them is not there, so that the whole entry is left out. */
export function fill(pieces: readonly Piece[], filling: Filling, escape: Escape): string | null {
  const parts = pieces.map((piece) => {
    if (typeof piece === 'string') return piece;
    const value = piece.nth === null ? filling.words[piece.name] : filling.media[piece.nth];
    return value == null ? null : escape(value);
  });
  return parts.includes(null) ? null : parts.join('');
}

/** The same, one after the other for every attachment where the pieces name `media`. */
export function fillEach(pieces: readonly Piece[], filling: Filling, escape: Escape): string[] {
  return fillingsFor(pieces, filling)
    .map((each) => fill(pieces, each, escape))
    .filter((each) => each !== null);
}

/** One filling, or one for each attachment where these pieces name `media`. */
export function fillingsFor(pieces: readonly Piece[], filling: Filling): readonly Filling[] {
  if (!namesEachMedia(pieces)) return [filling];
  return filling.media.map((media) => ({ ...filling, words: { ...filling.words, media } }));
}
