import { once } from 'node:events';
import { type Server, createServer } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import { type AddressInfo, createServer as createTcpServer } from 'node:net';

import { describe, expect, it, onTestFinished } from 'vitest';

import { readRelayAddress } from '#main/relay/desktop-end/read-relay-address.ts';
import { CommandFailure, type Failure } from '#shared/contract/failure.ts';
import { makeCertificate } from '#test/fakes/make-certificate.ts';
import { RunningCore } from '#test/fakes/running-core.ts';
import { TeamRelay } from '#test/fakes/team-relay.ts';
import { temporaryFolder } from '#test/fakes/temporary-folder.ts';
import { WrittenRelay } from '#test/fakes/written-relay.ts';

async function tryToJoin(address: string, code = 'AAAA-AAAA-AAAA'): Promise<Failure> {
  const core = await RunningCore.start(temporaryFolder());
  onTestFinished(() => core[Symbol.asyncDispose]());
  const { caller } = core;
  const refused = await caller.call('team.join', { address, code, name: 'Kim' }).then(
    () => null,
    (error: unknown) => error,
  );
  expect(await caller.call('team.get', {})).toMatchObject({ team: { state: 'none' } });
  if (refused instanceof CommandFailure) return refused.failure;
  throw new Error('it joined, or failed otherwise');
}

async function listen(
  server: Pick<Server, 'listen' | 'close' | 'address' | 'once'>,
): Promise<number> {
  server.listen(0, '127.0.0.1');
  await once(server as Server, 'listening');
  onTestFinished(() => void server.close());
  return (server.address() as AddressInfo).port;
}

describe('an address', () => {
  it.each([
    ['https://relay.example.com', 'wss://relay.example.com/stream'],
    [' https://relay.example.com:8443/team/ ', 'wss://relay.example.com:8443/team/stream'],
    ['http://127.0.0.1:4010', 'ws://127.0.0.1:4010/stream'],
    ['http://localhost:4010/a/b', 'ws://localhost:4010/a/b/stream'],
    ['http://[::1]:4010', 'ws://[::1]:4010/stream'],
    ['HTTPS://RELAY.example.com', 'wss://relay.example.com/stream'],
  ])('%s leads to %s', (written, streamUrl) => {
    expect(readRelayAddress(written)).toMatchObject({ kind: 'good', streamUrl });
  });

  it.each([
    ['http://relay.example.com', /carriers/],
    ['http://127.0.0.1.example.com', /carriers/],
    ['http://127.evil.com', /carriers/],
    ['http://10.0.0.5:4010', /carriers/],
    ['relay.example.com', /not the address/],
    ['wss://relay.example.com', /not the address/],
    ['file:///etc/passwd', /not the address/],
    ['', /not the address/],
    ['https://user:secret@relay.example.com', /more than where/],
    ['https://relay.example.com/?code=1', /more than where/],
    ['https://relay.example.com/#x', /more than where/],
  ])('%s is refused', (written, sentence) => {
    const read = readRelayAddress(written);
    expect(read).toMatchObject({ kind: 'bad', sentence: expect.stringMatching(sentence) });
    expect(JSON.stringify(read)).not.toContain('secret');
  });
});

describe('joining says what is wrong and what to do', () => {
  it('a code that is wrong', async () => {
    const relay = await TeamRelay.start();
    expect(await tryToJoin(relay.url)).toEqual({
      code: 'refused',
      message: 'This code is not good: each works once, for 15 minutes. Ask for a new one.',
      field: 'code',
      cure: null,
    });
  });

  it('an address that is refused before anything is sent', async () => {
    expect(await tryToJoin('http://relay.example.com')).toMatchObject({
      code: 'bad-input',
      field: 'address',
      cure: expect.stringMatching(/https address/),
    });
  });

  it('nothing there', async () => {
    const server = createTcpServer();
    const port = await listen(server as never);
    server.close();
    expect(await tryToJoin(`http://127.0.0.1:${port}`)).toMatchObject({
      field: 'address',
      message: 'Nothing answers at this address.',
    });
  });

  it('no Trunkline relay', async () => {
    const port = await listen(createServer((_request, response) => response.writeHead(404).end()));
    expect(await tryToJoin(`http://127.0.0.1:${port}`)).toMatchObject({
      field: 'address',
      message: 'What answers at this address is no Trunkline relay. It answered with status 404.',
    });
    const babbler = createTcpServer((socket) => socket.end('220 smtp.example.com ESMTP\r\n'));
    const other = await listen(babbler as never);
    expect((await tryToJoin(`http://127.0.0.1:${other}`)).message).toMatch(/no Trunkline relay/);
  });

  it('a certificate that is not trusted here', async () => {
    const port = await listen(createTlsServer(makeCertificate('localhost')));
    expect(await tryToJoin(`https://localhost:${port}`)).toMatchObject({
      field: 'address',
      message: 'The certificate of the relay is not trusted by this computer.',
    });
  });

  it('another version', async () => {
    const relay = await WrittenRelay.start(() => undefined, 2);
    expect(await tryToJoin(relay.url)).toMatchObject({
      field: 'address',
      cure: 'Update Trunkline here.',
    });
  });
});
