import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';

import { cannotFailDisk } from './failing-disk.ts';

const source = path.join(import.meta.dirname, 'record-disk.c');
const headOctets = 24;
const kinds = ['create', 'write', 'truncate', 'sync', 'unlink'] as const;

/** What a program did to a file, or to the folder itself. `offset` is the new size where it was truncated. */
export type DiskDeed = {
  readonly kind: (typeof kinds)[number];
  readonly path: string;
  readonly offset: number;
  readonly data: Buffer;
};

/** Why no recording can be made here; null where one can. */
export const cannotRecordDisk = cannotFailDisk;

/** Records what is done under a folder by the process that is started with {@link env}. */
export class DiskRecording {
  readonly env: NodeJS.ProcessEnv;
  readonly #file: string;

  /** @param beside a folder for the recording itself, outside `folder` */
  constructor(folder: string, beside: string) {
    const library = path.join(beside, 'record-disk.so');
    this.#file = path.join(beside, 'recording');
    execFileSync('cc', ['-shared', '-fPIC', '-O1', '-o', library, source, '-ldl']);
    this.env = { LD_PRELOAD: library, RECORD_DISK_TO: this.#file, RECORD_DISK_FILES: folder };
  }

  /** Everything done so far, in its order. */
  deeds(): DiskDeed[] {
    const bytes = readFileSync(this.#file);
    const deeds: DiskDeed[] = [];
    for (let at = 0; at + headOctets <= bytes.length;) {
      const [kind, name, data] = [0, 4, 8].map((word) => bytes.readUInt32LE(at + word)) as Word3;
      const start = at + headOctets;
      const end = start + name + data;
      deeds.push({
        kind: kinds[kind - 1] ?? 'write',
        path: bytes.toString('utf8', start, start + name),
        offset: Number(bytes.readBigUInt64LE(at + 16)),
        data: bytes.subarray(start + name, end),
      });
      at = end;
    }
    return deeds;
  }
}

type Word3 = [number, number, number];
