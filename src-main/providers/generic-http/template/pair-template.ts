import { WrongSetting } from '../wrong-setting.ts';
import { type Filling, fillEach } from './fill.ts';
import { percentEncode } from './percent.ts';
import { type Piece, type Source, compilePieces, isFilledIn } from './placeholder.ts';

type Pair = { readonly name: string; readonly value: readonly Piece[] };

/** What a URL or a form holds as it stands: the characters of RFC 3986, percent signs before two hexadecimal digits. */
const written = /^(?:[\w\-.~!$'()*+,;:@/?=[\]]|%[0-9a-f]{2})*$/i;

/**
 * `name=value&name=value`, in a query or a form. A pair whose value is not there is left out; one that names `media` stands
 * there once for each attachment.
 * @throws {WrongSetting}
 */
export function compilePairs(source: Source): (filling: Filling) => string {
  const pairs = source.text
    .split('&')
    .filter((pair) => pair !== '')
    .map((pair) => compilePair(source, pair));
  return (filling) =>
    pairs
      .flatMap(({ name, value }) =>
        fillEach(value, filling, percentEncode).map((each) => `${name}${each}`),
      )
      .join('&');
}

function compilePair(source: Source, pair: string): Pair {
  const equals = pair.indexOf('=');
  const name = pair.slice(0, equals + 1);
  const { field } = source;
  if (equals < 1) throw new WrongSetting(field, 'must be name=value pairs with & between them');
  if (isFilledIn(compilePieces(source, name)))
    throw new WrongSetting(field, 'has a placeholder in a name: put it behind the =');
  const value = compilePieces(source, pair.slice(equals + 1));
  mustBeWritten(field, [name, ...value]);
  return { name, value };
}

/** @throws {WrongSetting} where something that stands as it is could not stand in a URL */
export function mustBeWritten(field: string, pieces: readonly Piece[]): void {
  if (pieces.every((piece) => typeof piece !== 'string' || written.test(piece))) return;
  throw new WrongSetting(
    field,
    'holds a character that must be percent-encoded there, such as a space or a lone percent sign',
  );
}
