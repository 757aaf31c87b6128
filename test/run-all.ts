import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';

import { findBrowser } from './app/find-browser.ts';

/**
 * Everything `npm test` does, one after the other: format, lint with the layer table, types, unused code, the vitest
 * projects, the browser specs. All of it runs even where an early step fails. The last line sums what the test runners
 * counted; a failed check counts as one failure.
 */

type Counts = { readonly passed: number; readonly failed: number; readonly skipped: number };

const results = path.resolve('out/test');
const nothing: Counts = { passed: 0, failed: 0, skipped: 0 };

function runTool(name: string, args: readonly string[]): boolean {
  process.stdout.write(`\n> ${name} ${args.join(' ')}\n`);
  const bin = path.resolve('node_modules/.bin', name);
  return spawnSync(bin, args, { stdio: 'inherit' }).status === 0;
}

function check(name: string, ...args: string[]): Counts {
  return runTool(name, args) ? nothing : { ...nothing, failed: 1 };
}

function vitest(): Counts {
  const report = path.join(results, 'vitest.json');
  const args = [
    'run',
    '--config',
    'test/vitest.config.ts',
    '--reporter=default',
    '--reporter=json',
  ];
  const ok = runTool('vitest', [...args, `--outputFile.json=${report}`]);
  const counted = readReport<{
    numPassedTests: number;
    numFailedTests: number;
    numPendingTests: number;
  }>(report);
  if (counted === null) return { ...nothing, failed: 1 };
  const { numPassedTests: passed, numFailedTests: failed, numPendingTests: skipped } = counted;
  return { passed, failed: ok ? failed : Math.max(1, failed), skipped };
}

function playwright(): Counts {
  const browser = findBrowser();
  process.stdout.write(`\nBrowser: ${browser.found ? browser.path : browser.why}\n`);
  if (!browser.found) return { ...nothing, failed: 1 };
  const report = path.join(results, 'playwright.json');
  process.env['PLAYWRIGHT_JSON_OUTPUT_NAME'] = report;
  process.env['TRUNKLINE_TEST_BROWSER'] = browser.path;
  const ok = runTool('playwright', [
    'test',
    '--config',
    'test/app/playwright.config.ts',
    '--reporter=list,json',
  ]);
  const counted = readReport<{
    stats: { expected: number; unexpected: number; flaky: number; skipped: number };
  }>(report);
  if (counted === null) return { ...nothing, failed: 1 };
  const { expected: passed, unexpected, flaky, skipped } = counted.stats;
  const failed = unexpected + flaky;
  return { passed, failed: ok ? failed : Math.max(1, failed), skipped };
}

function readReport<Report>(file: string): Report | null {
  return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Report) : null;
}

rmSync(results, { recursive: true, force: true });
mkdirSync(results, { recursive: true });
const counts = [
  check('oxfmt', '--check'),
  check('oxlint'),
  check('tsc', '-b'),
  check('knip'),
  vitest(),
  playwright(),
];
const sum = (of: keyof Counts): number => counts.reduce((total, each) => total + each[of], 0);
process.stdout.write(
  `\n${sum('passed')} passed, ${sum('failed')} failed, ${sum('skipped')} skipped\n`,
);
process.exitCode = sum('failed') === 0 ? 0 : 1;
