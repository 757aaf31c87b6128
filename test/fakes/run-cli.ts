import { spawnSync } from 'node:child_process';
import path from 'node:path';

export type CliRun = { readonly status: number | null; readonly out: string; readonly err: string };

/** Runs `npm run trunkline` with these words, and this on its standard input, to its end. */
export function runCli(args: readonly string[], input = ''): CliRun {
  const program = path.resolve('src-main/hosts/cli/start.ts');
  const run = spawnSync(process.execPath, [program, ...args], { input, encoding: 'utf8' });
  return { status: run.status, out: run.stdout, err: run.stderr };
}
