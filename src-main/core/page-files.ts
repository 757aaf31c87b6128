import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

import { StartFailure } from './core.ts';

/** One file of the built screen. */
type PageFile = { readonly bytes: Uint8Array<ArrayBuffer>; readonly type: string };
/** Every file of the built screen by its exact path, such as `/index.html`. */
export type PageFiles = ReadonlyMap<string, PageFile>;

const types: Readonly<Record<string, string>> = {
  '.css': 'text/css; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.ico': 'image/x-icon',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.png': 'image/png',
  '.svg': 'image/svg+xml; charset=utf-8',
  '.txt': 'text/plain; charset=utf-8',
  '.wasm': 'application/wasm',
  '.woff2': 'font/woff2',
};

/**
 * Reads the built screen into memory, once, so that serving it later needs no path arithmetic at all.
 * @throws StartFailure where the screen is not built
 */
export function readPageFiles(folder: string): PageFiles {
  const files = new Map<string, PageFile>();
  for (const name of listFiles(folder)) {
    const bytes = new Uint8Array(readFileSync(path.join(folder, name)));
    const type = types[path.extname(name).toLowerCase()] ?? 'application/octet-stream';
    files.set(`/${name.split(path.sep).join('/')}`, { bytes, type });
  }
  if (!files.has('/index.html')) throw notBuilt();
  return files;
}

function listFiles(folder: string): string[] {
  try {
    return readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => path.relative(folder, path.join(entry.parentPath, entry.name)));
  } catch {
    throw notBuilt();
  }
}

function notBuilt(): StartFailure {
  return new StartFailure('The screen is not built. Run `npm run build`, then start again.');
}
