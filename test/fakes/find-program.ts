import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';

export type Program =
  | { readonly found: true; readonly path: string }
  | { readonly found: false; readonly why: string };

const folders = [...(process.env['PATH'] ?? '').split(path.delimiter), '/usr/sbin', '/usr/bin'];
const within = 240_000;

/** A program of Debian's: the one that is installed, else its packages where this is Debian and we are root. */
export function findProgram(name: string, packages: readonly string[]): Program {
  const there = installed(name) ?? fromDebian(name, packages);
  if (there !== null) return { found: true, path: there };
  return {
    found: false,
    why: `${name} is not installed, and could not be (${packages.join(' ')})`,
  };
}

function installed(name: string): string | null {
  return folders.map((folder) => path.join(folder, name)).find((file) => existsSync(file)) ?? null;
}

function fromDebian(name: string, packages: readonly string[]): string | null {
  if (process.getuid?.() !== 0 || !existsSync('/usr/bin/apt-get')) return null;
  /* A server's package must not start the server. */
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive', RUNLEVEL: '1' };
  const run = (...args: string[]): boolean =>
    spawnSync('apt-get', args, { env, stdio: 'ignore', timeout: within }).status === 0;
  const lean = ['install', '-y', '-qq', '--no-install-recommends', ...packages];
  return run('update', '-qq') && run(...lean) ? installed(name) : null;
}
