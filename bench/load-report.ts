import { closeSync, fdatasyncSync, openSync, rmSync, writeSync } from 'node:fs';
import { loadavg, tmpdir } from 'node:os';
import path from 'node:path';

/** The value below which this share of all lies. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}

export function times(values: readonly number[]): string {
  return `p50 ${quantile(values, 0.5).toFixed(1)} ms, p99 ${quantile(values, 0.99).toFixed(1)} ms`;
}

const disk = measureSync();
const load = loadavg()[0] ?? 0;
/** Times are judged only where the machine is as idle, and its disk as quick, as this. */
const isCalm = disk < 15 && load < 2;

/** Says what the machine was like at the start. */
export function describeMachine(): string {
  const judged = isCalm ? '' : '; too busy or slow for goals of time to count';
  return `fdatasync p99 ${disk.toFixed(2)} ms, load of the machine ${load.toFixed(1)}${judged}`;
}

/** Says whether a goal is met. One that counts and is missed makes the run fail: those of loss always count. */
export function judge(what: string, isMet: boolean, counts: 'always' | 'when calm'): void {
  const isFailure = !isMet && (counts === 'always' || isCalm);
  if (isFailure) process.exitCode = 1;
  console.log(`  ${what}: ${isMet ? 'met' : isFailure ? 'MISSED' : 'missed, not counted'}`);
}

function measureSync(): number {
  const name = path.join(tmpdir(), `trunkline-sync-${process.pid}`);
  const file = openSync(name, 'w');
  const all = Array.from({ length: 300 }, () => {
    const started = performance.now();
    writeSync(file, Buffer.alloc(4_096));
    fdatasyncSync(file);
    return performance.now() - started;
  });
  closeSync(file);
  rmSync(name);
  return quantile(all, 0.99);
}
