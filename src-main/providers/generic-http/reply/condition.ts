import { scalar } from './finder.ts';
import { compilePath, follow } from './path.ts';
import type { Tree } from './read-tree.ts';

/** Does what somebody sent say this? */
export type Condition = (tree: Tree) => boolean;

/** What carriers write where there is nothing to tell. */
const nothing: ReadonlySet<string> = new Set(['', '0', 'false', 'null', 'none']);

/**
 * `path`: something stands there, other than null, false, 0, an empty text or an empty list. `path=one|other`: one of these stands
 * there. `"OK"`, in quotes: the text holds this.
 * @throws {WrongSetting}
 */
export function compileCondition(field: string, written: string): Condition {
  const quoted = /^"(.+)"$/s.exec(written.trim())?.[1];
  if (quoted !== undefined) return ({ text }) => text.includes(quoted);
  const equals = written.indexOf('=');
  const path = compilePath(field, equals < 0 ? written : written.slice(0, equals));
  if (equals < 0) return ({ values }) => follow(values, path).some(isSomething);
  const wanted = written
    .slice(equals + 1)
    .split('|')
    .map((each) => each.trim());
  return ({ values }) =>
    follow(values, path).some((value) => {
      const said = scalar(value);
      return said !== null && wanted.includes(said.trim());
    });
}

/** Is this more than a carrier's way of saying nothing? */
export function isSomething(value: unknown): boolean {
  if (value === null || value === undefined) return false;
  if (typeof value === 'object') return Object.keys(value).length > 0;
  return !nothing.has(String(scalar(value)).trim().toLowerCase());
}
