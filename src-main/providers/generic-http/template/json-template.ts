import { WrongSetting } from '../wrong-setting.ts';
import { type Filling, fill, fillEach, fillingsFor } from './fill.ts';
import {
  type Piece,
  type Source,
  compilePieces,
  isFilledIn,
  namesEachMedia,
} from './placeholder.ts';

/** What a node of the template is written as: nothing, one value, or several where it stands in a list. */
type Node = (filling: Filling) => readonly unknown[];

/** Where a node stands. `repeated`: inside an element of a list that stands there once for each attachment. */
type Place = { readonly source: Source; readonly depth: number; readonly repeated: boolean };

const asItIs = (value: string): string => value;
const maxDepth = 20;

/**
 * A JSON document with placeholders inside its strings. It is read as JSON first and filled in afterwards, so that nothing filled in
 * can be anything but part of a string. A property whose value is not there is left out. `"{{media}}"` becomes a list; an element of
 * a list that names `media` stands there once for each attachment.
 * @throws {WrongSetting} with the place in the document
 */
export function compileJson(source: Source): (filling: Filling) => string {
  const document = parse(source);
  if (typeof document !== 'object' || document === null)
    throw new WrongSetting(source.field, 'must be a JSON object or list');
  const node = compileNode({ source, depth: 0, repeated: false }, document);
  return (filling) => JSON.stringify(node(filling)[0]);
}

function parse({ field, text }: Source): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    const at = /position (\d+)/.exec(error instanceof Error ? error.message : '')?.[1];
    const place = at === undefined ? '' : ` near character ${Number(at) + 1}`;
    throw new WrongSetting(
      field,
      `is not JSON${place}: every placeholder must stand inside a string, such as "to": "…"`,
    );
  }
}

function compileNode(place: Place, node: unknown): Node {
  if (place.depth > maxDepth) throw new WrongSetting(place.source.field, 'is nested too deep');
  const inside = { ...place, depth: place.depth + 1 };
  if (typeof node === 'string') return compileString(place, node);
  if (Array.isArray(node)) return compileList(inside, node);
  if (typeof node === 'object' && node !== null) return compileObject(inside, node);
  return () => [node];
}

function compileString({ source, repeated }: Place, text: string): Node {
  const pieces = compilePieces(source, text);
  if (repeated || !namesEachMedia(pieces)) {
    return (filling) => {
      const value = fill(pieces, filling, asItIs);
      return value === null ? [] : [value];
    };
  }
  if (pieces.length > 1)
    throw new WrongSetting(source.field, 'has text around a list of media: let it stand alone');
  return (filling) => (filling.media.length === 0 ? [] : [filling.media]);
}

function compileObject(place: Place, node: object): Node {
  const entries = Object.entries(node).map(([name, value]) => {
    if (isFilledIn(compilePieces(place.source, name)))
      throw new WrongSetting(place.source.field, 'has a placeholder in the name of a property');
    return [name, compileNode(place, value)] as const;
  });
  return (filling) => {
    const written = entries.flatMap(([name, value]) =>
      value(filling).map((each) => [name, each] as const),
    );
    return [Object.fromEntries(written)];
  };
}

function compileList(place: Place, list: readonly unknown[]): Node {
  const elements = list.map((element) => compileElement(place, element));
  return (filling) => [elements.flatMap((element) => element(filling))];
}

function compileElement(place: Place, element: unknown): Node {
  if (place.repeated) return compileNode(place, element);
  if (typeof element === 'string') {
    const pieces = compilePieces(place.source, element);
    return (filling) => fillEach(pieces, filling, asItIs);
  }
  const each = eachMediaIn(place.source, element);
  if (each === null) return compileNode(place, element);
  const node = compileNode({ ...place, repeated: true }, element);
  return (filling) => fillingsFor(each, filling).flatMap(node);
}

/** The property of an object in a list that names every attachment in turn; null where none does. */
function eachMediaIn(source: Source, element: unknown): readonly Piece[] | null {
  if (typeof element !== 'object' || element === null || Array.isArray(element)) return null;
  const strings = Object.values(element).filter((value) => typeof value === 'string');
  return strings.map((text) => compilePieces(source, text)).find(namesEachMedia) ?? null;
}
