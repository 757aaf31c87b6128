/**
 * What `npm run bench` does: builds where needed, seeds one history for all, and runs each bench in turn, alone on the machine.
 * `BENCH_MESSAGES` sets another size. Exit 1 when a goal is missed or a bench does not end.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { cpus, loadavg, tmpdir } from 'node:os';
import path from 'node:path';

import { buildIfStale } from '#main/launch/build-if-stale.ts';
import { runBuild } from '#main/launch/run-build.ts';

import { seedHistory } from './seed-history.ts';

const benches = [
  'segmentation',
  'relay',
  'relay-load',
  'sending',
  'history',
  'export',
  'start-up',
] as const;
/** Milliseconds after which a bench is ended. */
const longestRun = 600_000;
const well = 'done, no goal missed';
const root = path.join(import.meta.dirname, '..');
const messages = Number(process.env['BENCH_MESSAGES'] ?? 1_000_000);

/** Runs one bench to its end. @returns what is to be said of it in the sum */
function runBench(name: (typeof benches)[number], dataFolder: string): string {
  console.log(`\n> node bench/${name}.ts   (load of the machine ${loadavg()[0]?.toFixed(1)})`);
  const { status, signal } = spawnSync(
    process.execPath,
    [path.join(import.meta.dirname, `${name}.ts`)],
    {
      stdio: 'inherit',
      cwd: root,
      env: { ...process.env, BENCH_DATA: dataFolder, BENCH_MESSAGES: String(messages) },
      timeout: longestRun,
      killSignal: 'SIGKILL',
    },
  );
  if (status === 0) return well;
  return status === null ? `ended by ${signal}` : 'a goal was missed, or it failed';
}

const say = (line: string) => console.error(line);
if (!(await buildIfStale({ root, build: () => runBuild(root), say })))
  throw new Error('Trunkline could not be built: run `npm run build` to see why.');
const dataFolder = mkdtempSync(path.join(tmpdir(), 'trunkline-bench-'));
try {
  console.log(`Node ${process.versions.node}, ${cpus().length} cores, ${process.platform}`);
  const longest = Math.min(50_000, messages / 20);
  seedHistory(dataFolder, { messages, threads: messages / 10, longest });
  const sums = benches.map((name) => [name, runBench(name, dataFolder)] as const);
  console.log('');
  for (const [name, sum] of sums) console.log(`${name.padEnd(14)} ${sum}`);
  if (sums.some(([, sum]) => sum !== well)) process.exitCode = 1;
} finally {
  rmSync(dataFolder, { recursive: true, force: true });
}
