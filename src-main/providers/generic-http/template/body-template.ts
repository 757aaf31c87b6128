import { WrongSetting } from '../wrong-setting.ts';
import { type Filling, Unfit, fill } from './fill.ts';
import { compileJson } from './json-template.ts';
import { compilePairs } from './pair-template.ts';
import { type Source, compilePieces, isFilledIn, namesEachMedia } from './placeholder.ts';
import { compileXml } from './xml-template.ts';

export const bodyTypes = [
  'application/json',
  'application/x-www-form-urlencoded',
  'application/xml',
  'text/xml',
  'text/plain',
] as const;
export type BodyType = (typeof bodyTypes)[number];

export type BodyTemplate = {
  readonly contentType: string;
  /** @throws {Unfit} */
  readonly write: (filling: Filling) => string;
};

/**
 * A body whose placeholders are escaped as its type wants it.
 * @throws {WrongSetting}
 */
export function compileBody(source: Source, type: BodyType): BodyTemplate {
  switch (type) {
    case 'application/json':
      return { contentType: type, write: compileJson(source) };
    case 'application/x-www-form-urlencoded':
      return { contentType: type, write: compilePairs({ ...source, text: source.text.trim() }) };
    case 'application/xml':
    case 'text/xml':
      return { contentType: `${type}; charset=utf-8`, write: compileXml(source) };
    case 'text/plain':
      return { contentType: `${type}; charset=utf-8`, write: compilePlain(source) };
  }
}

/** Plain text has no escaping: beside other text only what fits on one line may be filled in. */
function compilePlain(source: Source): (filling: Filling) => string {
  const pieces = compilePieces(source);
  if (namesEachMedia(pieces))
    throw new WrongSetting(source.field, 'cannot hold a list of media: choose another type');
  const isAlone = pieces.length === 1 && isFilledIn(pieces);
  return (filling) => fill(pieces, filling, isAlone ? (value) => value : onOneLine) ?? '';
}

function onOneLine(value: string): string {
  // eslint-disable-next-line no-control-regex -- these are what is looked for
  if (/[\u0000-\u001f\u007f\u0085\u2028\u2029]/.test(value))
    throw new Unfit('content', 'a plain body takes only what fits on one line');
  return value;
}
