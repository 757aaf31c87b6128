import { spawn } from 'node:child_process';
import { chmodSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';

import { describe, expect, it } from 'vitest';

import { findElectron } from '#main/launch/find-electron.ts';
import type { ElectronEnd } from '#main/launch/judge-end.ts';
import { temporaryFolder } from '#test/fakes/temporary-folder.ts';

const program = path.resolve('test/fakes/electron-program.mjs');
const launcher = path.resolve('test/fakes/run-electron-once.ts');

/** Runs the stand-in under a launcher of its own. */
function run(
  words: readonly string[],
  { given = program, ms = 10_000, TMPDIR = temporaryFolder() } = {},
) {
  chmodSync(program, 0o755);
  const child = spawn(process.execPath, [launcher, String(ms), given, ...words], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...process.env, ELECTRON_RUN_AS_NODE: '1', TMPDIR },
  });
  let printed = '';
  child.stdout.on('data', (bytes: Buffer) => (printed += bytes.toString()));
  const end = new Promise<ElectronEnd>((resolve, reject) => {
    child.on('error', reject);
    child.on('close', () => resolve(JSON.parse(printed) as ElectronEnd));
  });
  return { child, end };
}

const ended: ElectronEnd = {
  code: 0,
  signal: null,
  couldNotRun: false,
  wasStuck: false,
  wasAsked: false,
  wasShown: false,
};

describe('running Electron', () => {
  it('passes every word on unchanged, behind the mark that keeps Chromium off them', async () => {
    const file = path.join(temporaryFolder(), 'report.json');
    const words = ['--report', file, '--exit', '0', '--no-sandbox', '--data=ä b'];
    expect(await run(words).end).toEqual(ended);
    expect(JSON.parse(readFileSync(file, 'utf8'))).toEqual({
      argv: ['/project', '--', ...words],
      asNode: null,
    });
  });

  it.each<[string[], Partial<ElectronEnd>]>([
    [['--exit', '1'], { code: 1 }],
    [['--tell', 'ready', '--exit', '1'], { code: 1 }],
    [['--tell', 'ready', '--tell', 'shown', '--exit', '3'], { code: 3, wasShown: true }],
    [['--die', 'SIGSEGV'], { code: null, signal: 'SIGSEGV' }],
  ])('hears how it ended and what it had told: %j', async (words, how) => {
    expect(await run(words).end).toEqual({ ...ended, ...how });
  });

  it('does not fail over a program that is not there or is none', async () => {
    const text = path.join(temporaryFolder(), 'electron');
    writeFileSync(text, 'no program');
    for (const given of [`${text}-none`, text])
      expect(await run([], { given }).end).toEqual({ ...ended, code: null, couldNotRun: true });
  });

  it('ends one that does not come up in time, and leaves one that did', async () => {
    const stuck = run(['--stay', ''], { ms: 300 });
    expect(await stuck.end).toEqual({ ...ended, code: null, signal: 'SIGKILL', wasStuck: true });
    const well = run(['--tell', 'ready', '--count', 'SIGTERM', '--stay', ''], { ms: 300 });
    await new Promise((resolve) => setTimeout(resolve, 900));
    well.child.kill('SIGTERM');
    expect(await well.end).toEqual({ ...ended, code: 41, wasAsked: true });
  });

  it.each(['SIGINT', 'SIGTERM', 'SIGHUP'] as const)(
    'passes %s on once, however often it comes',
    async (signal) => {
      const file = path.join(temporaryFolder(), 'report.json');
      const { child, end } = run(['--count', signal, '--report', file, '--stay', '']);
      while (!readdirSync(path.dirname(file)).includes('report.json'))
        await new Promise((resolve) => setTimeout(resolve, 20));
      for (let i = 0; i < 3; i += 1) {
        child.kill(signal);
        await new Promise((resolve) => setTimeout(resolve, 30));
      }
      expect(await end).toEqual({ ...ended, code: 41, wasAsked: true });
    },
  );

  it('leaves nothing behind', async () => {
    const TMPDIR = temporaryFolder();
    const end = await run(['--tell', 'shown', '--exit', '0'], { TMPDIR }).end;
    expect(end.wasShown).toBe(true);
    expect(readdirSync(TMPDIR)).toEqual([]);
  });
});

describe('finding Electron', () => {
  /** A project with the npm package as it is before the download. */
  function project(files: Readonly<Record<string, string>> = {}) {
    const folder = temporaryFolder();
    const electron = path.join(folder, 'node_modules', 'electron');
    mkdirSync(path.join(electron, 'dist'), { recursive: true });
    const all = { 'package.json': '{"name":"electron","version":"45.4.1"}', ...files };
    for (const [name, content] of Object.entries(all))
      writeFileSync(path.join(electron, name), content);
    return { from: path.join(folder, 'start.mjs'), electron };
  }
  const downloaded = { 'path.txt': 'electron', 'dist/version': '45.4.1', 'dist/electron': '' };

  it('finds what was downloaded', () => {
    const { from, electron } = project(downloaded);
    expect(findElectron(from, {})).toEqual({
      kind: 'found',
      program: path.join(electron, 'dist', 'electron'),
    });
  });

  it('finds what is kept elsewhere', () => {
    const elsewhere = temporaryFolder();
    writeFileSync(path.join(elsewhere, 'electron'), '');
    const { from } = project();
    expect(findElectron(from, { ELECTRON_OVERRIDE_DIST_PATH: elsewhere })).toEqual({
      kind: 'found',
      program: path.join(elsewhere, 'electron'),
    });
  });

  it.each<[string, Readonly<Record<string, string>>, RegExp]>([
    ['nothing was downloaded', {}, /not downloaded yet/],
    [
      'a download was cut off',
      { 'dist/version': '45.4.1', 'dist/electron': '' },
      /not downloaded yet/,
    ],
    ['the program is gone', { 'path.txt': 'electron', 'dist/version': '45.4.1' }, /is not at/],
    [
      'another version was downloaded',
      { ...downloaded, 'dist/version': '44.0.0' },
      /another version/,
    ],
  ])('says so where %s', (_name, files, why) => {
    const { from } = project(files);
    expect(findElectron(from, {})).toMatchObject({
      kind: 'missing',
      why: expect.stringMatching(why),
    });
  });

  it('says so where the package itself is missing', () => {
    const from = path.join(temporaryFolder(), 'start.mjs');
    expect(findElectron(from, {})).toMatchObject({ kind: 'missing' });
  });
});
