import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

import { StartFailure, type Core } from '#main/core/core.ts';
import type { PageFiles } from '#main/core/page-files.ts';
import { log } from '#main/log/log.ts';
import type { Clock } from '#shared/contract/clock.ts';

import { answerRequest, maxHeaders } from './answer-request.ts';
import { serveWires } from './serve-wires.ts';
import { Sessions } from './sessions.ts';
import type { Site } from './site.ts';

export type ServedParts = {
  readonly core: Pick<Core, 'attach' | 'readMedia'>;
  readonly files: PageFiles;
  readonly clock: Clock;
  /** 0 picks a free one. */
  readonly port: number;
};

/** The screen being served. */
export type Served = {
  /** For the person: opens a session in any browser for as long as this program runs. */
  readonly url: string;
  /** For a command line: like `url`, but good for one session only. */
  makeSingleUseUrl(): string;
  /** Takes no more connections, lets `end` happen, then closes those there are. */
  stop(end: () => Promise<void>): Promise<void>;
};

/** Nobody but this machine can reach it. */
const host = '127.0.0.1';

/** Milliseconds, octets and counts that a browser on the same machine never comes near. */
const limits = {
  headersTimeout: 5_000,
  requestTimeout: 10_000,
  keepAliveTimeout: 5_000,
  connectionsCheckingInterval: 1_000,
  maxHeaderSize: 16_384,
  requireHostHeader: true,
};
const maxConnections = 128;
const silenceMs = 30_000;

/**
 * Serves the screen on the loopback.
 * @throws StartFailure where the port cannot be had
 */
export async function startServed({ core, files, clock, port }: ServedParts): Promise<Served> {
  const server = createServer(limits);
  server.maxHeadersCount = maxHeaders;
  server.maxConnections = maxConnections;
  server.timeout = silenceMs;
  await listen(server, port);
  const bound = (server.address() as AddressInfo).port;
  const authority = `${host}:${bound}`;
  const sessions = new Sessions(clock);
  const site: Site = { authority, port: bound, files, sessions, readMedia: core.readMedia };
  server.on('request', (request, response) => {
    answerRequest(site, request, response).catch((error: unknown) => {
      // A browser that leaves halfway is nothing to speak of; whatever else went wrong, no more can be said to it.
      if (!response.destroyed) log('served.request-failed', { error: nameOf(error) });
      response.destroy();
    });
  });
  const closeWires = serveWires(server, { site, clock, attach: core.attach });
  return {
    url: urlWith(authority, sessions.token),
    makeSingleUseUrl: () => urlWith(authority, sessions.makeSingleUseToken()),
    async stop(end) {
      const closed = new Promise((resolve) => server.close(resolve));
      await end();
      closeWires();
      server.closeAllConnections();
      await closed;
    },
  };
}

async function listen(server: Server, port: number): Promise<void> {
  try {
    server.listen(port, host);
    await once(server, 'listening');
  } catch (error) {
    throw explainPort(error, port);
  }
}

function explainPort(error: unknown, port: number): unknown {
  const code = error instanceof Error && 'code' in error ? error.code : null;
  if (code === 'EADDRINUSE')
    return new StartFailure(
      `Port ${port} is in use: close the other program or choose another with --port.`,
    );
  if (code === 'EACCES')
    return new StartFailure(
      `Port ${port} may not be used by your account: choose one above 1023 with --port.`,
    );
  return error;
}

/** The token stands in the fragment, which a browser keeps to itself. */
function urlWith(authority: string, token: string): string {
  return `http://${authority}/#token=${token}`;
}

function nameOf(error: unknown): string {
  return error instanceof Error ? error.name : typeof error;
}
