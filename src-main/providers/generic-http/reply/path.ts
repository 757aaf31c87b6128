import { WrongSetting } from '../wrong-setting.ts';

/** One step into a tree: a member's name, an element's number, or every element. */
type Step = string | number | 'every element';
const everyElement = 'every element';

export type Path = readonly Step[];

const longestPath = 200;
const step = /^([^.[\]\s]*)((?:\[(?:\d{1,4}|\*)\])*)$/;

/**
 * A path such as `data.0.id`, `messages[0].id` or `media[*].url`; `$.` may stand before it.
 * @throws {WrongSetting}
 */
export function compilePath(field: string, written: string): Path {
  const text = written.trim().replace(/^\$\.?/, '');
  const parts = text.split('.').map((part) => step.exec(part));
  const steps = parts.flatMap((part) => (part === null ? [null] : readStep(part)));
  if (text === '' || text.length > longestPath || steps.includes(null))
    throw new WrongSetting(field, 'must be a path such as data.0.id or messages[0].id');
  return steps.filter((each) => each !== null);
}

function readStep([all, name = '', numbers = '']: RegExpExecArray): (Step | null)[] {
  if (all === '') return [null];
  const inside = [...numbers.matchAll(/\[(\d+|\*)\]/g)].map(([, number]) =>
    number === '*' ? everyElement : Number(number),
  );
  return name === '' ? inside : [name, ...inside];
}

/** Everything a path leads to; empty where it leads nowhere. Inherited members are never looked at. */
export function follow(values: unknown, path: Path): readonly unknown[] {
  return path.reduce<readonly unknown[]>(
    (found, each) => found.flatMap((value) => takeStep(value, each)),
    [values],
  );
}

/** Where there is one element only, XML and forms do not show that there could be several. */
function takeStep(value: unknown, each: Step): readonly unknown[] {
  if (each === everyElement) return Array.isArray(value) ? value : [value];
  if (each === 0 && !Array.isArray(value)) return [value];
  if (typeof value !== 'object' || value === null || !Object.hasOwn(value, each)) return [];
  return [(value as Readonly<Record<string, unknown>>)[each]];
}
