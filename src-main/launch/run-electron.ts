import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

import type { ElectronEnd } from './judge-end.ts';

export type RunElectronOptions = {
  /** Electron's executable. */
  readonly program: string;
  /** Folder of the project, which Electron runs by its package.json. */
  readonly root: string;
  /** The words after the program's name, passed on as they are. */
  readonly words: readonly string[];
  /** Milliseconds within which Electron must come up. */
  readonly readyWithinMs?: number;
};

const usualReadyWithinMs = 30_000;
const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** Runs the program in a window until it ends. */
export async function runElectron(options: RunElectronOptions): Promise<ElectronEnd> {
  // Words come back as files: an extra pipe or channel among its descriptors has kept Electron's windows from loading on Linux.
  const notes = mkdtempSync(path.join(tmpdir(), 'trunkline-launch-'));
  try {
    return await watch(start(options, notes), notes, options.readyWithinMs ?? usualReadyWithinMs);
  } finally {
    rmSync(notes, { recursive: true, force: true });
  }
}

function start({ program, root, words }: RunElectronOptions, notes: string): ChildProcess {
  const { ELECTRON_RUN_AS_NODE: _asNode, ...env } = process.env;
  // What follows `--` Chromium leaves alone, so that no word of ours or of anybody's turns a switch of its own.
  return spawn(program, [root, '--', ...words], {
    stdio: 'inherit',
    env: { ...env, TRUNKLINE_LAUNCH_NOTES: notes },
    // A group of its own: a terminal's Ctrl+C then reaches it once, from us. The second one would cut it off half stopped.
    detached: process.platform !== 'win32',
  });
}

function watch(child: ChildProcess, notes: string, readyWithinMs: number): Promise<ElectronEnd> {
  const has = (word: string) => existsSync(path.join(notes, word));
  let wasStuck = false;
  const timer = setTimeout(() => {
    if (has('ready')) return;
    wasStuck = true;
    killAll(child);
  }, readyWithinMs);
  const forwarding = forwardSignals(child);
  return new Promise((resolve) => {
    const end = (how: Pick<ElectronEnd, 'code' | 'signal' | 'couldNotRun'>) => {
      clearTimeout(timer);
      forwarding.stop();
      resolve({ ...how, wasStuck, wasAsked: forwarding.wasAsked(), wasShown: has('shown') });
    };
    child.on('error', () => {
      if (child.pid === undefined) end({ code: null, signal: null, couldNotRun: true });
    });
    child.on('exit', (code, signal) => end({ code, signal, couldNotRun: false }));
  });
}

/** Passes each kind of signal on once. */
function forwardSignals(child: ChildProcess): { wasAsked(): boolean; stop(): void } {
  const passed = new Set<NodeJS.Signals>();
  const pass = (signal: NodeJS.Signals) => {
    if (passed.has(signal)) return;
    passed.add(signal);
    child.kill(signal);
  };
  for (const signal of signals) process.on(signal, pass);
  return {
    wasAsked: () => passed.size > 0,
    stop() {
      for (const signal of signals) process.off(signal, pass);
    },
  };
}

/** Ends the program and every process it has started. */
function killAll(child: ChildProcess): void {
  try {
    if (process.platform === 'win32' || child.pid === undefined) child.kill('SIGKILL');
    else process.kill(-child.pid, 'SIGKILL');
  } catch {
    // It has ended by itself meanwhile.
  }
}
