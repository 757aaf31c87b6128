/**
 * Webhook calls taken in a second, durable before the answer, beside the plain way to do it and beside doing nothing, in the
 * same run. Sharing commits divides the cost of an fsync: the faster the disk, the less there is to divide, so the disk's own
 * figure comes first. Run: `node bench/relay.ts`. Exit 1 when a goal is missed or a call fails.
 */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, fdatasyncSync, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs';
import { loadavg, tmpdir } from 'node:os';
import path from 'node:path';

import { loadServer, type Load } from './http-load.ts';
import { makeRequests } from './relay-requests.ts';

const kinds = ['relay', 'one transaction each', 'relay without a log', 'bare node:http'] as const;
type Kind = (typeof kinds)[number];

const connectionCounts = [1, 32, 256];
const rounds = 3;
const roundMs = 1_000;
/** More than a server that stores can take at one number of connections, so that it is sent no call twice. */
const requestCount = 60_000;

/** At so many connections, so many times the calls of another server. */
const goals: readonly {
  readonly connections: number;
  readonly beside: Kind;
  readonly atLeast: number;
}[] = [
  { connections: 1, beside: 'one transaction each', atLeast: 1 },
  { connections: 32, beside: 'one transaction each', atLeast: 4 },
  { connections: 256, beside: 'one transaction each', atLeast: 4 },
  { connections: 32, beside: 'relay without a log', atLeast: 0.5 },
  { connections: 256, beside: 'relay without a log', atLeast: 0.5 },
];

type Contestant = {
  readonly kind: Kind;
  readonly port: number;
  readonly child: ChildProcess;
  used: number;
};

async function start(kind: Kind, folder: string): Promise<Contestant> {
  const program = path.join(import.meta.dirname, 'relay-rivals.ts');
  const child = spawn(process.execPath, [program, kind, folder], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [line] = (await once(child.stdout, 'data')) as [Buffer];
  return { kind, port: Number(line.toString()), child, used: 0 };
}

/** Every server in turn, several times over, so that a busy moment of the machine hits them all. */
async function compare(contestants: readonly Contestant[], connections: number) {
  const requests = makeRequests(requestCount);
  const loads = new Map<Kind, Load[]>(kinds.map((kind) => [kind, []]));
  for (let round = 0; round < rounds; round += 1) {
    for (const contestant of contestants) {
      const next = (): Buffer | null => requests[contestant.used++ % requests.length] ?? null;
      const load = await loadServer(contestant.port, connections, { ms: roundMs, next });
      loads.get(contestant.kind)?.push(load);
    }
  }
  return new Map(kinds.map((kind) => [kind, middleOf(loads.get(kind) ?? [])]));
}

function middleOf(loads: readonly Load[]): Load {
  const sorted = loads.toSorted((a, b) => a.perSecond - b.perSecond);
  const middle = sorted[Math.floor(sorted.length / 2)];
  if (middle === undefined) throw new Error('no round was measured');
  return { ...middle, failed: loads.reduce((sum, { failed }) => sum + failed, 0) };
}

/** Median milliseconds of writing 4 KiB and forcing them to disk. */
function measureSync(folder: string): number {
  const file = openSync(path.join(folder, 'sync'), 'w');
  const times = Array.from({ length: 50 }, () => {
    const started = performance.now();
    writeSync(file, Buffer.alloc(4_096));
    fdatasyncSync(file);
    return performance.now() - started;
  });
  closeSync(file);
  return times.toSorted((a, b) => a - b)[25] ?? Number.NaN;
}

function report(connections: number, loads: ReadonlyMap<Kind, Load>): void {
  console.log(`\n${connections} connection${connections === 1 ? '' : 's'}`);
  for (const [kind, { perSecond, p50, p99, failed }] of loads) {
    const figures = `${perSecond.toFixed(0).padStart(7)}/s   p50 ${p50.toFixed(2)} ms   p99 ${p99.toFixed(2)} ms`;
    console.log(`  ${kind.padEnd(22)}${figures}${failed > 0 ? `   ${failed} FAILED` : ''}`);
    if (failed > 0) process.exitCode = 1;
  }
  const ours = loads.get('relay')?.perSecond ?? 0;
  for (const { beside, atLeast } of goals.filter((goal) => goal.connections === connections)) {
    const ratio = ours / (loads.get(beside)?.perSecond ?? Number.NaN);
    const met = ratio >= atLeast;
    console.log(`  ${ratio.toFixed(2)} × ${beside}, goal ${atLeast}: ${met ? 'met' : 'MISSED'}`);
    if (!met) process.exitCode = 1;
  }
}

const folder = mkdtempSync(path.join(tmpdir(), 'trunkline-bench-'));
console.log(
  `fdatasync p50 ${measureSync(folder).toFixed(2)} ms, load of the machine ${loadavg()[0]?.toFixed(1)}`,
);
const contestants: Contestant[] = [];
try {
  for (const kind of kinds) contestants.push(await start(kind, folder));
  for (const connections of connectionCounts)
    report(connections, await compare(contestants, connections));
} finally {
  for (const { child } of contestants) child.kill('SIGKILL');
  rmSync(folder, { recursive: true, force: true });
}
