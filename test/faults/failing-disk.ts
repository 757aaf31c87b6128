import { execFileSync } from 'node:child_process';
import { openSync, writeFileSync, writeSync } from 'node:fs';
import path from 'node:path';

const faults = {
  none: 0,
  'no-space': 1,
  'write-error': 2,
  'sync-error': 3,
  'short-write': 4,
} as const;

export type DiskFault = keyof typeof faults;

const source = path.join(import.meta.dirname, 'fail-disk.c');

/** Why the disk cannot be made to fail here; null where it can. */
export const cannotFailDisk: string | null = whyNot();

function whyNot(): string | null {
  if (process.platform !== 'linux')
    return `LD_PRELOAD is of Linux, and this is ${process.platform}`;
  try {
    execFileSync('cc', ['--version'], { stdio: 'ignore' });
    return null;
  } catch {
    return 'no C compiler (cc) is installed';
  }
}

/** A disk that fails when a test says so, under the files of the process that is started with {@link env}. */
export class FailingDisk {
  readonly env: NodeJS.ProcessEnv;
  readonly #control: number;

  /** @param files part of the path of the files concerned */
  constructor(folder: string, files: string) {
    const library = path.join(folder, 'fail-disk.so');
    const control = path.join(folder, 'fail-disk.control');
    execFileSync('cc', ['-shared', '-fPIC', '-O1', '-o', library, source, '-ldl']);
    writeFileSync(control, Buffer.alloc(8));
    this.#control = openSync(control, 'r+');
    this.env = { LD_PRELOAD: library, FAIL_DISK_CONTROL: control, FAIL_DISK_FILES: files };
  }

  /** From now on the disk fails so, after so many operations more that it still does well. */
  fail(fault: DiskFault, goodBefore = 0): void {
    const words = new Int32Array([faults[fault], goodBefore]);
    writeSync(this.#control, new Uint8Array(words.buffer), 0, 8, 0);
  }
}
