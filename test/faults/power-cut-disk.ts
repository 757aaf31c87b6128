import path from 'node:path';

import type { DiskDeed } from './disk-recording.ts';

/**
 * What a disk does at a power cut with what was written and never synced: nothing of it arrived; all of it did; or any of its
 * sectors, in no order.
 */
export const cutManners = ['nothing more', 'everything', 'some sectors'] as const;
export type CutManner = (typeof cutManners)[number];

const sector = 512;

type File = { synced: Buffer; pending: DiskDeed[] };

/**
 * A disk as it is between what a program did and what is sure to have arrived: the contents of a file with the fsync of the file,
 * its name with the fsync of its folder, and nothing else.
 */
export class PowerCutDisk {
  readonly #folder: string;
  readonly #files = new Map<string, File>();
  readonly #names = new Set<string>();
  #pendingNames: DiskDeed[] = [];

  constructor(folder: string) {
    this.#folder = folder;
  }

  do(deed: DiskDeed): void {
    if (deed.path === this.#folder) return this.#syncNames(deed);
    if (deed.kind === 'create')
      this.#files.set(deed.path, { synced: Buffer.alloc(0), pending: [] });
    if (deed.kind === 'create' || deed.kind === 'unlink') return void this.#pendingNames.push(deed);
    const file = this.#files.get(deed.path);
    if (file === undefined) throw new Error(`${deed.path} was never made`);
    if (deed.kind !== 'sync') return void file.pending.push(deed);
    file.synced = applied(file.synced, file.pending);
    file.pending = [];
  }

  /** What is found after a power cut now: contents by name. */
  cut(manner: CutManner, chance: () => number): Map<string, Buffer> {
    const arrived = Math.floor(chance() * (this.#pendingNames.length + 1));
    const reach = { 'nothing more': 0, everything: Infinity, 'some sectors': arrived }[manner];
    const names = namesAfter(this.#names, this.#pendingNames.slice(0, reach));
    return new Map(
      [...names].map((name) => [path.basename(name), this.#content(name, manner, chance)]),
    );
  }

  #content(name: string, manner: CutManner, chance: () => number): Buffer {
    const file = this.#files.get(name);
    if (file === undefined) throw new Error(`${name} was never made`);
    if (manner === 'nothing more') return file.synced;
    const pending =
      manner === 'everything'
        ? file.pending
        : file.pending.flatMap(sectorsOf).filter(() => chance() < 0.5);
    return applied(file.synced, pending);
  }

  #syncNames({ kind }: DiskDeed): void {
    if (kind !== 'sync') return;
    const names = namesAfter(this.#names, this.#pendingNames);
    this.#names.clear();
    for (const name of names) this.#names.add(name);
    this.#pendingNames = [];
  }
}

function namesAfter(names: ReadonlySet<string>, deeds: readonly DiskDeed[]): Set<string> {
  const after = new Set(names);
  for (const { kind, path: name } of deeds)
    if (kind === 'create') after.add(name);
    else after.delete(name);
  return after;
}

function applied(content: Buffer, deeds: readonly DiskDeed[]): Buffer {
  const most = deeds.reduce((end, deed) => Math.max(end, endOf(deed)), content.length);
  const bytes = Buffer.alloc(most);
  let size = content.copy(bytes);
  for (const { kind, offset, data } of deeds) {
    if (kind === 'truncate') bytes.fill(0, Math.min(offset, size), size);
    else data.copy(bytes, offset);
    size = kind === 'truncate' ? offset : Math.max(size, offset + data.length);
  }
  return bytes.subarray(0, size);
}

const endOf = ({ offset, data }: DiskDeed): number => offset + data.length;

function sectorsOf(deed: DiskDeed): DiskDeed[] {
  if (deed.kind !== 'write') return [deed];
  return Array.from({ length: Math.ceil(deed.data.length / sector) }, (_, index) => ({
    ...deed,
    offset: deed.offset + index * sector,
    data: deed.data.subarray(index * sector, (index + 1) * sector),
  }));
}
