import { onTestFinished } from 'vitest';
import { WebSocket } from 'ws';

import type { PageFiles } from '#main/core/page-files.ts';
import { startServed, type Served } from '#main/hosts/served/start-served.ts';
import { systemClock } from '#main/log/system-clock.ts';
import type { Clock } from '#shared/contract/clock.ts';

import { FakeCore } from './fake-core.ts';
import { requestRaw, type RawAnswer, type RawRequest } from './raw-http.ts';

const file = (text: string, type: string) => ({ bytes: new Uint8Array(Buffer.from(text)), type });

/** A small page as a build leaves it. */
const pageFiles: PageFiles = new Map([
  ['/index.html', file('<!doctype html><title>Trunkline</title>', 'text/html; charset=utf-8')],
  ['/assets/app-B1a2.js', file('export {};', 'text/javascript; charset=utf-8')],
]);

/** A served host over real loopback with a core that is a fake. */
export class ServedLab {
  readonly core: FakeCore;
  readonly url: string;
  readonly port: number;
  readonly authority: string;
  readonly origin: string;
  readonly token: string;
  readonly makeSingleUseUrl: () => string;
  readonly #stop: Served['stop'];
  #stopping: Promise<void> | null = null;

  static async start(clock: Clock = systemClock): Promise<ServedLab> {
    const core = new FakeCore();
    const served = await startServed({ core, files: pageFiles, clock, port: 0 });
    const lab = new ServedLab(core, served);
    onTestFinished(() => lab.stop());
    return lab;
  }

  private constructor(core: FakeCore, served: Served) {
    const { host, origin, port, hash } = new URL(served.url);
    this.core = core;
    this.url = served.url;
    this.makeSingleUseUrl = served.makeSingleUseUrl;
    this.#stop = served.stop;
    this.port = Number(port);
    this.authority = host;
    this.origin = origin;
    this.token = tokenOf(hash);
  }

  /** Stops the host; at the test's end at the latest. */
  stop(end: () => Promise<void> = this.core.stop): Promise<void> {
    return (this.#stopping ??= this.#stop(end));
  }

  /** A request as our page makes it, with what is given changed. */
  get(request: RawRequest = {}): Promise<RawAnswer> {
    return requestRaw(this.port, {
      ...request,
      headers: [['Host', this.authority], ...(request.headers ?? [])],
    });
  }

  post(body: string, more: RawRequest = {}): Promise<RawAnswer> {
    return requestRaw(this.port, {
      method: 'POST',
      target: '/session',
      headers: [
        ['Host', this.authority],
        ['Origin', this.origin],
        ['Content-Type', 'application/json'],
        ['Content-Length', String(Buffer.byteLength(body))],
      ],
      body,
      ...more,
    });
  }

  bring(token: string): Promise<RawAnswer> {
    return this.post(JSON.stringify({ token }));
  }

  /** The cookie of a session just opened. */
  async open(): Promise<string> {
    const { headers } = await this.bring(this.token);
    return cookieOf(headers['set-cookie']);
  }

  /** Tries to open a wire: the socket, or the status that refused it. */
  wire(
    headers: Record<string, string>,
    address = `ws://${this.authority}/wire`,
  ): Promise<WebSocket | number> {
    const socket = new WebSocket(address, { headers, origin: undefined as never });
    return new Promise((resolve, reject) => {
      socket.once('open', () => resolve(socket));
      socket.once('unexpected-response', (_request, response) => {
        response.resume();
        resolve(response.statusCode ?? 0);
      });
      socket.once('error', reject);
    });
  }
}

export function tokenOf(hash: string): string {
  return new URLSearchParams(hash.slice(1)).get('token') ?? '';
}

export function cookieOf(setCookie: string | undefined): string {
  return setCookie?.split(';')[0] ?? '';
}
