import { describe, expect, it } from 'vitest';

import type { Machine } from '#main/core/data-folder.ts';
import { readOptions } from '#main/core/read-options.ts';

const machine = (more: Partial<Machine> = {}): Machine => ({
  platform: 'linux',
  env: {},
  home: '/home/ada',
  cwd: '/srv/app',
  ...more,
});

function options(argv: string[], env: Machine['env'] = {}) {
  const read = readOptions(argv, machine({ env }));
  if (read.kind !== 'options') throw new Error(`not options but ${JSON.stringify(read)}`);
  return read.options;
}

function sentence(argv: string[], env: Machine['env'] = {}) {
  const read = readOptions(argv, machine({ env }));
  if (read.kind !== 'wrong') throw new Error(`not wrong but ${read.kind}`);
  return read.sentence;
}

describe('options', () => {
  it('have defaults', () => {
    expect(options([])).toEqual({
      dataFolder: '/home/ada/.local/share/trunkline',
      port: 4417,
      openBrowser: true,
      relayPort: 0,
      sandboxSpeed: 1,
      sandboxSeed: null,
    });
  });

  it.each([
    [['--port', '0'], { port: 0 }],
    [['--port=65535'], { port: 65_535 }],
    [['--port', '1', '--port', '2'], { port: 2 }],
    [['--data', '/var/lib/x'], { dataFolder: '/var/lib/x' }],
    [['--data', 'mine'], { dataFolder: '/srv/app/mine' }],
    [['--data=a=b'], { dataFolder: '/srv/app/a=b' }],
    [['--no-open'], { openBrowser: false }],
    [['--no-open=false'], { openBrowser: true }],
    [['--serve', '--no-open', '--port', '9'], { openBrowser: false, port: 9 }],
    [['--relay-port', '8080'], { relayPort: 8080 }],
    [['--sandbox-speed', '2.5'], { sandboxSpeed: 2.5 }],
    [['--sandbox-seed', '42'], { sandboxSeed: 42 }],
  ])('take %j', (argv, more) => {
    expect(options(argv)).toEqual({ ...options([]), ...more });
  });

  it.each([
    [{ TRUNKLINE_PORT: '12' }, { port: 12 }],
    [{ TRUNKLINE_PORT: '' }, {}],
    [{ TRUNKLINE_DATA: 'd' }, { dataFolder: '/srv/app/d' }],
    [{ TRUNKLINE_NO_OPEN: '1' }, { openBrowser: false }],
    [{ TRUNKLINE_NO_OPEN: '0' }, {}],
    [{ TRUNKLINE_RELAY_PORT: '7' }, { relayPort: 7 }],
    [{ TRUNKLINE_SANDBOX_SPEED: '10' }, { sandboxSpeed: 10 }],
    [{ TRUNKLINE_SANDBOX_SEED: '3' }, { sandboxSeed: 3 }],
    [{ XDG_DATA_HOME: '/data' }, { dataFolder: '/data/trunkline' }],
    [{ XDG_DATA_HOME: 'relative' }, {}],
  ])('take the environment %j', (env, more) => {
    expect(options([], env)).toEqual({ ...options([]), ...more });
  });

  it('put flags over the environment', () => {
    expect(options(['--port', '1'], { TRUNKLINE_PORT: 'nonsense' }).port).toBe(1);
  });

  it.each([
    [
      'win32',
      { APPDATA: 'C:\\Users\\ada\\AppData\\Roaming' },
      'C:\\Users\\ada\\AppData\\Roaming\\Trunkline',
    ],
    ['win32', {}, 'C:\\Users\\ada\\AppData\\Roaming\\Trunkline'],
    ['darwin', {}, '/Users/ada/Library/Application Support/Trunkline'],
    ['freebsd', {}, '/Users/ada/.local/share/trunkline'],
  ] as const)('keep data on %s with %j in %s', (platform, env, folder) => {
    const home = platform === 'win32' ? 'C:\\Users\\ada' : '/Users/ada';
    expect(readOptions([], machine({ platform, env, home }))).toMatchObject({
      options: { dataFolder: folder },
    });
  });

  it.each([
    [['--prot', '1'], '--prot'],
    [['--constructor'], '--constructor'],
    [['--__proto__=1'], '--__proto__'],
    [['extra'], '"extra"'],
    [['-p', '1'], '"-p"'],
    [['--'], '"--"'],
    [['--port'], '--port needs a value: write --port N.'],
    [['--port', '--no-open'], '--port needs a value: write --port N.'],
    [['--port', '65536'], '--port must be a whole number from 0 to 65535, not "65536"'],
    [['--port', '-1'], '--port must be'],
    [['--port', '1.5'], '--port must be'],
    [['--port', '1e3'], '--port must be'],
    [['--port', '0x10'], '--port must be'],
    [['--port', ' 1'], '--port must be'],
    [['--port='], '--port must be'],
    [['--data='], '--data must be the path of a folder, not ""'],
    [['--data', 'a\0b'], '--data must be'],
    [['--no-open=maybe'], '--no-open must be true or false, not "maybe"'],
    [['--sandbox-speed', '0'], '--sandbox-speed must be a number from 0.01 to 10000, not "0"'],
    [['--sandbox-seed', '1.5'], '--sandbox-seed must be'],
  ])('refuse %j in a sentence that names it', (argv, words) => {
    expect(sentence(argv)).toContain(words);
    expect(sentence(argv)).toMatch(/\.$/);
  });

  it.each([
    [{ TRUNKLINE_PORT: 'abc' }, 'TRUNKLINE_PORT must be a whole number from 0 to 65535, not "abc"'],
    [{ TRUNKLINE_NO_OPEN: 'si' }, 'TRUNKLINE_NO_OPEN must be true or false'],
  ])('refuse the environment %j', (env, words) => {
    expect(sentence([], env)).toContain(words);
  });

  it.each(['--help', '-h'])(
    'list all flags and variables for %s, whatever else is wrong',
    (flag) => {
      const read = readOptions(['--nonsense', flag], machine());
      if (read.kind !== 'help') throw new Error(read.kind);
      for (const name of [
        'serve',
        'port N',
        'data DIR',
        'no-open',
        'relay-port N',
        'sandbox-speed N',
        'sandbox-seed N',
        'help',
      ])
        expect(read.text).toContain(`  --${name}`);
      for (const name of [
        'PORT',
        'DATA',
        'NO_OPEN',
        'RELAY_PORT',
        'SANDBOX_SPEED',
        'SANDBOX_SEED',
        'SERVE',
      ])
        expect(read.text).toContain(`(TRUNKLINE_${name}`);
      expect(read.text).toContain('/home/ada/.local/share/trunkline');
    },
  );
});
