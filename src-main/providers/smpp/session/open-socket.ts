import { type Socket, connect, isIP } from 'node:net';
import { connect as connectTls } from 'node:tls';

import { codeOf } from '#main/http/why-unanswered.ts';

import type { Place } from '../profile.ts';

/** The carrier could not be reached; nothing was said to it. The message is a reason in a few words. */
export class Unreachable extends Error {
  override readonly name = 'Unreachable';
}

/** An open connection, past TLS where there is any. @throws Unreachable */
export function openSocket(place: Place, signal: AbortSignal): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const socket = begin(place);
    const settle = (error: Error | null): void => {
      signal.removeEventListener('abort', giveUp);
      if (error === null) return resolve(socket);
      socket.destroy();
      reject(error);
    };
    const giveUp = (): void => settle(new Unreachable('the connection took too long'));
    socket.once(place.tls === null ? 'connect' : 'secureConnect', () => settle(null));
    socket.on('error', (error) => settle(new Unreachable(reasonOf(error))));
    signal.addEventListener('abort', giveUp);
    if (signal.aborted) giveUp();
  });
}

function begin({ host, port, tls }: Place): Socket {
  const way = { host, port, keepAlive: true, keepAliveInitialDelay: 30_000, noDelay: true };
  if (tls === null) return connect(way);
  const name = tls.serverName ?? (isIP(host) === 0 ? host : null);
  return connectTls({
    ...way,
    minVersion: 'TLSv1.2',
    ...(name === null ? {} : { servername: name }),
    ...(tls.authority === null ? {} : { ca: tls.authority }),
  });
}

const reasons: ReadonlyMap<string, string> = new Map([
  ['ENOTFOUND', 'there is no such host'],
  ['EAI_AGAIN', 'the name could not be looked up'],
  ['ECONNREFUSED', 'nothing listens there'],
  ['EHOSTUNREACH', 'there is no way to the host'],
  ['ENETUNREACH', 'there is no network'],
  ['ETIMEDOUT', 'the host does not answer'],
  ['ECONNRESET', 'the connection was cut off'],
]);

/* A certificate is refused by a code of its own; the code says which of the many reasons it was. */
function reasonOf(error: Error): string {
  const code = codeOf(error);
  if (code === null) return 'the connection failed';
  const reason = reasons.get(code);
  return reason === undefined ? `TLS or the connection failed: ${code}` : `${reason}: ${code}`;
}
