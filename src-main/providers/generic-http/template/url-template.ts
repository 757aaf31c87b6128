import { WrongSetting } from '../wrong-setting.ts';
import { type Filling, Unfit, fill } from './fill.ts';
import { compilePairs, mustBeWritten } from './pair-template.ts';
import { percentEncode } from './percent.ts';
import { type Piece, type Source, compilePieces } from './placeholder.ts';

/** Where the carrier's API is: its origin, and the path all of its addresses begin with, without a slash at the end. */
export type Base = { readonly origin: string; readonly path: string };

/** No server takes a longer one. In characters. */
const longest = 8_000;

/**
 * An address under the base, from a path with or without a query. A whole address is taken too, of the base's own origin. What is
 * filled in can change neither the origin nor which path is called.
 * @throws {WrongSetting}
 */
export function compileUrl(source: Source, base: Base): (filling: Filling) => string {
  const { start, path, query } = split(source, base);
  const pieces = compilePieces(source, path);
  mustBeWritten(source.field, pieces);
  mustAlwaysBeThere(source, pieces);
  const pairs = query === null ? null : compilePairs({ ...source, text: query });
  const literal = fill(pieces, probe, (value) => value) ?? '';
  if (pathOf(start + literal, base) !== start.slice(base.origin.length) + literal)
    throw new WrongSetting(source.field, 'must be a plain path, without dots that lead elsewhere');
  return (filling) => {
    const address = start + (fill(pieces, filling, percentEncode) ?? '');
    if (pathOf(address, base) !== address.slice(base.origin.length))
      throw new Unfit('content', 'what is filled in would change the address that is called');
    const whole = pairs === null ? address : `${address}?${pairs(filling)}`;
    if (whole.length > longest) throw new Unfit('too-long', 'the address would be too long');
    return whole;
  };
}

type Parts = { readonly start: string; readonly path: string; readonly query: string | null };

function split(source: Source, base: Base): Parts {
  const { field, text } = source;
  const [, origin, rest = ''] = /^(https?:\/\/[^/?#]*)(.*)$/is.exec(text) ?? [
    null,
    undefined,
    text,
  ];
  const elsewhere =
    'must be a path that begins with a single slash, or an address of baseUrl’s own';
  if (origin !== undefined && !isOf(origin, base)) throw new WrongSetting(field, elsewhere);
  if (!/^\/(?!\/)/.test(rest)) throw new WrongSetting(field, elsewhere);
  if (rest.includes('#')) throw new WrongSetting(field, 'must not hold a #');
  const question = rest.indexOf('?');
  return {
    start: origin === undefined ? base.origin + base.path : base.origin,
    path: question < 0 ? rest : rest.slice(0, question),
    query: question < 0 ? null : rest.slice(question + 1),
  };
}

function isOf(origin: string, base: Base): boolean {
  if (!URL.canParse(origin)) return false;
  const { origin: own, username, password } = new URL(origin);
  return own === base.origin && username === '' && password === '';
}

function mustAlwaysBeThere({ field, syntax }: Source, pieces: readonly Piece[]): void {
  const missing = pieces.find(
    (piece) => typeof piece !== 'string' && (piece.name === 'media' || piece.name === 'receiptUrl'),
  );
  if (missing === undefined || typeof missing === 'string') return;
  const name = syntax.write(missing.name);
  throw new WrongSetting(
    field,
    `has ${name} in its path, but it may be missing: put it behind a ?`,
  );
}

const words = 'from to text reference username password token contentType installation'.split(' ');
const ids = { lastReceivedId: '1', lastSentId: '1' };
const probe: Filling = {
  words: { ...Object.fromEntries(words.map((name) => [name, name])), ...ids },
  media: [],
};

/** The path as it will be called; null where the address is of another origin. */
function pathOf(address: string, base: Base): string | null {
  if (!URL.canParse(address)) return null;
  const { origin, pathname } = new URL(address);
  return origin === base.origin ? pathname : null;
}
