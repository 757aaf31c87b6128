import { once } from 'node:events';
import { chmod, mkdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import path from 'node:path';

import { describe, expect, it, onTestFinished } from 'vitest';
import { WebSocket } from 'ws';

import { systemClock } from '#main/log/system-clock.ts';
import { createHostCaller } from '#shared/contract/call-host.ts';
import { cookieOf, tokenOf } from '#test/fakes/served-lab.ts';
import {
  entry,
  failToStart,
  pageFolder,
  program,
  Run,
  start,
  tempFolder,
} from '#test/fakes/served-run.ts';
import { wireOfClient } from '#test/fakes/websocket-pair.ts';

describe('the served program', () => {
  it('says where it is in two lines and nothing more, and answers there from a real core', async () => {
    const { run, ready, relay, url, relayUrl } = await start();
    expect(ready).toMatch(
      /^Trunkline is ready at http:\/\/127\.0\.0\.1:\d+\/#token=[A-Za-z0-9_-]{43}$/,
    );
    expect(relay).toMatch(/^Relay is ready at http:\/\/127\.0\.0\.1:\d+$/);
    expect((await fetch(new URL('/healthz', relayUrl))).status).toBe(200);
    const opened = await bring(url, tokenOf(url.hash));
    const Cookie = cookieOf(opened.headers.get('set-cookie') ?? '');
    const caller = createHostCaller({
      clock: systemClock,
      random: Math.random,
      connect: async () => {
        const socket = new WebSocket(`ws://${url.host}/wire`, {
          headers: { Cookie, Origin: url.origin },
        });
        await once(socket, 'open');
        return wireOfClient(socket);
      },
    });
    onTestFinished(() => caller.close());
    const overview = await caller.call('overview.get', {});
    expect(overview.mediaBase).toBe('/media/');
    expect(overview.lines.length).toBeGreaterThan(0);
    run.signal('SIGTERM');
    expect(await run.left()).toBe(0);
    expect(run.stdout).toBe(`${ready}\n${relay}\n`);
    expect(run.stderr).not.toContain(tokenOf(url.hash));
  });

  it.each(['SIGINT', 'SIGTERM'] as const)(
    'ends cleanly on %s, and can be started again in the same folder',
    async (signal) => {
      const { run, data, url, relayUrl } = await start();
      run.signal(signal);
      expect(await run.left()).toBe(0);
      for (const gone of [url, relayUrl]) await expect(fetch(gone.origin)).rejects.toThrow();
      const again = new Run([
        program,
        await pageFolder(),
        '--port',
        url.port,
        '--data',
        data,
        '--no-open',
      ]);
      expect((await again.saidLines(2))[0]).toContain(`:${url.port}/#token=`);
    },
  );

  it('keeps the secrets of its accounts to the owner', async () => {
    const { data } = await start();
    const { mode } = await stat(path.join(data, 'secrets.key'));
    expect(mode & 0o777).toBe(0o600);
  });
});

describe('the served program ends in one sentence, without a stack', () => {
  const expectSentence = (said: { stdout: string; stderr: string }, words: string | RegExp) => {
    expect(said.stdout).toBe('');
    const own = said.stderr.split('\n').filter((line) => !line.startsWith('{'));
    expect(own).toEqual([expect.stringMatching(words), '']);
    expect(said.stderr).not.toMatch(/\n\s+at |Error:/);
  };

  it('where its port is in use', async () => {
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    onTestFinished(() => void server.close());
    const { port } = server.address() as AddressInfo;
    const data = await tempFolder();
    const words = [
      program,
      await pageFolder(),
      '--port',
      String(port),
      '--data',
      data,
      '--no-open',
    ];
    const said = await failToStart(words);
    expect(said.code).toBe(1);
    expectSentence(
      said,
      `Port ${port} is in use: close the other program or choose another with --port.`,
    );
    const free = new Run([program, await pageFolder(), '--port', '0', '--data', data, '--no-open']);
    await free.saidLines(2);
  });

  it('where another Trunkline has the data folder', async () => {
    const { data } = await start();
    const said = await failToStart([
      program,
      await pageFolder(),
      '--port',
      '0',
      '--data',
      data,
      '--no-open',
    ]);
    expect(said.code).toBe(1);
    expectSentence(said, /another|other/i);
  });

  it('where the relay’s port is in use', async () => {
    const { relayUrl } = await start();
    const data = await tempFolder();
    const said = await failToStart([
      program,
      await pageFolder(),
      '--port',
      '0',
      '--data',
      data,
      '--no-open',
      '--relay-port',
      relayUrl.port,
    ]);
    expect(said.code).toBe(1);
    expectSentence(said, relayUrl.port);
  });

  it('where the screen is not built', async () => {
    const empty = await tempFolder();
    for (const folder of [empty, path.join(empty, 'none')]) {
      const said = await failToStart([
        program,
        folder,
        '--port',
        '0',
        '--data',
        path.join(empty, 'data'),
        '--no-open',
      ]);
      expect(said.code).toBe(1);
      expectSentence(said, /not built.*npm run build/);
    }
  });

  it('where the key of its secrets may be read by others', async () => {
    const { run, data } = await start();
    run.signal('SIGTERM');
    await run.left();
    await chmod(path.join(data, 'secrets.key'), 0o644);
    const said = await failToStart([
      program,
      await pageFolder(),
      '--port',
      '0',
      '--data',
      data,
      '--no-open',
    ]);
    expect(said.code).toBe(1);
    expectSentence(said, /chmod 600/);
  });

  it.each([
    [['--prot', '1'], {}, '--prot'],
    [['--port', 'x'], {}, '--port must be'],
    [[], { TRUNKLINE_PORT: 'x' }, 'TRUNKLINE_PORT must be'],
  ])('where it is used wrongly: %j %j', async (words, env, sentence) => {
    const said = await failToStart([entry, ...words], env);
    expect(said.code).toBe(2);
    expectSentence(said, sentence);
  });
});

describe('the served program', () => {
  it('lists its flags', async () => {
    const said = await failToStart([entry, '--help']);
    expect([said.code, said.stderr]).toEqual([0, '']);
    expect(said.stdout).toContain('--relay-port N');
  });

  it('opens the browser with an address that is good once, unless told not to', async () => {
    const folder = await tempFolder();
    const said = path.join(folder, 'said');
    await mkdir(path.join(folder, 'bin'));
    const opener = path.join(folder, 'bin', 'xdg-open');
    await writeFile(
      opener,
      `#!/bin/sh\nprintf '%s' "$1" > "${said}.part" && mv "${said}.part" "${said}"\n`,
    );
    await chmod(opener, 0o755);
    const env = { DISPLAY: ':none', PATH: `${path.join(folder, 'bin')}:${process.env['PATH']}` };
    const { url } = await start([], env);
    const opened = new URL(await untilWritten(said));
    expect(opened.origin).toBe(url.origin);
    expect(opened.hash).not.toBe(url.hash);
    expect((await bring(url, tokenOf(opened.hash))).status).toBe(204);
    expect((await bring(url, tokenOf(opened.hash))).status).toBe(401);
    expect((await bring(url, tokenOf(url.hash))).status).toBe(204);
    await rm(said);
    const { run } = await start(['--no-open'], env);
    run.signal('SIGTERM');
    await run.left();
    await expect(readFile(said)).rejects.toThrow('ENOENT');
  });

  it('gives a hint where there is no browser to open', async () => {
    const { run } = await start([]);
    while (run.stderr === '') await new Promise((resolve) => setTimeout(resolve, 10));
    expect(run.stderr).toContain('open the address above');
  });
});

async function untilWritten(file: string): Promise<string> {
  for (;;) {
    const text = await readFile(file, 'utf8').catch(() => '');
    if (text !== '') return text;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

async function bring(url: URL, token: string): Promise<Response> {
  return fetch(new URL('/session', url), {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', Origin: url.origin },
    body: JSON.stringify({ token }),
  });
}
