import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';

import { withLock } from './build-lock.ts';
import { fingerprint } from './fingerprint.ts';

export type BuildOptions = {
  readonly root: string;
  /** Builds into `out`, whole; resolves with whether that went well. */
  readonly build: () => Promise<boolean>;
  readonly say: (line: string) => void;
};

/** What a start needs, from `out`. */
const outputs = [
  'main/electron.js',
  'main/served.js',
  'preload/preload.cjs',
  'renderer/index.html',
] as const;

/**
 * Builds where what is built is not of these sources. However many starts there are at once, one builds and the others wait.
 * @returns whether there is something to start
 */
export async function buildIfStale({ root, build, say }: BuildOptions): Promise<boolean> {
  const out = path.join(root, 'out');
  const stamp = path.join(out, '.built-from');
  const wanted = fingerprint(root);
  const isFresh = () =>
    readStamp(stamp) === wanted && outputs.every((file) => existsSync(path.join(out, file)));
  if (isFresh()) return true;
  mkdirSync(out, { recursive: true });
  const buildOnce = async () => {
    if (isFresh()) return true;
    // Gone first and back last: a build that is cut off leaves no stamp behind.
    rmSync(stamp, { force: true });
    say('Building Trunkline…');
    if (!(await build())) return false;
    writeFileSync(stamp, wanted);
    return true;
  };
  return withLock(path.join(out, '.building'), buildOnce, () =>
    say('Another start is building Trunkline; waiting for it…'),
  );
}

function readStamp(file: string): string | null {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return null;
  }
}
