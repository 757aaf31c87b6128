import { z } from 'zod';

import { connectionIdSchema } from './line.ts';

export const gapIdSchema = z.int().positive().brand('GapId');
export type GapId = z.infer<typeof gapIdSchema>;

/** A hole in what came in over a connection. Times are milliseconds since 1970. */
export const gapSchema = z.object({
  id: gapIdSchema,
  connectionId: connectionIdSchema,
  /** Our number; null where it is only known that the relay's log as a whole has a hole. */
  line: z.string().nullable(),
  lineLabel: z.string().nullable(),
  /** How many texts and calls are missing; null where that is not known. */
  missing: z.int().positive().nullable(),
  since: z.int(),
  until: z.int(),
  /** `open`: the carrier's list is still to be read, where it has one. `filled`: all that is known to be missing was found. */
  state: z.enum(['open', 'filled', 'not-found']),
  /** How many the carrier's list showed. */
  found: z.int().nonnegative(),
});
export type Gap = z.infer<typeof gapSchema>;

/** A gap in words. `hasList`: the carrier has a list in which to look for what is missing. */
export function gapWords(gap: Gap, hasList: boolean): string {
  return gap.missing === null || gap.lineLabel === null
    ? wordsOfLog(gap, hasList)
    : wordsOfLine({ ...gap, missing: gap.missing }, `to ${gap.lineLabel}`, hasList);
}

type OfLine = Pick<Gap, 'state' | 'found'> & { readonly missing: number };

function wordsOfLine({ state, found, missing }: OfLine, where: string, hasList: boolean): string {
  const lost = `${counted(missing)} ${where} ${missing === 1 ? 'is' : 'are'} missing`;
  if (state === 'open') return `${lost}; ${looking(hasList)}`;
  if (found === 0)
    return `${lost}; the carrier’s list does not show ${missing === 1 ? 'it' : 'them'}`;
  const recovered = `Recovered ${found} of ${counted(missing)} ${where} from the carrier’s list`;
  return state === 'filled' ? recovered : `${recovered}; it does not show the rest`;
}

function wordsOfLog({ state, found }: Gap, hasList: boolean): string {
  const lost = 'The relay’s log lost deliveries before they were taken in';
  if (state === 'open') return `${lost}; ${looking(hasList)}`;
  if (found === 0) return `${lost}; the carrier’s list shows nothing that is not here`;
  return `${lost}; ${counted(found)} ${found === 1 ? 'was' : 'were'} recovered from the carrier’s list`;
}

const looking = (hasList: boolean): string =>
  hasList ? 'the carrier’s list is being read' : 'the carrier has no list in which to look';

const counted = (count: number): string =>
  `${count} ${count === 1 ? 'text or call' : 'texts or calls'}`;
