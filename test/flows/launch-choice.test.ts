import { describe, expect, it } from 'vitest';

import { chooseScreen, type LaunchFacts } from '#main/launch/choose-screen.ts';
import { judgeEnd, type ElectronEnd } from '#main/launch/judge-end.ts';

const program = '/opt/electron';

function choose(facts: Partial<LaunchFacts>) {
  return chooseScreen({
    words: [],
    env: { DISPLAY: ':0' },
    platform: 'linux',
    isRoot: false,
    electron: { kind: 'found', program },
    ...facts,
  });
}

const noDisplay = 'no display was found.';
const unfetchable =
  "Electron's program is not installed and could not be downloaded; `npx install-electron` tries again.";
const missing = { kind: 'missing', why: "Electron's program was not downloaded yet." } as const;
const unwanted = { kind: 'served', why: null };

describe('the window is chosen', () => {
  it.each<[string, Partial<LaunchFacts>]>([
    ['on X11', {}],
    ['on Wayland', { env: { WAYLAND_DISPLAY: 'wayland-0' } }],
    ['on macOS, where no variable tells of a display', { platform: 'darwin', env: {} }],
    ['on Windows', { platform: 'win32', env: {} }],
    ['for root of macOS', { platform: 'darwin', env: {}, isRoot: true }],
    ['with flags of the program', { words: ['--port', '0', '--data', '/tmp/x', '--no-open'] }],
    [
      'where serving is switched off',
      { words: ['--serve=false'], env: { DISPLAY: ':0', TRUNKLINE_SERVE: '1' } },
    ],
    ['where the variable is empty', { env: { DISPLAY: ':0', TRUNKLINE_SERVE: '' } }],
    ['where the variable says no', { env: { DISPLAY: ':0', TRUNKLINE_SERVE: '0' } }],
  ])('%s', (_name, facts) => {
    expect(choose(facts)).toEqual({ kind: 'window', program });
  });
});

describe('the browser is chosen', () => {
  it.each<[string, Partial<LaunchFacts>]>([
    ['by --serve', { words: ['--serve'] }],
    ['by --serve among others', { words: ['--port', '0', '--serve', '--no-open'] }],
    ['by --serve=true', { words: ['--serve=true'] }],
    ['by the last of several', { words: ['--serve=false', '--serve'] }],
    ['by TRUNKLINE_SERVE', { env: { DISPLAY: ':0', TRUNKLINE_SERVE: 'true' } }],
    ['for --help', { words: ['--help'] }],
    ['for -h', { words: ['-h'] }],
    ['by --serve where there is no display either', { words: ['--serve'], env: {} }],
  ])('without a word %s', (_name, facts) => {
    expect(choose(facts)).toEqual(unwanted);
  });

  it.each<[string, Partial<LaunchFacts>, string]>([
    ['no display', { env: {} }, noDisplay],
    ['empty variables', { env: { DISPLAY: '', WAYLAND_DISPLAY: '' } }, noDisplay],
    ['no display, root and no program', { env: {}, isRoot: true, electron: missing }, noDisplay],
    ['no display on FreeBSD', { env: {}, platform: 'freebsd' }, noDisplay],
    ['root', { isRoot: true }, 'Electron does not run as root, because its sandbox would be off.'],
    ['no program to be had', { electron: { kind: 'unfetchable' } }, unfetchable],
    [
      'no program to be had on macOS',
      { platform: 'darwin', env: {}, electron: { kind: 'unfetchable' } },
      unfetchable,
    ],
  ])('with a sentence for %s', (_name, facts, why) => {
    expect(choose(facts)).toEqual({ kind: 'served', why });
  });
});

describe('the program is downloaded', () => {
  it('only where it is missing and there would be a window', () => {
    expect(choose({ electron: missing })).toEqual({ kind: 'fetch' });
    expect(choose({ electron: missing, env: {} }).kind).toBe('served');
    expect(choose({ electron: missing, isRoot: true }).kind).toBe('served');
    expect(choose({ electron: missing, words: ['--serve'] })).toEqual(unwanted);
  });
});

describe('the end of Electron', () => {
  const ended: ElectronEnd = {
    code: 1,
    signal: null,
    couldNotRun: false,
    wasStuck: false,
    wasAsked: false,
    wasShown: false,
  };

  it.each<[string, Partial<ElectronEnd>, number]>([
    ['a window that was closed', { code: 0, wasShown: true }, 0],
    ['a second start that only brought the first forward', { code: 0 }, 0],
    ['a start the person was told about', { code: 1, wasShown: true }, 1],
    ['wrong use', { code: 2, wasShown: true }, 2],
    ['a crash after the window was there', { code: null, signal: 'SIGSEGV', wasShown: true }, 139],
    ['Ctrl+C', { code: 0, wasAsked: true }, 0],
    ['Ctrl+C before the window was there', { code: null, signal: 'SIGINT', wasAsked: true }, 130],
  ])('is the end of the program after %s', (_name, how, code) => {
    expect(judgeEnd({ ...ended, ...how })).toEqual({ kind: 'over', code });
  });

  it.each<[string, Partial<ElectronEnd>, string]>([
    ['no display to connect to', {}, 'Electron stopped at once (exit code 1).'],
    ['no sandbox', { code: null, signal: 'SIGTRAP' }, 'Electron stopped at once (SIGTRAP).'],
    [
      'missing libraries',
      { code: 127 },
      'Electron needs libraries that this system does not have.',
    ],
    [
      'a file that is no program',
      { code: null, couldNotRun: true },
      "Electron's program could not be run.",
    ],
    [
      'a hang',
      { code: null, signal: 'SIGKILL', wasStuck: true },
      'Electron did not come up in time.',
    ],
  ])('leads to the browser after %s', (_name, how, why) => {
    expect(judgeEnd({ ...ended, ...how })).toEqual({ kind: 'served-instead', why });
  });
});
