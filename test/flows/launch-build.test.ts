import { spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { hostname } from 'node:os';
import path from 'node:path';

import { describe, expect, it } from 'vitest';

import { buildIfStale } from '#main/launch/build-if-stale.ts';
import { fingerprint } from '#main/launch/fingerprint.ts';
import { temporaryFolder } from '#test/fakes/temporary-folder.ts';

const outputs = [
  'main/electron.js',
  'main/served.js',
  'preload/preload.cjs',
  'renderer/index.html',
];

function sources(): string {
  const root = temporaryFolder();
  for (const folder of ['src-main/core', 'src-renderer', 'src-shared', 'docs'])
    mkdirSync(path.join(root, folder), { recursive: true });
  writeFileSync(path.join(root, 'package.json'), '{}');
  writeFileSync(path.join(root, 'src-main/core/core.ts'), 'export {};');
  writeFileSync(path.join(root, 'src-main/start.ts'), 'start();');
  writeFileSync(path.join(root, 'src-renderer/index.html'), '<!doctype html>');
  writeFileSync(path.join(root, 'docs/page.md'), 'page');
  return root;
}

describe('the fingerprint of the sources', () => {
  it.each<[string, (root: string) => void]>([
    ['a file changes', (root) => writeFileSync(path.join(root, 'src-main/start.ts'), 'begin();')],
    ['a file comes', (root) => writeFileSync(path.join(root, 'src-shared/new.ts'), '')],
    ['a file goes', (root) => rmSync(path.join(root, 'src-main/core/core.ts'))],
    [
      'a file moves',
      (root) =>
        renameSync(path.join(root, 'src-main/start.ts'), path.join(root, 'src-main/core/start.ts')),
    ],
    ['a dependency changes', (root) => writeFileSync(path.join(root, 'package-lock.json'), '{}')],
    [
      'the build is set up otherwise',
      (root) => writeFileSync(path.join(root, 'electron.vite.config.ts'), ''),
    ],
    [
      'content moves from the end of one file to the start of the next',
      (root) => {
        writeFileSync(path.join(root, 'src-renderer/index.html'), '<!doctype htm');
        writeFileSync(path.join(root, 'src-renderer/index.html2'), 'l>');
      },
    ],
  ])('changes where %s', (_name, change) => {
    const root = sources();
    const before = fingerprint(root);
    change(root);
    expect(fingerprint(root)).not.toBe(before);
  });

  it.each<[string, (root: string) => void]>([
    ['a file is touched', (root) => utimesSync(path.join(root, 'src-main/start.ts'), 1, 1)],
    [
      'a file is written anew as it was',
      (root) => writeFileSync(path.join(root, 'src-main/start.ts'), 'start();'),
    ],
    [
      'a page of the handbook changes',
      (root) => writeFileSync(path.join(root, 'docs/page.md'), 'other'),
    ],
    ['something is built', (root) => mkdirSync(path.join(root, 'out'))],
  ])('stays where %s', (_name, change) => {
    const root = sources();
    const before = fingerprint(root);
    change(root);
    expect(fingerprint(root)).toBe(before);
  });

  it('is the same for the same tree elsewhere', () => {
    expect(fingerprint(sources())).toBe(fingerprint(sources()));
  });

  it('of the whole project is taken in a fraction of a second', () => {
    const began = performance.now();
    fingerprint(path.resolve('.'));
    expect(performance.now() - began).toBeLessThan(1_000);
  });
});

describe('building where it is needed', () => {
  /** A start within this process. */
  function starter(root = sources()) {
    const said: string[] = [];
    let builds = 0;
    let succeeds = true;
    const start = () =>
      buildIfStale({
        root,
        say: (line) => said.push(line),
        async build() {
          builds += 1;
          if (!succeeds) return false;
          for (const file of outputs) {
            mkdirSync(path.dirname(path.join(root, 'out', file)), { recursive: true });
            writeFileSync(path.join(root, 'out', file), '');
          }
          return true;
        },
      });
    return {
      root,
      said,
      start,
      builds: () => builds,
      fail(fails: boolean) {
        succeeds = !fails;
      },
    };
  }

  it('happens once, and again after a change', async () => {
    const { root, said, start, builds } = starter();
    expect([await start(), await start()]).toEqual([true, true]);
    expect(builds()).toBe(1);
    expect(said).toEqual(['Building Trunkline…']);
    writeFileSync(path.join(root, 'src-main/start.ts'), 'begin();');
    await start();
    expect(builds()).toBe(2);
  });

  it.each(outputs)('happens where %s is missing', async (file) => {
    const { root, start, builds } = starter();
    await start();
    rmSync(path.join(root, 'out', file));
    await start();
    expect(builds()).toBe(2);
  });

  it('that failed is not taken for done, nor is what it left', async () => {
    const { root, start, builds, fail } = starter();
    await start();
    writeFileSync(path.join(root, 'src-main/start.ts'), 'begin();');
    fail(true);
    expect(await start()).toBe(false);
    fail(false);
    writeFileSync(path.join(root, 'src-main/start.ts'), 'start();');
    expect(await start()).toBe(true);
    expect(builds()).toBe(3);
    expect(existsSync(path.join(root, 'out/.building'))).toBe(false);
  });

  it.each([
    ['a process that is gone', () => `${hostname()} 999999999`],
    ['nobody', () => ''],
    ['a machine that does not beat', () => 'elsewhere 1'],
  ])('is not held up by a lock of %s', async (_name, content) => {
    const { root, start, builds } = starter();
    const lock = path.join(root, 'out/.building');
    mkdirSync(path.dirname(lock));
    writeFileSync(lock, content());
    const longAgo = Date.now() / 1_000 - 60;
    if (!content().startsWith(hostname())) utimesSync(lock, longAgo, longAgo);
    expect(await start()).toBe(true);
    expect(builds()).toBe(1);
  });
});

describe('several starts at once', () => {
  const script = path.resolve('test/fakes/build-once.ts');

  function start(root: string, ms: number) {
    const child = spawn(process.execPath, [script, root, String(ms)], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    let said = '';
    child.stdout.on('data', (bytes: Buffer) => (said += bytes.toString()));
    return { child, said: () => said, end: once(child, 'close') };
  }
  const logOf = (root: string) =>
    readFileSync(path.join(root, 'builds.log'), 'utf8')
      .trim()
      .split('\n')
      .map((line) => line.split(' ')[0]);

  it('build once, and the others wait and say so', async () => {
    const root = sources();
    const starts = Array.from({ length: 5 }, () => start(root, 700));
    await Promise.all(starts.map((each) => each.end));
    expect(starts.map((each) => each.child.exitCode)).toEqual([0, 0, 0, 0, 0]);
    expect(logOf(root)).toEqual(['begin', 'end']);
    const waited = starts.filter((each) => each.said().includes('waiting for it'));
    expect(waited.length).toBeGreaterThan(0);
    expect(starts.filter((each) => each.said().includes('Building Trunkline'))).toHaveLength(1);
  });

  it('go on where the one that builds is killed', async () => {
    const root = sources();
    const killed = start(root, 60_000);
    while (!existsSync(path.join(root, 'builds.log')))
      await new Promise((resolve) => setTimeout(resolve, 20));
    const others = [start(root, 200), start(root, 200), start(root, 200)];
    await new Promise((resolve) => setTimeout(resolve, 500));
    killed.child.kill('SIGKILL');
    await Promise.all(others.map((each) => each.end));
    expect(logOf(root)).toEqual(['begin', 'begin', 'end']);
    expect(others.map((each) => each.child.exitCode)).toEqual([0, 0, 0]);
  });
});
