import { WrongSetting } from '../wrong-setting.ts';
import { type Path, compilePath, follow } from './path.ts';
import type { Tree } from './read-tree.ts';

/** Finds one short value in what somebody sent; null where it is not there. */
export type Finder = (tree: Tree) => string | null;

const place = '{{value}}';
const longestValue = 300;
/** What a value without an end of its own consists of. */
const plainValue = /^[\w.:@+/=-]+/;

/**
 * A path into JSON, a form or XML; or, with `{{value}}` in it, the text around the value, such as `ID: {{value}}`.
 * @throws {WrongSetting}
 */
export function compileFinder(field: string, written: string): Finder {
  if (!written.includes(place)) {
    const path = compilePath(field, written);
    return (tree) => firstScalar(follow(tree.values, path));
  }
  const [before = '', after = '', ...more] = written.split(place);
  if (more.length > 0) throw new WrongSetting(field, `holds ${place} twice`);
  return ({ text }) => between(text, before, after);
}

/** The values a path leads to, several where it names every element. Null where one of them is no text and no number. */
export function findAll(tree: Tree, path: Path): readonly string[] | null {
  const found = follow(tree.values, path).filter((value) => value != null);
  const scalars = found.flatMap((value) => (Array.isArray(value) ? value : [value])).map(scalar);
  return scalars.every((value) => value !== null) ? scalars : null;
}

function between(text: string, before: string, after: string): string | null {
  const start = text.indexOf(before);
  if (start < 0) return null;
  const rest = text.slice(
    start + before.length,
    start + before.length + longestValue + after.length,
  );
  const end = after === '' ? (plainValue.exec(rest)?.[0].length ?? 0) : rest.indexOf(after);
  const value = rest.slice(0, Math.max(end, 0)).trim();
  return value === '' ? null : value;
}

function firstScalar(found: readonly unknown[]): string | null {
  const value = scalar(found[0])?.trim() ?? '';
  return value === '' || value.length > longestValue ? null : value;
}

/** A value as text; null where it is neither text nor a number. */
export function scalar(value: unknown): string | null {
  if (typeof value === 'string') return value;
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : null;
}
