import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createServer as createTlsServer } from 'node:tls';

import { describe, expect, test } from 'vitest';

import { type ApiRequest, callApi } from '#main/http/call-api.ts';
import { RawServer, closedPort } from '#test/fakes/raw-server.ts';

const fixture = (name: string): string =>
  readFileSync(new URL(`../../fixtures/${name}`, import.meta.url), 'utf8');

function post(url: string, more: Partial<ApiRequest> = {}): ApiRequest {
  const headers = { 'content-type': 'application/json', authorization: 'Bearer s3cret-k3y' };
  return { method: 'POST', url, headers, body: '{"text":"ü"}', deadlineMs: 2_000, ...more };
}

const whole = (received: string): boolean => received.includes('"text"');

describe('an answer', () => {
  test('comes back with its status, headers and bytes, and the request goes out whole', async () => {
    await using server = await RawServer.start((socket, received) => {
      if (whole(received))
        socket.end('HTTP/1.1 202 Accepted\r\nX-Two: a\r\nX-Two: b\r\nContent-Length: 2\r\n\r\nok');
    });
    const answer = await callApi(post(`${server.url}/v1/x?y=1`));
    expect(answer).toMatchObject({ kind: 'answered', status: 202, headers: { 'x-two': 'a, b' } });
    expect(answer.kind === 'answered' && Buffer.from(answer.body).toString()).toBe('ok');
    expect(server.received).toContain('POST /v1/x?y=1 HTTP/1.1');
    expect(server.received).toContain('Content-Length: 13'.toLowerCase());
    expect(Buffer.from(server.received, 'latin1').toString()).toContain('{"text":"ü"}');
  });

  test('of a redirect is an answer, and nobody goes there', async () => {
    await using elsewhere = await RawServer.start();
    await using server = await RawServer.start((socket) =>
      socket.end(`HTTP/1.1 307 Go\r\nLocation: ${elsewhere.url}\r\nContent-Length: 0\r\n\r\n`),
    );
    expect(await callApi(post(server.url))).toMatchObject({ kind: 'answered', status: 307 });
    expect(elsewhere.sockets.size).toBe(0);
  });

  test('connections are kept and used again', async () => {
    const answer = 'HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n';
    await using server = await RawServer.start((socket, received) => {
      if (received.endsWith('"}')) socket.write(answer);
    });
    for (let turn = 0; turn < 3; turn += 1) await callApi(post(server.url));
    expect(server.received.match(/POST/g)).toHaveLength(3);
    expect(server.sockets.size).toBe(1);
  });
});

describe('nothing left', () => {
  test('where the connection is refused', async () => {
    const answer = await callApi(post(`http://127.0.0.1:${await closedPort()}`));
    expect(answer).toEqual(unanswered('no', 'refused', 'ECONNREFUSED'));
  });

  test('where the name does not exist', async () => {
    const answer = await callApi(post('http://no-such-host.invalid/'));
    expect(answer).toMatchObject({ bytesLeft: 'no', reason: 'dns' });
  });

  test('where the certificate is not to be trusted: the server sees no byte of the request', async () => {
    let seen = 0;
    const server = createTlsServer(
      { key: fixture('self-signed-key.pem'), cert: fixture('self-signed-certificate.pem') },
      (socket) => socket.on('data', (chunk) => (seen += chunk.length)).on('error', () => undefined),
    );
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    const answer = await callApi(post(`https://127.0.0.1:${port}/`));
    expect(answer).toEqual(unanswered('no', 'tls', 'DEPTH_ZERO_SELF_SIGNED_CERT'));
    await new Promise((resolve) => server.close(resolve));
    expect(seen).toBe(0);
  });

  test('where TLS meets a server that speaks plain HTTP', async () => {
    await using server = await RawServer.start((socket) =>
      socket.end('HTTP/1.1 400 Bad Request\r\n\r\n'),
    );
    const answer = await callApi(post(`https://127.0.0.1:${server.port}/`));
    expect(answer).toMatchObject({ bytesLeft: 'no', reason: 'tls' });
    expect(server.received).not.toContain('s3cret');
  });

  test('where the connection is cut in the middle of the TLS handshake', async () => {
    await using server = await RawServer.start((socket) => socket.resetAndDestroy());
    const answer = await callApi(post(`https://127.0.0.1:${server.port}/`));
    expect(answer).toMatchObject({ bytesLeft: 'no' });
  });

  test('where the TLS handshake outlasts the deadline', async () => {
    await using server = await RawServer.start();
    const answer = await callApi(post(`https://127.0.0.1:${server.port}/`, { deadlineMs: 150 }));
    expect(answer).toEqual(unanswered('no', 'connect-timeout', null));
  });

  test.each([
    ['no address at all', post('not an address s3cret')],
    ['another scheme', post('ftp://127.0.0.1/')],
    ['a header that breaks the line', post('http://127.0.0.1/', { headers: { a: 'b\r\nc: d' } })],
  ])('where the request cannot be written: %s', async (_what, request) => {
    expect(await callApi(request)).toEqual(unanswered('no', 'not-sendable', null));
  });
});

describe('something may have left', () => {
  test('where the connection is reset before any answer', async () => {
    await using server = await RawServer.start((socket, received) => {
      if (whole(received)) socket.resetAndDestroy();
    });
    expect(await callApi(post(server.url))).toEqual(unanswered('maybe', 'reset', 'ECONNRESET'));
  });

  test.each(['reset', 'close'])('where the answer is cut short by a %s', async (end) => {
    await using server = await RawServer.start((socket, received) => {
      if (!whole(received)) return;
      socket.write('HTTP/1.1 202 Accepted\r\nContent-Length: 100\r\n\r\n{"id":', () =>
        setTimeout(() => (end === 'reset' ? socket.resetAndDestroy() : socket.end()), 30),
      );
    });
    expect(await callApi(post(server.url))).toMatchObject({
      bytesLeft: 'maybe',
      reason: 'cut-short',
    });
  });

  test('where the answer never comes', async () => {
    await using server = await RawServer.start();
    const start = performance.now();
    const answer = await callApi(post(server.url, { deadlineMs: 200 }));
    expect(answer).toEqual(unanswered('maybe', 'timeout', null));
    expect(performance.now() - start).toBeLessThan(1_500);
  });

  test('where the answer drips and outlasts the deadline', async () => {
    const drips: NodeJS.Timeout[] = [];
    await using server = await RawServer.start((socket, received) => {
      if (!whole(received) || drips.length > 0) return;
      socket.write('HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n');
      drips.push(setInterval(() => socket.write('x'), 20));
    });
    const answer = await callApi(post(server.url, { deadlineMs: 300 }));
    drips.forEach(clearInterval);
    expect(answer).toEqual(unanswered('maybe', 'timeout', null));
  });

  test.each([
    ['not HTTP', 'SSH-2.0-OpenSSH_9.2\r\n'],
    ['a status of letters', 'HTTP/1.1 abc OK\r\n\r\n'],
    ['two lengths', 'HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab'],
    ['a bad chunk', 'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n'],
    [
      'another protocol',
      'HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: x\r\n\r\n',
    ],
  ])('where the answer is malformed: %s', async (_what, bytes) => {
    await using server = await RawServer.start((socket, received) => {
      if (whole(received)) socket.write(bytes);
    });
    expect(await callApi(post(server.url))).toMatchObject({
      bytesLeft: 'maybe',
      reason: 'malformed',
    });
  });

  test('where the answer is too long, told or streamed, and the rest is not read', async () => {
    let sent = 0;
    const server = createServer((_request, response) => {
      const pour = (): void => {
        while (!response.destroyed && response.write(Buffer.alloc(64 * 1024))) sent += 64 * 1024;
        response.once('drain', pour);
      };
      pour();
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    const answer = await callApi(
      post(`http://127.0.0.1:${port}/`, { maxAnswerBytes: 200_000, deadlineMs: 5_000 }),
    );
    expect(answer).toEqual(unanswered('maybe', 'oversize', null));
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
    expect(sent).toBeLessThan(64 * 1024 * 1024);
  });
});

test('an answer of exactly the cap is read, one byte more is not', async () => {
  await using server = await RawServer.start((socket, received) => {
    if (received.endsWith('"}'))
      socket.write('HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n0123456789');
  });
  expect(await callApi(post(server.url, { maxAnswerBytes: 10 }))).toMatchObject({ status: 200 });
  expect(await callApi(post(server.url, { maxAnswerBytes: 9 }))).toMatchObject({
    reason: 'oversize',
  });
});

test('a slow answer within the deadline outlasts the idle limit of a kept connection', async () => {
  await using server = await RawServer.start((socket, received) => {
    if (whole(received))
      setTimeout(() => socket.write('HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n'), 4_600);
  });
  const answer = await callApi(post(server.url, { deadlineMs: 10_000 }));
  expect(answer).toMatchObject({ kind: 'answered', status: 200 });
});

test('a call is given up when its signal says so, before or after it left', async () => {
  await using server = await RawServer.start();
  expect(await callApi(post(server.url, { signal: AbortSignal.abort() }))).toEqual(
    unanswered('no', 'stopped', null),
  );
  const stop = new AbortController();
  setTimeout(() => stop.abort(), 100);
  expect(await callApi(post(server.url, { signal: stop.signal }))).toEqual(
    unanswered('maybe', 'stopped', null),
  );
});

function unanswered(bytesLeft: 'no' | 'maybe', reason: string, code: string | null): object {
  return { kind: 'unanswered', bytesLeft, reason, code };
}
