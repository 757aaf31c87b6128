import { z } from 'zod';

import { type FailureKind, failureKindSchema } from '#shared/provider/send-failure.ts';

import { WrongSetting } from './wrong-setting.ts';

/** A setting that is itself JSON. @throws {WrongSetting} naming the member that is wrong */
export function readJsonSetting<Value>(
  field: string,
  written: string,
  shape: z.ZodType<Value>,
): Value {
  const read = shape.safeParse(parse(field, written));
  if (read.success) return read.data;
  const [issue] = read.error.issues;
  const place = [field, ...(issue?.path ?? [])].join('.');
  if (issue?.code === 'unrecognized_keys')
    throw new WrongSetting(`${field}.${issue.keys[0]?.slice(0, 60)}`, 'is not known');
  throw new WrongSetting(place, issue?.message ?? 'is wrong');
}

function parse(field: string, written: string): unknown {
  try {
    return JSON.parse(written);
  } catch {
    throw new WrongSetting(field, 'is not JSON: write it as {"name":"value"}');
  }
}

/** What a carrier may mean by a code. How far a request got is not for it to say. */
const meaningSchema = failureKindSchema.exclude(['network', 'no-answer'], {
  error: `must be one of ${failureKindSchema.options
    .filter((kind) => kind !== 'network' && kind !== 'no-answer')
    .join(', ')}`,
});

/** From the carrier's code to our kind; none where nothing is given. @throws {WrongSetting} */
export function readErrorKinds(written: string | null): ReadonlyMap<string, FailureKind> {
  const kinds =
    written === null
      ? {}
      : readJsonSetting('errorKinds', written, z.record(z.string(), meaningSchema));
  return new Map(Object.entries(kinds));
}
