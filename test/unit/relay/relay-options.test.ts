import { describe, expect, it } from 'vitest';

import type { Machine } from '#main/core/data-folder.ts';
import { readRelayOptions } from '#main/hosts/relay/read-relay-options.ts';

const machine = (env: Machine['env'] = {}): Machine => ({
  platform: 'linux',
  env,
  home: '/home/ada',
  cwd: '/srv',
});

const read = (words: readonly string[], env?: Machine['env']) =>
  readRelayOptions(words, machine(env));

const usual = {
  dataFolder: '/home/ada/.local/share/trunkline-relay',
  host: '127.0.0.1',
  port: 4418,
  publicUrl: null,
  tls: null,
  behindProxy: false,
  nats: null,
};

describe('the flags of the relay', () => {
  it('may all be left out', () => {
    expect(read([])).toEqual({ kind: 'options', options: usual });
  });

  it('can each be given', () => {
    const flags =
      '--port 0 --data d --host 0.0.0.0 --public-url https://hooks.example.com/ --tls-cert c.pem --tls-key /k.pem --behind-proxy --nats nats://a:4222,nats://b:4222 --nats-monitor http://a:8222,http://b:8222 --nats-unsynced --nats-room 2';
    expect(read(flags.split(' '), { TRUNKLINE_NATS_ACCESS: 'ada:secret' })).toEqual({
      kind: 'options',
      options: {
        dataFolder: '/srv/d',
        host: '0.0.0.0',
        port: 0,
        publicUrl: 'https://hooks.example.com',
        tls: { certFile: '/srv/c.pem', keyFile: '/k.pem' },
        behindProxy: true,
        nats: {
          urls: ['nats://a:4222', 'nats://b:4222'],
          monitors: ['http://a:8222', 'http://b:8222'],
          allowUnsynced: true,
          access: 'ada:secret',
          maxBytes: 2_147_483_648,
        },
      },
    });
  });

  it('can each come from the environment', () => {
    const env = {
      TRUNKLINE_RELAY_PORT: '8080',
      TRUNKLINE_DATA: '/data',
      TRUNKLINE_HOST: '::',
      TRUNKLINE_PUBLIC_URL: 'https://hooks.example.com',
      TRUNKLINE_TLS_CERT: '/c.pem',
      TRUNKLINE_TLS_KEY: '/k.pem',
      TRUNKLINE_BEHIND_PROXY: '1',
      TRUNKLINE_NATS: 'tls://nats.example.com',
      TRUNKLINE_NATS_MONITOR: 'http://nats.example.com:8222',
      TRUNKLINE_NATS_UNSYNCED: 'true',
    };
    expect(read([], env)).toMatchObject({
      kind: 'options',
      options: {
        dataFolder: '/data',
        host: '::',
        port: 8080,
        publicUrl: 'https://hooks.example.com',
        tls: { certFile: '/c.pem', keyFile: '/k.pem' },
        behindProxy: true,
        nats: { urls: ['tls://nats.example.com'], allowUnsynced: true, maxBytes: 8_589_934_592 },
      },
    });
  });

  it.each([
    ['--tls-cert c.pem', '--tls-cert and --tls-key belong together'],
    ['--tls-key k.pem', '--tls-cert and --tls-key belong together'],
    ['--nats-unsynced', 'give --nats URL too'],
    ['--nats-monitor http://a:8222', 'give --nats URL too'],
    ['--nats http://a', '--nats must be addresses such as nats://127.0.0.1:4222'],
    ['--nats-monitor nats://a --nats nats://a', '--nats-monitor must be addresses such as http'],
    ['--nats nats://a --nats-room 0', '--nats-room must be a whole number from 1 to 10000'],
    ['--port 65536', '--port must be a whole number from 0 to 65535'],
    ['--host a/b', '--host must be an address or name of this machine'],
    ['--public-url hooks', '--public-url must be an address such as https://hooks.example.com'],
    ['--public-url https://hooks.example.com/relay', '--public-url must be an address'],
    ['--public-url https://ada@hooks.example.com', '--public-url must be an address'],
    ['--verbose', 'There is no flag --verbose'],
  ])('are refused as %s', (words, sentence) => {
    const refused = read(words.split(' '));
    expect(refused.kind === 'wrong' && refused.sentence).toContain(sentence);
  });

  it('are listed with what stands for them in the environment', () => {
    const help = read(['--help']);
    const text = help.kind === 'help' ? help.text : '';
    for (const flag of ['--port N', '--tls-cert FILE', '--nats URL', '--behind-proxy'])
      expect(text).toContain(`${flag} `);
    expect(text).toContain('(TRUNKLINE_TLS_CERT)');
  });
});
