import type { StreamInfo } from '@nats-io/jetstream';

import { callApi } from '#main/http/call-api.ts';

import { LogFailure } from '../delivery-log.ts';
import { assertKeepsCopiesAlike } from './server-version.ts';

const deadlineMs = 3_000;

/** What a server's `/varz` says of itself, as far as it matters here. */
type Varz = {
  readonly server_name?: string;
  readonly version?: string;
  readonly jetstream?: { readonly config?: { readonly sync_always?: boolean } };
};

const cure =
  'Set "sync_interval: always" in its jetstream block (NATS 2.10 or newer) and start it again.';

/** A server that holds a copy of a log. */
type Holder = { readonly name: string; readonly away: boolean };

/**
 * Makes sure that every server that holds a copy of the log writes it to disk before it acknowledges, and keeps it like the
 * other copies. Each shows this through `jetstream.config.sync_always` and `version` at `/varz` of its monitoring address;
 * clients are told nothing of it. One that is away shows it when it is back. Throws {@link LogFailure} with a sentence that
 * says what to set.
 */
export async function proveFsync(
  holders: readonly Holder[],
  monitors: readonly string[],
): Promise<void> {
  if (monitors.length === 0)
    throw new LogFailure(
      'other',
      `Nothing shows that NATS writes to disk before it acknowledges: name the monitoring address of each server (--nats-monitor), as http://127.0.0.1:8222. ${cure}`,
    );
  const urls = monitors.map(varzOf);
  const shown = await Promise.all(urls.map(askServer));
  const silent = urls[shown.indexOf(null)];
  for (const { name, away } of holders) {
    const server = shown.find((each) => each?.server_name === name);
    if (server) assertTrusted(name, server, holders.length > 1);
    else if (!away) throw silent === undefined ? notNamed(name) : notAnswering(silent);
  }
}

function assertTrusted(name: string, server: Varz, hasOtherCopies: boolean): void {
  const { version = 'unknown version' } = server;
  if (server.jetstream?.config?.sync_always !== true)
    throw new LogFailure(
      'other',
      `The NATS server ${name} (${version}) acknowledges before it writes to disk, so a power cut would lose texts. ${cure}`,
    );
  if (hasOtherCopies) assertKeepsCopiesAlike({ name, version });
}

/** The servers that hold copies of a stream. A server that stands alone holds all there is. */
export function holdersOf({ cluster }: StreamInfo, connectedTo: string): readonly Holder[] {
  const replicas = cluster?.replicas ?? [];
  return [
    { name: cluster?.leader ?? connectedTo, away: false },
    ...replicas.map(({ name, offline }) => ({ name, away: offline === true })),
  ];
}

function notNamed(name: string): LogFailure {
  return new LogFailure(
    'other',
    `The NATS server ${name} holds the log, and none of the monitoring addresses (--nats-monitor) is its own: name it too.`,
  );
}

function notAnswering(url: string): LogFailure {
  return new LogFailure(
    'unreachable',
    `--nats-monitor: ${new URL(url).host} does not answer as a NATS server does: correct the address, start the server, or set "http_port" in its configuration.`,
  );
}

function varzOf(monitor: string): string {
  const url = URL.parse(monitor);
  if (url === null || !['http:', 'https:'].includes(url.protocol) || url.username !== '')
    throw new LogFailure(
      'other',
      '--nats-monitor: one of the addresses is not of the form http://HOST:PORT.',
    );
  return new URL('/varz', url).href;
}

/** Null where nothing answers as a NATS server does. */
async function askServer(url: string): Promise<Varz | null> {
  const answer = await callApi({ method: 'GET', url, headers: {}, body: null, deadlineMs });
  return answer.kind === 'answered' && answer.status === 200 ? readVarz(answer.body) : null;
}

function readVarz(body: Uint8Array): Varz | null {
  try {
    const value: unknown = JSON.parse(Buffer.from(body).toString());
    return typeof value === 'object' ? value : null;
  } catch {
    return null;
  }
}
