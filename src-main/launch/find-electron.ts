import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';

export type FoundElectron =
  /** `program` is the absolute path of the executable. */
  | { readonly kind: 'found'; readonly program: string }
  /** `why` is a sentence. */
  | { readonly kind: 'missing'; readonly why: string };

/**
 * Looks for Electron's program where the npm package `electron` keeps it. The package brings only the way to download it; what
 * was downloaded lies in `dist`, and `path.txt`, written last, says where in there.
 * @param from a file of the project, to look from
 * @param env where ELECTRON_OVERRIDE_DIST_PATH may name another folder than `dist`
 */
export function findElectron(
  from: string = import.meta.url,
  env: Readonly<Record<string, string | undefined>> = process.env,
): FoundElectron {
  const folder = packageFolder(from);
  if (folder === null) return missing('The npm package electron is not installed.');
  const inside = read(path.join(folder, 'path.txt'));
  const override = env['ELECTRON_OVERRIDE_DIST_PATH'];
  if (override) return at(path.join(override, inside ?? 'electron'));
  if (inside === null) return missing("Electron's program was not downloaded yet.");
  if (!isOfPackage(folder)) return missing("Electron's program is of another version.");
  return at(path.join(folder, 'dist', inside));
}

/** Folder of the npm package; null where it is not installed. */
export function packageFolder(from: string): string | null {
  try {
    return path.dirname(createRequire(from).resolve('electron/package.json'));
  } catch {
    return null;
  }
}

function isOfPackage(folder: string): boolean {
  const { version } = JSON.parse(read(path.join(folder, 'package.json')) ?? '{}');
  return read(path.join(folder, 'dist', 'version'))?.replace(/^v/, '') === version;
}

function at(program: string): FoundElectron {
  return existsSync(program)
    ? { kind: 'found', program }
    : missing(`Electron's program is not at ${program}.`);
}

function missing(why: string): FoundElectron {
  return { kind: 'missing', why };
}

function read(file: string): string | null {
  try {
    return readFileSync(file, 'utf8').trim();
  } catch {
    return null;
  }
}
