/**
 * How long an export and a look over the data folder take over a history of a million messages, and in how much memory: each
 * as a program of its own, whole, and for the export a tenth of it beside, because memory must not grow with the history.
 * Run: `node bench/export.ts`. Exit 1 when a goal is missed.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { each } from '#main/sqlite/database.ts';
import { openReader } from '#main/sqlite/open-database.ts';
import { sql } from '#main/sqlite/sql.ts';

import { seedHistory } from './seed-history.ts';

const messages = Number(process.env['BENCH_MESSAGES'] ?? 1_000_000);
const goals = { residentMb: 250, growth: 1.5, rowsPerSecond: 15_000 };
/** Seeded messages are so many milliseconds apart, from this day on. */
const [apart, begin] = [50, Date.UTC(2025, 0, 1)];

const program = path.join(import.meta.dirname, '..', 'src-main/hosts/cli/start.ts');
/* Tells on a fourth descriptor, as the program ends, what it used: see `process.resourceUsage`. */
const telling = `data:text/javascript,import{writeSync}from'node:fs';process.on('exit',()=>writeSync(3,JSON.stringify(process.resourceUsage())))`;

type Run = {
  /** From its start to its end, and of that in use of a processor. */
  readonly seconds: number;
  readonly cpuSeconds: number;
  /** The most it ever had. */
  readonly megabytes: number;
  readonly err: string;
};

function run(words: readonly string[]): Run {
  const from = performance.now();
  const child = spawnSync(process.execPath, ['--import', telling, program, ...words], {
    stdio: ['ignore', 'ignore', 'pipe', 'pipe'],
  });
  const seconds = (performance.now() - from) / 1_000;
  const used = JSON.parse(child.output[3]?.toString() ?? '{}') as NodeJS.ResourceUsage;
  const cpuSeconds = (used.userCPUTime + used.systemCPUTime) / 1e6;
  return { seconds, cpuSeconds, megabytes: used.maxRSS / 1_000, err: child.stderr.toString() };
}

const told = ({ seconds, cpuSeconds, megabytes }: Run): string =>
  `${seconds.toFixed(1)} s, ${cpuSeconds.toFixed(1)} s of CPU, ${megabytes.toFixed(0)} MB of memory`;

function judge(name: string, value: string, met: boolean): void {
  console.log(`${name.padEnd(44)} ${value}: ${met ? 'met' : 'MISSED'}`);
  if (!met) process.exitCode = 1;
}

/** What a start costs alone, which is taken off where rows are counted by the second. */
const startSeconds = run(['--help']).cpuSeconds;

const exportedBy = ({ err }: Run): number =>
  Number(/Exported ([\d,]+)/.exec(err)?.[1]?.replaceAll(',', '') ?? Number.NaN);

function benchExport(dataFolder: string, out: string, more: readonly string[]): Run {
  const whole = run(['export', '--data', dataFolder, '--out', out, ...more]);
  const rows = exportedBy(whole);
  const name = `${path.extname(out).slice(1)} ${more.join(' ')}`.trim();
  const size = (statSync(out).size / 1e6).toFixed(0);
  console.log(
    `${name.padEnd(44)} ${rows.toLocaleString('en-US')} rows, ${size} MB, ${told(whole)}`,
  );
  rmSync(out);
  const pace = rows / (whole.cpuSeconds - startSeconds);
  judge(
    `  rows per second of CPU, the start left out`,
    `${pace.toFixed(0)}, goal ${goals.rowsPerSecond}`,
    pace >= goals.rowsPerSecond,
  );
  return whole;
}

/** The least there is to do: every row of the table of messages as JSON, by one query, kept nowhere. */
function plainSeconds(dataFolder: string): number {
  const db = openReader(path.join(dataFolder, 'history.db'));
  const from = performance.now();
  let length = 0;
  for (const row of each(db, sql`SELECT at, kind, direction, text, state FROM entries`))
    length += JSON.stringify(row).length;
  const seconds = (performance.now() - from) / 1_000;
  console.log(
    `every row as JSON, and no more                ${(length / 1e6).toFixed(0)} MB, ${seconds.toFixed(1)} s`,
  );
  db.close();
  return seconds;
}

function benchAll(dataFolder: string, folder: string): void {
  const at = (name: string): string => path.join(folder, name);
  plainSeconds(dataFolder);
  const tenth = new Date(begin + (messages / 10) * apart).toISOString();
  const small = benchExport(dataFolder, at('tenth.jsonl'), ['--order', 'time', '--until', tenth]);
  const runs = [
    benchExport(dataFolder, at('all.jsonl'), []),
    benchExport(dataFolder, at('all.jsonl'), ['--order', 'time']),
    benchExport(dataFolder, at('all.csv'), []),
    benchExport(dataFolder, at('all.html'), []),
  ];
  const most = Math.max(...runs.map(({ megabytes }) => megabytes));
  judge(
    'most memory, MB',
    `${most.toFixed(0)}, goal ${goals.residentMb}`,
    most <= goals.residentMb,
  );
  const growth = most / small.megabytes;
  judge(
    'most memory to that of a tenth',
    `${growth.toFixed(2)}, goal ${goals.growth}`,
    growth <= goals.growth,
  );
  const doctor = run(['doctor', '--data', dataFolder]);
  console.log(`${'doctor'.padEnd(44)} ${told(doctor)}`);
}

const kept = process.env['BENCH_DATA'];
const folder = mkdtempSync(path.join(tmpdir(), 'trunkline-bench-'));
try {
  const dataFolder = kept ?? path.join(folder, 'data');
  const longest = Math.min(50_000, messages / 20);
  if (kept === undefined) seedHistory(dataFolder, { messages, threads: messages / 10, longest });
  benchAll(dataFolder, folder);
} finally {
  rmSync(folder, { recursive: true, force: true });
}
