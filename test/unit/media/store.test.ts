import { mkdir, mkdtemp, readFile, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { afterEach, beforeEach, describe, expect, test } from 'vitest';

import { readStored, storeMedia } from '#main/media/store.ts';

const id = 'aB3_-xyzaB3_-xyzaB3_-x';
let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'trunkline-media-'));
});
afterEach(() => rm(folder, { recursive: true }));

describe('a stored file', () => {
  test('lies under its id, readable by its owner alone, with nothing left beside it', async () => {
    await storeMedia(folder, id, Buffer.from('bytes'));
    const file = path.join(folder, 'media', 'aB', id);
    expect(readStored(folder, id)).toBe(file);
    expect(await readFile(file, 'utf8')).toBe('bytes');
    expect((await stat(file)).mode & 0o777).toBe(0o600);
    expect((await stat(path.dirname(file))).mode & 0o777).toBe(0o700);
    expect(await readdir(path.dirname(file))).toEqual([id]);
  });

  test('replaces what a stop in the middle of writing left behind', async () => {
    await storeMedia(folder, id, Buffer.from('first'));
    const file = path.join(folder, 'media', 'aB', id);
    await writeFile(`${file}.tmp`, 'half of someth', { mode: 0o644 });
    await storeMedia(folder, id, Buffer.from('second'));
    expect(await readFile(file, 'utf8')).toBe('second');
    expect((await stat(file)).mode & 0o777).toBe(0o600);
    expect(await readdir(path.dirname(file))).toEqual([id]);
  });

  test('is not there before it is stored', () => {
    expect(readStored(folder, id)).toBeNull();
  });
});

describe('what is not an id is never part of a path', () => {
  test.each([
    '',
    '..',
    '../../../../etc/passwd',
    `../${id.slice(3)}`,
    `${id}\0`,
    `${id}x`,
    id.slice(1),
    `${id.slice(0, 21)}/`,
    `${id.slice(0, 21)}.`,
    `${id.slice(0, 21)}\n`,
    `${id}\n`,
  ])('%j', async (bad) => {
    await expect(storeMedia(folder, bad, Buffer.from('x'))).rejects.toThrow(/22 characters/);
    expect(readStored(folder, bad)).toBeNull();
    expect(await readdir(folder)).toEqual([]);
  });

  test('nor is a folder a file', async () => {
    await mkdir(path.join(folder, 'media', 'aB', id), { recursive: true });
    expect(readStored(folder, id)).toBeNull();
    await expect(storeMedia(folder, id, Buffer.from('x'))).rejects.toThrow();
    expect(await readdir(path.join(folder, 'media', 'aB'))).toEqual([id]);
  });
});
