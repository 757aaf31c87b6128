import type { z } from 'zod';

import type { Failure } from './failure.ts';
import { frameFailures } from './frame-failures.ts';

export type ReadFrame<Frame> =
  | { readonly kind: 'frame'; readonly frame: Frame }
  /** `id` is the call's, where that much could be read. */
  | { readonly kind: 'unreadable'; readonly id: number | null; readonly failure: Failure };

/** Reads one frame off a wire. Nothing a frame holds makes it throw. */
export function readFrame<Frame>(
  schema: z.ZodType<Frame>,
  text: string,
  maxUnits: number,
): ReadFrame<Frame> {
  if (text.length > maxUnits) return unreadable(frameFailures.oversize(maxUnits));
  const value = parseJson(text);
  if (value === undefined) return unreadable(frameFailures.malformed('The frame is not JSON.'));
  if (holdsProtoKey(text, value))
    return unreadable(frameFailures.malformed('The frame has a key named "__proto__".'), value);
  const read = schema.safeParse(value);
  if (read.success) return { kind: 'frame', frame: read.data };
  return unreadable(frameFailures.malformed('The frame is not one that this end can read.'), value);
}

function unreadable(failure: Failure, value?: unknown): ReadFrame<never> {
  return { kind: 'unreadable', id: idOf(value), failure };
}

function idOf(value: unknown): number | null {
  if (typeof value !== 'object' || value === null || !('id' in value)) return null;
  const { id } = value;
  return typeof id === 'number' && Number.isSafeInteger(id) && id > 0 ? id : null;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/**
 * Is there a key that would change a prototype if the value were copied carelessly? The text is looked at first, as nearly no
 * frame has such letters, or an escape that could spell them. A stack of our own, as a hostile frame may be nested deeper than
 * calls may be.
 */
function holdsProtoKey(text: string, value: unknown): boolean {
  if (!text.includes('__proto__') && !text.includes('\\u')) return false;
  const waiting: unknown[] = [value];
  while (waiting.length > 0) {
    const next = waiting.pop();
    if (typeof next !== 'object' || next === null) continue;
    if (Object.hasOwn(next, '__proto__')) return true;
    for (const inner of Object.values(next)) waiting.push(inner);
  }
  return false;
}
