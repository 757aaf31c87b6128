import { WrongSetting } from '../wrong-setting.ts';
import { type Filling, Unfit, fill } from './fill.ts';
import { type Source, compilePieces } from './placeholder.ts';

/** What the connection itself decides, or what would change how the request is framed. */
const kept = new Set(
  (
    'accept-encoding connection content-encoding content-length content-type cookie date expect host http2-settings keep-alive te ' +
    'trailer transfer-encoding upgrade via'
  ).split(' '),
);
const reserved = /^(?:proxy|sec)-/;
const token = /^[\w!#$%&'*+.^`|~-]{1,100}$/;
const printable = /^[\t\u0020-\u007e]*$/;

export type HeaderTemplate = (filling: Filling) => Readonly<Record<string, string>>;

/**
 * Headers, one a line. Neither the lines nor what is filled in can make more of them; one whose value is not there is left out.
 * @param taken names that are set already
 * @throws {WrongSetting} naming the line
 */
export function compileHeaders(source: Source, taken: readonly string[]): HeaderTemplate {
  const headers = source.text
    .split(/\r?\n/)
    .map((line, index) => ({ line: line.trim(), place: `line ${index + 1}` }))
    .filter(({ line }) => line !== '')
    .map((each) => compileHeader(source, each));
  const names = [...taken, ...headers.map(({ name }) => name)];
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice !== undefined)
    throw new WrongSetting(source.field, `sets the header ${twice}, which is set already`);
  return (filling) => {
    const written = headers.map(({ name, value }) => [name, value(filling)] as const);
    return Object.fromEntries(
      written.filter((each): each is readonly [string, string] => each[1] !== null),
    );
  };
}

type Line = { readonly line: string; readonly place: string };

function compileHeader(source: Source, { line, place }: Line) {
  const colon = line.indexOf(':');
  const field = `${source.field}, ${place},`;
  const name = readFreeName(field, line.slice(0, Math.max(colon, 0)));
  const pieces = compilePieces({ ...source, field }, line.slice(colon + 1).trim());
  mustBeHeaderText(field, pieces.filter((piece) => typeof piece === 'string').join(''));
  const value = (filling: Filling): string | null => {
    const written = fill(pieces, filling, (each) => each);
    if (written !== null && !printable.test(written))
      throw new Unfit('content', `the header ${name} would hold a character it cannot`);
    return written;
  };
  return { name, value };
}

/** The name of a header in lower case. @throws {WrongSetting} where it is none */
export function readHeaderName(field: string, written: string): string {
  const name = written.trim().toLowerCase();
  if (!token.test(name)) throw new WrongSetting(field, 'is not the name of a header');
  return name;
}

/** The name of a header that the settings may set. @throws {WrongSetting} */
export function readFreeName(field: string, written: string): string {
  const name = readHeaderName(field, written);
  if (kept.has(name) || reserved.test(name))
    throw new WrongSetting(field, `sets the header ${name}, which is decided elsewhere`);
  return name;
}

/** @throws {WrongSetting} where text cannot stand in a header */
export function mustBeHeaderText(field: string, text: string): void {
  if (!printable.test(text))
    throw new WrongSetting(field, 'holds a character that no header can: printable ASCII only');
}
