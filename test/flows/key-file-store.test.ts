import { chmod, mkdtemp, readdir, readFile, rm, stat, truncate, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';

import { describe, expect, it, onTestFinished } from 'vitest';

import { StartFailure } from '#main/core/core.ts';
import { createKeyFileStore } from '#main/core/key-file-store.ts';

const canary = 'canary-Xq7-credential';

async function tempFolder(): Promise<string> {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'trunkline-secrets-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return path.join(folder, 'data');
}

async function filled(secrets: Record<string, string> = { 'auth/sandbox1': canary }) {
  const folder = await tempFolder();
  const store = createKeyFileStore(folder);
  for (const [name, value] of Object.entries(secrets)) await store.set(name, value);
  const file = (name: string) => path.join(folder, name);
  return { folder, store, key: file('secrets.key'), json: file('secrets.json'), file };
}

/** A store as the next start of the program makes it. */
const reopened = createKeyFileStore;

const sentenceOf = async (promise: Promise<unknown>): Promise<string> => {
  const error = await promise.then(
    () => new Error('nothing was thrown'),
    (thrown: unknown) => thrown,
  );
  expect(error).toBeInstanceOf(StartFailure);
  return (error as StartFailure).message;
};

const modeOf = async (file: string) => (await stat(file)).mode & 0o777;

describe('the key file store', () => {
  it('gives back after a restart what was set, and nothing else', async () => {
    const { folder } = await filled({ 'auth/a': canary, 'hook/a': 'ünïcödé 😀', 'auth/b': '' });
    const store = reopened(folder);
    expect(await store.get('auth/a')).toBe(canary);
    expect(await store.get('hook/a')).toBe('ünïcödé 😀');
    expect(await store.get('auth/b')).toBe('');
    expect(await store.get('auth/c')).toBeNull();
    expect(await store.get('constructor')).toBeNull();
    expect(await store.get('__proto__')).toBeNull();
  });

  it('replaces and deletes', async () => {
    const { folder, store } = await filled();
    await store.set('auth/sandbox1', 'new');
    expect(await reopened(folder).get('auth/sandbox1')).toBe('new');
    await store.delete('auth/sandbox1');
    await store.delete('auth/sandbox1');
    expect(await reopened(folder).get('auth/sandbox1')).toBeNull();
  });

  it('touches nothing before it is used, nor for a secret that is not there', async () => {
    const folder = await tempFolder();
    expect(await createKeyFileStore(folder).get('auth/a')).toBeNull();
    await expect(stat(folder)).rejects.toThrow('ENOENT');
  });

  it('keeps files and folder to their owner and leaves nothing beside them', async () => {
    const { folder, key, json } = await filled();
    expect(await modeOf(folder)).toBe(0o700);
    expect(await modeOf(key)).toBe(0o600);
    expect(await modeOf(json)).toBe(0o600);
    expect((await readdir(folder)).sort()).toEqual(['secrets.json', 'secrets.key']);
  });

  it('writes no secret in clear, nor in base64 or hex', async () => {
    const { json, key } = await filled();
    for (const file of [json, key]) {
      const bytes = await readFile(file);
      for (const encoding of ['utf8', 'utf16le', 'base64', 'hex'] as const)
        expect(bytes.includes(Buffer.from(canary).toString(encoding))).toBe(false);
      expect(bytes.includes(Buffer.from(canary, 'utf16le'))).toBe(false);
    }
  });

  it('seals the same secret differently each time', async () => {
    const { json } = await filled({ a: canary, b: canary });
    const { secrets } = JSON.parse(await readFile(json, 'utf8'));
    expect(secrets.a).not.toBe(secrets.b);
  });

  it('does not open a secret that was moved to another name', async () => {
    const { folder, json } = await filled();
    const text = await readFile(json, 'utf8');
    await writeFile(json, text.replace('auth/sandbox1', 'auth/sandbox2'));
    expect(await sentenceOf(reopened(folder).get('auth/sandbox2'))).toContain('"auth/sandbox2"');
  });

  it('notices every changed bit of a sealed secret', async () => {
    const { folder, json } = await filled({ a: 'xy' });
    const file = JSON.parse(await readFile(json, 'utf8'));
    const bytes = Buffer.from(file.secrets.a, 'base64');
    for (let bit = 0; bit < bytes.length * 8; bit += 1) {
      const changed = Buffer.from(bytes);
      changed[bit >> 3]! ^= 1 << (bit & 7);
      await writeFile(
        json,
        JSON.stringify({ ...file, secrets: { a: changed.toString('base64') } }),
      );
      await expect(reopened(folder).get('a')).rejects.toBeInstanceOf(StartFailure);
    }
  });

  it.each([0o640, 0o604, 0o620, 0o602, 0o644])(
    'refuses a key of mode %o, naming the cure, until it is cured',
    async (mode) => {
      const { folder, key } = await filled();
      await chmod(key, mode);
      const store = reopened(folder);
      expect(await sentenceOf(store.get('auth/sandbox1'))).toMatch(/secrets\.key.*chmod 600/);
      await chmod(key, 0o600);
      expect(await store.get('auth/sandbox1')).toBe(canary);
    },
  );

  it('says so where the key is another, missing or cut short, and changes nothing', async () => {
    const { folder, key, json } = await filled();
    const before = await readFile(json, 'utf8');
    await writeFile(key, Buffer.alloc(32, 7));
    expect(await sentenceOf(reopened(folder).get('auth/sandbox1'))).toContain('put back the key');
    await truncate(key, 31);
    expect(await sentenceOf(reopened(folder).set('a', 'b'))).toContain('damaged');
    await rm(key);
    expect(await sentenceOf(reopened(folder).set('a', 'b'))).toContain('missing');
    expect(await readFile(json, 'utf8')).toBe(before);
    expect(await readdir(folder)).toEqual(['secrets.json']);
  });

  it.each([
    ['cut short', (text: string) => text.slice(0, text.length / 2)],
    ['empty', () => ''],
    ['a list', () => '[]'],
    ['null', () => 'null'],
    ['of a later version', (text: string) => text.replace('"version": 1', '"version": 2')],
    ['with values that are no texts', () => '{"version":1,"secrets":{"a":1}}'],
  ])('says so where secrets.json is %s, and does not write over it', async (_name, damage) => {
    const { folder, json } = await filled();
    const damaged = damage(await readFile(json, 'utf8'));
    await writeFile(json, damaged);
    const store = reopened(folder);
    expect(await sentenceOf(store.get('auth/sandbox1'))).toContain('secrets.json is damaged');
    expect(await sentenceOf(store.set('a', 'b'))).toContain('secrets.json is damaged');
    expect(await readFile(json, 'utf8')).toBe(damaged);
  });

  it('takes the old file where a write broke off before its rename', async () => {
    const { folder, json } = await filled();
    await writeFile(`${json}.1.tmp`, '{"version":1,"secr', { mode: 0o600 });
    const store = reopened(folder);
    expect(await store.get('auth/sandbox1')).toBe(canary);
    await store.set('auth/b', 'b');
    expect(await reopened(folder).get('auth/b')).toBe('b');
  });

  it('loses none of many writes made at once', async () => {
    const folder = await tempFolder();
    const store = createKeyFileStore(folder);
    const names = Array.from({ length: 30 }, (_, i) => `auth/${i}`);
    await Promise.all(names.map((name) => store.set(name, name)));
    const again = reopened(folder);
    expect(await Promise.all(names.map((name) => again.get(name)))).toEqual(names);
  });

  it('agrees on one key where two programs begin at once', async () => {
    const folder = await tempFolder();
    const keyOf = async (name: string) => {
      const store = createKeyFileStore(folder);
      await store.set(name, name);
      return store;
    };
    await Promise.allSettled([keyOf('a'), keyOf('b'), keyOf('c')]);
    const { secrets } = JSON.parse(await readFile(path.join(folder, 'secrets.json'), 'utf8'));
    for (const name of Object.keys(secrets)) expect(await reopened(folder).get(name)).toBe(name);
  });

  it('says what to do where the folder cannot be made', async () => {
    const { json } = await filled();
    const store = createKeyFileStore(path.join(json, 'below-a-file'));
    expect(await sentenceOf(store.set('a', 'b'))).toContain('is not a folder: choose another');
  });
});
