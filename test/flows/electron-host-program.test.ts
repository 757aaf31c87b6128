import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';

import { describe, expect, it } from 'vitest';

import { temporaryFolder } from '#test/fakes/temporary-folder.ts';

/** A project of these very sources, with a built screen beside them. */
function project(): string {
  const root = temporaryFolder();
  for (const name of [
    'package.json',
    'node_modules',
    'src-main',
    'src-renderer',
    'src-shared',
    'test',
  ])
    symlinkSync(path.resolve(name), path.join(root, name));
  mkdirSync(path.join(root, 'out/renderer'), { recursive: true });
  writeFileSync(path.join(root, 'out/renderer/index.html'), '<!doctype html>');
  return root;
}

/** Runs the program's own entry, with the real core, over a stand-in for the package `electron`. */
function start(words: readonly string[], dataFolder = temporaryFolder()) {
  const root = project();
  const notes = temporaryFolder();
  const node = [
    '--preserve-symlinks',
    '--preserve-symlinks-main',
    '--import',
    './test/fakes/electron-resolver.mjs',
  ];
  const program = ['src-main/hosts/electron/start.ts', '.', '--', '--data', dataFolder, ...words];
  const child = spawn(process.execPath, [...node, ...program], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, TRUNKLINE_LAUNCH_NOTES: notes },
  });
  let [printed, warned] = ['', ''];
  child.stdout.on('data', (bytes: Buffer) => (printed += bytes.toString()));
  child.stderr.on('data', (bytes: Buffer) => (warned += bytes.toString()));
  const end = once(child, 'close').then(() => ({
    code: child.exitCode,
    lines: printed.trim().split('\n'),
    warned,
    told: readdirSync(notes).toSorted(),
  }));
  return { end, dataFolder };
}

describe('the program in a window', () => {
  it('serves the whole core to its page, and ends when it is closed', async () => {
    const { end, dataFolder } = start(['--sandbox-seed', '1']);
    const { code, lines, told, warned } = await end;
    expect(warned).toBe('');
    expect(lines[0]).toMatch(/^Relay is ready at http:\/\/127\.0\.0\.1:\d+$/);
    const { overview, warning } = JSON.parse(lines[1]!);
    expect(overview.lines.map((line: { label: string }) => line.label)).toEqual([
      'Support',
      'Billing',
    ]);
    expect(overview.mediaBase).toBe('media://');
    expect(warning).toBeUndefined();
    expect(told).toEqual(['ready', 'shown']);
    expect(code).toBe(0);
    expect(readdirSync(dataFolder)).toContain('secrets-gnome_libsecret.json');
    expect(readFileSync(path.join(dataFolder, 'window/place.json'), 'utf8')).toContain('"width"');
  });

  it('goes on without credentials that no longer open, and says so', async () => {
    const { end, dataFolder } = start([]);
    await end;
    // Every start of the stand-in has a key store of its own.
    const { code, lines, warned } = await start([], dataFolder).end;
    const { overview, warning } = JSON.parse(lines[1]!);
    expect(overview.lines).toHaveLength(2);
    expect(warning.message).toMatch(/did not open all saved credentials/);
    expect(warned).toContain(warning.message);
    expect(code).toBe(0);
  });

  it('refuses what it does not understand, in a sentence and with 2', async () => {
    const { code, warned, told } = await start(['--prot', '1']).end;
    expect(warned).toBe(
      'There is no flag --prot: leave it out, or see --help for those there are.\n',
    );
    expect(told).toEqual(['shown']);
    expect(code).toBe(2);
  });

  it('lists its flags', async () => {
    const { code, lines } = await start(['--help']).end;
    expect(lines[0]).toBe('Usage: npm start -- [flags]');
    expect(code).toBe(0);
  });

  it('says so where another program has the folder', async () => {
    const { end, dataFolder } = start([], temporaryFolder());
    expect((await end).code).toBe(0);
    const { takeLock } = await import('#main/sqlite/lock-file.ts');
    const release = takeLock(path.join(dataFolder, 'trunkline.lock'));
    const { code, warned, told } = await start([], dataFolder).end;
    release();
    expect(warned).toMatch(/already running.*--data/);
    expect(told).toEqual(['ready', 'shown']);
    expect(code).toBe(1);
  });
});
