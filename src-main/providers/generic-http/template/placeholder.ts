import { WrongSetting } from '../wrong-setting.ts';

/** What a text to be sent fills in. */
export const textNames = ['from', 'to', 'text', 'media', 'reference', 'receiptUrl'] as const;
/** What the account fills in. */
export const accountNames = ['username', 'password', 'token'] as const;
/** What only the Acrobits contract knows. */
const acrobitsNames = ['contentType', 'lastReceivedId', 'lastSentId', 'installation'] as const;

export type Name =
  | (typeof textNames)[number]
  | (typeof accountNames)[number]
  | (typeof acrobitsNames)[number];

/** A place in a template. `nth` counts from 0 and is there for `media` alone: one attachment instead of each of them. */
export type Placeholder = { readonly name: Name; readonly nth: number | null };
export type Piece = string | Placeholder;

/** How placeholders are written, and what each of them stands for. */
export type Syntax = {
  /** Global; its first group is the name as written. */
  readonly pattern: RegExp;
  /** Signs that would stand in a template only if a placeholder went wrong. */
  readonly leftover: RegExp | null;
  read(written: string): Placeholder | null;
  /** Null where this way of writing has no such name. */
  write(name: Name): string | null;
};

/** One text of the settings: which field it is, how placeholders are written there and which may stand in it. */
export type Source = {
  readonly field: string;
  readonly text: string;
  readonly syntax: Syntax;
  readonly allowed: readonly Name[];
};

/** `{{text}}`, `{{media}}`, `{{media2}}`. */
export const braces: Syntax = {
  pattern: /\{\{\s*([\w.[\]-]*)\s*\}\}/g,
  leftover: /\{\{|\}\}/,
  read(written) {
    const [, name, nth] = /^([a-zA-Z]+?)([1-9])?$/.exec(written) ?? [];
    const known = [...textNames, ...accountNames].find((each) => each === name);
    if (known === undefined || (nth !== undefined && known !== 'media')) return null;
    return { name: known, nth: nth === undefined ? null : Number(nth) - 1 };
  },
  write: (name) =>
    [...textNames, ...accountNames].some((each) => each === name) ? `{{${name}}}` : null,
};

/**
 * Splits a template into what stands as it is and what is filled in.
 * @throws {WrongSetting} at a placeholder that is not known, or not known there
 */
export function compilePieces(source: Source, text: string = source.text): readonly Piece[] {
  const pieces: Piece[] = [];
  let at = 0;
  for (const found of text.matchAll(source.syntax.pattern)) {
    pieces.push(text.slice(at, found.index), readPlaceholder(source, found));
    at = found.index + found[0].length;
  }
  pieces.push(text.slice(at));
  const literals = pieces.filter((piece) => typeof piece === 'string');
  if (literals.some((each) => source.syntax.leftover?.test(each) === true))
    throw new WrongSetting(source.field, 'holds an unfinished placeholder: close its braces');
  return pieces.filter((piece) => piece !== '');
}

function readPlaceholder(source: Source, found: RegExpExecArray): Placeholder {
  const { field, syntax, allowed } = source;
  const placeholder = syntax.read(found[1] ?? '');
  if (placeholder !== null && allowed.includes(placeholder.name)) return placeholder;
  const known = allowed.map((name) => syntax.write(name)).filter((each) => each !== null);
  const written = found[0].slice(0, 60);
  throw new WrongSetting(
    field,
    `holds ${written}, which is not known there: use ${known.join(', ')}`,
  );
}

/** Is anything to be filled in here? */
export function isFilledIn(pieces: readonly Piece[]): boolean {
  return pieces.some((piece) => typeof piece !== 'string');
}

/** Is this the place of every attachment in turn? */
export function namesEachMedia(pieces: readonly Piece[]): boolean {
  return pieces.some(
    (piece) => typeof piece !== 'string' && piece.name === 'media' && piece.nth === null,
  );
}
