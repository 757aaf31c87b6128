import { lstat, realpath } from 'node:fs/promises';
import path from 'node:path';

import { isCode } from '#main/files/write-durably.ts';
import { type FormatName, formatNames } from '#main/review/export-format.ts';

import { WrongUse } from './wrong-use.ts';

/** Where an export may go: standard output, or a file of its own. */
export type Out = { readonly kind: 'standard' } | { readonly kind: 'file'; readonly file: string };

/**
 * Looks at what stands where the export is to go. A link is followed; a device, a folder and a file of the data folder itself
 * are refused, as the export takes the place of what it finds.
 */
export async function chooseOut(written: string, dataFolder: string): Promise<Out> {
  if (written === '-') return { kind: 'standard' };
  const file = await whereItIs(path.resolve(written));
  const within = path.relative(await realpath(dataFolder), file);
  if (within === '' || !(within.startsWith('..') || path.isAbsolute(within)))
    throw new WrongUse('--out lies in the data folder: choose a file outside it.');
  const there = await lstat(file).catch(missing);
  if (there !== null && !there.isFile())
    throw new WrongUse(`${written} is not a file: choose another, or --out - for standard output.`);
  return { kind: 'file', file };
}

/** The path without links in it, whether there is a file yet or not. */
async function whereItIs(file: string): Promise<string> {
  const there = await realpath(file).catch(missing);
  if (there !== null) return there;
  const folder = await realpath(path.dirname(file)).catch(missing);
  if (folder !== null) return path.join(folder, path.basename(file));
  throw new WrongUse(`There is no folder ${path.dirname(file)}: make it, or choose another file.`);
}

function missing(error: unknown): null {
  if (isCode(error, 'ENOENT', 'ENOTDIR')) return null;
  throw error;
}

const endings: Readonly<Record<string, FormatName>> = {
  '.csv': 'csv',
  '.html': 'html',
  '.htm': 'html',
};

/** The format that is asked for, else the one the name of the file ends in, else jsonl. */
export function chooseFormat(asked: string | null, out: string): FormatName {
  if (asked === null) return endings[path.extname(out).toLowerCase()] ?? 'jsonl';
  const found = formatNames.find((name) => name === asked);
  if (found !== undefined) return found;
  throw new WrongUse(`--format must be one of ${formatNames.join(', ')}, not ${asked}.`);
}
