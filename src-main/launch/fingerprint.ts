import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';

/** What the build is made from, from the project's root. */
const buildInputs = [
  'package.json',
  'package-lock.json',
  'electron.vite.config.ts',
  'tsconfig.json',
  'src-main',
  'src-renderer',
  'src-shared',
] as const;

/**
 * A text that changes with the content, the name or the number of the files under `inputs`, and with nothing else. Times do not
 * count: a copy, a checkout and a clock that was set all change them for nothing.
 */
export function fingerprint(root: string, inputs: readonly string[] = buildInputs): string {
  const hash = createHash('sha256');
  for (const file of inputs.flatMap((input) => filesUnder(root, input)).toSorted()) {
    const content = readFileSync(path.join(root, file));
    hash.update(`${file}\0${content.length}\0`).update(content);
  }
  return hash.digest('hex');
}

/** Names with forward slashes, so that every system has the same. */
function filesUnder(root: string, input: string): string[] {
  const stats = statSync(path.join(root, input), { throwIfNoEntry: false });
  if (stats === undefined) return [];
  if (stats.isFile()) return [input];
  return readdirSync(path.join(root, input), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(root, path.join(entry.parentPath, entry.name)))
    .map((file) => file.split(path.sep).join('/'));
}
