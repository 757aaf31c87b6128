import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync, rmSync } from 'node:fs';
import path from 'node:path';

import { describe, expect, it } from 'vitest';

import { createKeyFileStore } from '#main/core/key-file-store.ts';
import { openSecrets } from '#main/hosts/electron/open-secrets.ts';
import { KeyStoreDouble } from '#test/fakes/electron-double-key-store.ts';
import { settle, startHost } from '#test/fakes/electron-host.ts';
import { temporaryFolder } from '#test/fakes/temporary-folder.ts';

const name = 'credentials/7c1e';
const secret = 'canary-4f1b';
const file = 'secrets-gnome_libsecret.json';
const inMemoryOnly = /kept in memory only/;

async function open(
  change: (keyStore: KeyStoreDouble) => void = () => {},
  folder = temporaryFolder(),
) {
  const keyStore = new KeyStoreDouble();
  change(keyStore);
  const openAgain = () => openSecrets({ safeStorage: keyStore, folder, platform: 'linux' });
  const { store, warning } = await openAgain();
  return { keyStore, folder, openAgain, store, warning };
}

/** Everything written under a folder. */
function written(folder: string): string {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => readFileSync(path.join(entry.parentPath, entry.name), 'latin1'))
    .join('\n');
}

function expectNoTrace(folder: string): void {
  const everything = written(folder);
  for (const form of [
    secret,
    Buffer.from(secret).toString('base64'),
    Buffer.from(secret).toString('hex'),
  ])
    expect(everything).not.toContain(form);
}

describe('secrets under a key store', () => {
  it('are there after a restart, sealed, for their owner only', async () => {
    const { store, folder, openAgain, warning } = await open();
    await store.set(name, secret);
    await store.set('credentials/other', 'another');
    expect(warning()).toBeNull();
    const again = await openAgain();
    expect(again.warning()).toBeNull();
    expect(await again.store.get(name)).toBe(secret);
    expect(await again.store.get('credentials/none')).toBeNull();
    expect(await again.store.get('__proto__')).toBeNull();
    expectNoTrace(folder);
    expect(readdirSync(folder)).toEqual([file]);
    expect(statSync(path.join(folder, file)).mode & 0o777).toBe(0o600);
    expect(JSON.parse(readFileSync(path.join(folder, file), 'utf8'))).toMatchObject({
      keyStore: 'gnome_libsecret',
    });
  });

  it('can be replaced and deleted, one write after another', async () => {
    const { store, openAgain } = await open();
    await Promise.all([
      ...Array.from({ length: 20 }, (_, i) => store.set(`credentials/${i}`, `value ${i}`)),
      store.set(name, 'first').then(() => store.set(name, secret)),
      store.delete('credentials/3'),
    ]);
    await store.delete('credentials/7');
    const again = (await openAgain()).store;
    expect(await again.get(name)).toBe(secret);
    expect(await again.get('credentials/7')).toBeNull();
    expect(await again.get('credentials/19')).toBe('value 19');
  });

  it('are not held to be kept where they could not be written', async () => {
    const { store, folder } = await open();
    await store.set(name, 'kept');
    rmSync(path.join(folder, file));
    mkdirSync(path.join(folder, file, 'in-the-way'), { recursive: true });
    await expect(store.set(name, secret)).rejects.toThrow();
    expect(await store.get(name)).toBe('kept');
  });

  it('are sealed anew where the key has changed', async () => {
    const { store, keyStore, folder, openAgain } = await open();
    await store.set(name, secret);
    keyStore.changeKey();
    expect(await store.get(name)).toBe(secret);
    keyStore.forgetOldKeys();
    expect(await (await openAgain()).store.get(name)).toBe(secret);
    expectNoTrace(folder);
  });

  it('of one name are never given for another', async () => {
    const { store, folder, openAgain } = await open();
    await store.set('a', 'of a');
    await store.set('b', 'of b');
    const content = JSON.parse(readFileSync(path.join(folder, file), 'utf8'));
    [content.sealed.a, content.sealed.b] = [content.sealed.b, content.sealed.a];
    writeFileSync(path.join(folder, file), JSON.stringify(content));
    const again = (await openAgain()).store;
    expect(await again.get('a')).toBeNull();
    expect(await again.get('b')).toBeNull();
  });

  it('that do not open now are done without, with a sentence, and not lost', async () => {
    const { store, keyStore, folder, warning } = await open();
    await store.set(name, secret);
    const before = written(folder);
    expect(warning()).toBeNull();
    keyStore.isLocked = true;
    expect(await store.get(name)).toBeNull();
    expect(warning()).toMatch(/did not open all saved credentials: unlock it/);
    await expect(store.set(name, 'new')).rejects.toThrow();
    keyStore.isLocked = false;
    keyStore.givesWrongText = true;
    expect(await store.get(name)).toBeNull();
    keyStore.givesWrongText = false;
    expect(await store.get(name)).toBe(secret);
    expect(written(folder)).toBe(before);
  });

  it.each(['', '{', 'null', '[]', '{"format":2,"sealed":{}}', '{"format":1,"sealed":{"a":1}}'])(
    'whose file holds %j are set aside, with a sentence',
    async (content) => {
      const folder = temporaryFolder();
      writeFileSync(path.join(folder, file), content);
      const { warning, store } = await open(() => {}, folder);
      expect(warning()).toMatch(/damaged and is kept as secrets-gnome_libsecret\.json\.damaged-/);
      const [kept] = readdirSync(folder).filter((each) => each.includes('.damaged-'));
      expect(readFileSync(path.join(folder, kept!), 'utf8')).toBe(content);
      await store.set(name, secret);
      expect(await store.get(name)).toBe(secret);
    },
  );

  it('of another key store are left as they are, with a sentence', async () => {
    const first = await open();
    await first.store.set(name, secret);
    const before = readFileSync(path.join(first.folder, file), 'utf8');
    const other = await open((keyStore) => (keyStore.backend = 'kwallet6'), first.folder);
    expect(other.warning()).toMatch(/key store gnome_libsecret.*in use now \(kwallet6\)/);
    expect(await other.store.get(name)).toBeNull();
    await other.store.set(name, 'of the other');
    expect(readFileSync(path.join(first.folder, file), 'utf8')).toBe(before);
    expect(await first.store.get(name)).toBe(secret);
    expect((await other.openAgain()).warning()).toBeNull();
  });
});

describe('without a key store to trust', () => {
  it.each<[string, (keyStore: KeyStoreDouble) => void]>([
    ['none is available', (keyStore) => (keyStore.isAvailable = false)],
    ['it is the constant password', (keyStore) => (keyStore.backend = 'basic_text')],
    ['nobody knows which it is', (keyStore) => (keyStore.backend = 'unknown')],
    ['it seals with the constant password all the same', (keyStore) => (keyStore.mark = 'v10')],
    ['it gives back another text', (keyStore) => (keyStore.givesWrongText = true)],
    ['it is locked', (keyStore) => (keyStore.isLocked = true)],
    [
      'asking for it throws',
      (keyStore) => {
        keyStore.getSelectedStorageBackend = () => {
          throw new Error('D-Bus');
        };
      },
    ],
  ])('secrets stay in memory, with a sentence: %s', async (_name, change) => {
    const { store, folder, warning, openAgain } = await open(change);
    expect(warning()).toMatch(inMemoryOnly);
    await store.set(name, secret);
    expect(await store.get(name)).toBe(secret);
    expect(readdirSync(folder)).toEqual([]);
    expect(await (await openAgain()).store.get(name)).toBeNull();
    await store.delete(name);
    expect(await store.get(name)).toBeNull();
  });

  it('what another start has sealed is left as it is', async () => {
    const { store, folder } = await open();
    await store.set(name, secret);
    const before = written(folder);
    const locked = await open((keyStore) => (keyStore.isLocked = true), folder);
    expect(await locked.store.get(name)).toBeNull();
    await locked.store.set(name, 'new');
    expect(written(folder)).toBe(before);
  });

  it('is no matter where the mark v10 is the system its own, as on Windows', async () => {
    const keyStore = new KeyStoreDouble();
    keyStore.mark = 'v10';
    const { warning } = await openSecrets({
      safeStorage: keyStore,
      folder: temporaryFolder(),
      platform: 'win32',
    });
    expect(warning()).toBeNull();
  });

  it('the person is told once the window is there', async () => {
    const { electron, warned, core } = await startHost({
      prepare: ({ safeStorage }) => (safeStorage.backend = 'basic_text'),
    });
    await settle();
    expect(warned).toEqual([expect.stringMatching(inMemoryOnly)]);
    expect(electron.messageBoxes).toMatchObject([{ type: 'warning', message: warned[0] }]);
    await core.host.secrets.set(name, secret);
    expect(await core.host.secrets.get(name)).toBe(secret);
  });
});

describe('secrets in the key file of the command line', () => {
  it('are read, and count before those written here earlier', async () => {
    const { store, folder } = await open();
    await store.set(name, 'old');
    await createKeyFileStore(folder).set(name, secret);
    expect(await store.get(name)).toBe(secret);
    await store.set(name, 'newest');
    expect(await store.get(name)).toBe('newest');
    expect(await createKeyFileStore(folder).get(name)).toBeNull();
  });

  it('are deleted with the others', async () => {
    const { store, folder } = await open();
    await createKeyFileStore(folder).set(name, secret);
    await store.delete(name);
    expect(await store.get(name)).toBeNull();
    expect(await createKeyFileStore(folder).get(name)).toBeNull();
  });

  it('are not asked for where there are none, so that no key is made', async () => {
    const { store, folder } = await open();
    await store.get(name);
    await store.set(name, secret);
    expect(readdirSync(folder)).toEqual([file]);
  });
});
