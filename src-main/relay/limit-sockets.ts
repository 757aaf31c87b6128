import type { Server } from 'node:http';
import type { Socket } from 'node:net';

import { addressKey, isLoopback } from './caller-address.ts';
import type { IntakeLimits } from './intake-limits.ts';
import type { RelayMetrics } from './relay-metrics.ts';

export type OpenSockets = {
  /** Those on which requests may come: with TLS, those that have shaken hands. */
  readonly ready: ReadonlySet<Socket>;
  /** Cuts every one of them, shaken hands or not. */
  cutAll(): void;
  /** Counts a socket no longer against its address: whoever is there has shown who it is. */
  trust(socket: Socket): void;
};

/** Keeps the open sockets, and closes at once what is more than one address may have. */
export function limitSockets(
  server: Server,
  limits: IntakeLimits,
  parts: { readonly metrics: RelayMetrics; readonly hasTls: boolean },
): OpenSockets {
  const ready = new Set<Socket>();
  const open = new Set<Socket>();
  const counts = new Counts();
  const trusted = new Counts();
  server.on(parts.hasTls ? 'secureConnection' : 'connection', (socket: Socket) => {
    ready.add(socket);
    socket.once('close', () => ready.delete(socket));
  });
  server.on('connection', (socket) => {
    const address = socket.remoteAddress ?? '';
    const key = addressKey(address);
    open.add(socket);
    counts.add(key, 1);
    socket.once('close', () => {
      open.delete(socket);
      counts.add(key, -1);
    });
    const limited = limits.limitLoopback || !isLoopback(address);
    if (!limited || counts.of(key) <= limits.socketsPerAddress + trusted.of(key)) return;
    parts.metrics.countRefusal('too-many-sockets');
    socket.destroy();
  });
  const trust = (socket: Socket): void => {
    const key = addressKey(socket.remoteAddress ?? '');
    trusted.add(key, 1);
    socket.once('close', () => trusted.add(key, -1));
  };
  return { ready, trust, cutAll: () => open.forEach((socket) => socket.destroy()) };
}

/** How many there are of each; nothing is kept of what there is none of. */
class Counts {
  readonly #counts = new Map<string, number>();

  of(key: string): number {
    return this.#counts.get(key) ?? 0;
  }

  add(key: string, more: number): void {
    const count = this.of(key) + more;
    if (count === 0) this.#counts.delete(key);
    else this.#counts.set(key, count);
  }
}
