/**
 * How long a start takes over a history of a million messages: from the spawn of the built served host to its ready line, from
 * the opening of its page to the first paint and the first row of the list, from a click to an open conversation. Medians.
 * Run: `npm run build && node bench/start-up.ts`. Exit 1 when a goal is missed.
 */
import { mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { gzipSync } from 'node:zlib';

import { type Browser, type Page, chromium } from '@playwright/test';

import playwrightConfig from '#test/app/playwright.config.ts';

import { openThread, typeLetter, watchFirstRow } from './screen-times.ts';
import { seedHistory } from './seed-history.ts';
import { type ServedProgram, startServedProgram } from './served-program.ts';

const messages = Number(process.env['BENCH_MESSAGES'] ?? 1_000_000);
const size = { messages, threads: messages / 10, longest: Math.min(50_000, messages / 20) };
const rounds = 5;
const clicks = 4;
const keys = 10;
const goals = {
  readyMs: 700,
  firstRowMs: 1_200,
  residentMb: 180,
  bundleKb: 450,
  heapMb: 60,
  effectMs: 100,
};
/** The first of the seeded threads is the longest. */
const longestThread = { id: 1, typed: '5551000001' };

const quantile = (values: readonly number[], at: number): number =>
  values.toSorted((a, b) => a - b)[Math.ceil(values.length * at) - 1] ?? Number.NaN;
const median = (values: readonly number[]): number => quantile(values, 0.5);

function report(
  name: string,
  value: number,
  { goal, unit }: { goal: number | null; unit: string },
) {
  const met = goal === null || value <= goal;
  const verdict = goal === null ? '' : `   goal ${goal}: ${met ? 'met' : 'MISSED'}`;
  console.log(`${name.padEnd(58)} ${value.toFixed(0).padStart(6)} ${unit}${verdict}`);
  if (!met) process.exitCode = 1;
}

const kinds = ['ready', 'paint', 'row', 'click', 'key', 'longest', 'memory', 'heap'] as const;
type Times = Readonly<Record<(typeof kinds)[number], number[]>>;

async function measure(browser: Browser, dataFolder: string): Promise<Times> {
  const times = Object.fromEntries(kinds.map((kind) => [kind, [] as number[]])) as Times;
  for (let round = 0; round < rounds; round += 1) {
    const served = await startServedProgram(dataFolder);
    try {
      await measureOnce(browser, served, times);
    } finally {
      await served.stop();
    }
  }
  return times;
}

async function measureOnce(browser: Browser, served: ServedProgram, times: Times): Promise<void> {
  times.ready.push(served.readyMs);
  const page = await browser.newPage({ viewport: { width: 1_440, height: 860 }, locale: 'en-US' });
  try {
    const { paint, row } = await watchFirstRow(page, served.url);
    times.paint.push(paint);
    times.row.push(row);
    times.click.push(...(await clickThrough(page)));
    times.key.push(...(await write(page)));
    times.longest.push(await openLongest(page));
    times.heap.push(await heapMb(page));
    times.memory.push(served.residentMb() ?? Number.NaN);
  } finally {
    await page.close();
  }
}

/** Opens one conversation of the list after the other. */
async function clickThrough(page: Page): Promise<number[]> {
  const ids = await page
    .getByRole('list', { name: 'Conversations' })
    .locator('[data-thread]')
    .evaluateAll((rows) => rows.map((row) => Number(row.getAttribute('data-thread'))));
  const times: number[] = [];
  for (const id of ids.slice(0, clicks)) times.push(await openThread(page, id));
  return times;
}

/** Writes in the conversation that is open. */
async function write(page: Page): Promise<number[]> {
  await page.getByRole('textbox', { name: 'Message' }).focus();
  const times: number[] = [];
  for (let nth = 0; nth < keys; nth += 1) times.push(await typeLetter(page));
  return times;
}

async function openLongest(page: Page): Promise<number> {
  await page.getByRole('searchbox', { name: 'Search' }).fill(longestThread.typed);
  await page.locator(`[data-thread="${longestThread.id}"]`).waitFor();
  return openThread(page, longestThread.id);
}

const heapMb = (page: Page): Promise<number> =>
  page.evaluate(
    () =>
      (performance as unknown as { memory: { usedJSHeapSize: number } }).memory.usedJSHeapSize /
      1_048_576,
  );

/** Kilobytes of everything the first paint loads, as gzip makes it. */
function bundleKb(): number {
  const assets = path.join(import.meta.dirname, '../out/renderer/assets');
  const loaded = readdirSync(assets).filter((name) => /\.(?:js|css)$/.test(name));
  const bytes = loaded.map((name) => gzipSync(readFileSync(path.join(assets, name))).length);
  return bytes.reduce((sum, each) => sum + each, 0) / 1_000;
}

async function firstStart(): Promise<number> {
  const folder = mkdtempSync(path.join(tmpdir(), 'trunkline-bench-'));
  try {
    const served = await startServedProgram(folder);
    await served.stop();
    return served.readyMs;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function tell(empty: readonly number[], times: Times): void {
  const { ready, paint, row, click, key, longest, memory, heap } = times;
  const first = ready.map((each, round) => each + (row[round] ?? Number.NaN));
  const length = size.longest.toLocaleString('en-US');
  const ms = (goal: number | null) => ({ goal, unit: 'ms' });
  console.log(`${messages.toLocaleString('en-US')} messages, medians of ${rounds} starts`);
  report('spawn to ready, empty folder', median(empty), ms(null));
  report('spawn to ready', median(ready), ms(goals.readyMs));
  report('page opened to first paint', median(paint), ms(null));
  report('page opened to first row of the list', median(row), ms(null));
  report('spawn to first row of the list', median(first), ms(goals.firstRowMs));
  report(`click to the ${length}-message thread drawn`, median(longest), ms(goals.effectMs));
  report(
    `click to a thread drawn, p95 of ${click.length}`,
    quantile(click, 0.95),
    ms(goals.effectMs),
  );
  report(`key to the counter drawn, p95 of ${key.length}`, quantile(key, 0.95), ms(goals.effectMs));
  report('memory of the served host', median(memory), { goal: goals.residentMb, unit: 'MB' });
  report('heap of the page', median(heap), { goal: goals.heapMb, unit: 'MB' });
  report('scripts and styles, gzip', bundleKb(), { goal: goals.bundleKb, unit: 'kB' });
}

const kept = process.env['BENCH_DATA'];
const folder = kept ?? mkdtempSync(path.join(tmpdir(), 'trunkline-bench-'));
const browser = await chromium.launch(playwrightConfig.use?.launchOptions);
try {
  if (kept === undefined) seedHistory(folder, size);
  const empty: number[] = [];
  for (let round = 0; round < rounds; round += 1) empty.push(await firstStart());
  tell(empty, await measure(browser, folder));
} finally {
  await browser.close();
  if (kept === undefined) rmSync(folder, { recursive: true, force: true });
}
