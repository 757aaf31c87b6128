import path from 'node:path';

import { onTestFinished } from 'vitest';

import { systemClock } from '#main/log/system-clock.ts';
import type { StoredDelivery } from '#main/relay/delivery-log.ts';
import type { HookConnection } from '#main/relay/intake.ts';
import { startRelay, type Relay, type RelayOptions } from '#main/relay/start-relay.ts';

import { readAll } from './deliveries.ts';
import { signatureOf, signingGuard } from './signing-guard.ts';
import { temporaryFolder } from './temporary-folder.ts';

export type Call = {
  /** Path from the root, query and all. */
  readonly target?: string;
  readonly body?: string | Uint8Array;
  readonly id?: string;
  /** Signed with this secret; `right` by default, and nothing is signed with null. */
  readonly secret?: string | null;
  /** The URL the signature covers, where it is not the relay's own. */
  readonly signedUrl?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly method?: string;
};

/** A relay on loopback with the connections a test gives it, and calls to it signed as a carrier signs them. */
export class RelayDesk {
  readonly relay: Relay;
  readonly file: string;
  #calls = 0;

  private constructor(relay: Relay, file: string) {
    this.relay = relay;
    this.file = file;
  }

  /** Starts with one connection `c1` of carrier `acme`, whose secret is `right`; stopped when the test ends. */
  static async start(options: Partial<RelayOptions> = {}): Promise<RelayDesk> {
    const dataFile = path.join(temporaryFolder(), 'relay.db');
    const relay = await startRelay({
      dataFile,
      host: '127.0.0.1',
      port: 0,
      clock: systemClock,
      findConnection: connections({ 'acme/c1': connection() }),
      ...options,
    });
    onTestFinished(() => relay.stop());
    return new RelayDesk(relay, options.dataFile ?? dataFile);
  }

  get port(): number {
    return Number(new URL(this.relay.url).port);
  }

  post(call: Call = {}): Promise<Response> {
    const { target = '/hooks/acme/c1', body = 'hello', method = 'POST' } = call;
    return fetch(this.relay.url + target, {
      method,
      body: Buffer.from(body),
      headers: this.headersFor(call),
    });
  }

  /** The headers a call is signed with. Every call is another one, unless it is given an id. */
  headersFor(call: Call = {}): Record<string, string> {
    const { target = '/hooks/acme/c1', body = 'hello', secret = 'right' } = call;
    const { id = `call-${(this.#calls += 1)}`, signedUrl = this.relay.url + target } = call;
    const signature =
      secret === null ? {} : { 'x-signature': signatureOf(secret, signedUrl, body) };
    return { 'content-type': 'text/plain', 'x-id': id, ...signature, ...call.headers };
  }

  /** A whole call as bytes for a socket. */
  bytesFor(call: Call = {}): string {
    const { target = '/hooks/acme/c1', body = 'hello', method = 'POST' } = call;
    const headers = { host: `127.0.0.1:${this.port}`, ...this.headersFor(call) };
    const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
    const length = `content-length: ${Buffer.byteLength(body)}\r\n`;
    return `${method} ${target} HTTP/1.1\r\n${lines.join('')}${length}\r\n${String(body)}`;
  }

  stored(): Promise<StoredDelivery[]> {
    return readAll(this.relay.log);
  }
}

export function connection(more: Partial<HookConnection> = {}): HookConnection {
  return { guard: signingGuard('right'), pathSecret: null, publicUrl: null, ...more };
}

/** Looks connections up under `<provider>/<connection id>`. */
export function connections(known: Readonly<Record<string, HookConnection>>) {
  return (provider: string, id: string): HookConnection | null =>
    known[`${provider}/${id}`] ?? null;
}
