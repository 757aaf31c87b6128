import { type Socket, createSocket } from 'node:dgram';
import { promises as dns } from 'node:dns';
import { isIP } from 'node:net';

import type { Server } from './find-servers.ts';
import { type Flow, type FlowEvents, NotReached, hostPort, wordFor } from './flow.ts';

/**
 * Opens a flow over UDP. Anybody can write to it under any address of theirs, so what does not come from one of the
 * server's addresses is dropped. @throws NotReached
 */
export async function openDatagramFlow(server: Server, events: FlowEvents): Promise<Flow> {
  const where = hostPort(server.host, server.port);
  try {
    const addresses = await addressesOf(server.host);
    const [target] = addresses;
    if (target === undefined) throw new NotReached(`${server.host} has no address`);
    const family = isIP(target) === 6 ? 'udp6' : 'udp4';
    const address = await ownAddressTowards(target, { family, port: server.port });
    const socket = createSocket(family);
    await bound(socket, address);
    return asFlow(socket, { target, port: server.port, allowed: new Set(addresses) }, events);
  } catch (error) {
    if (error instanceof NotReached) throw error;
    throw new NotReached(`${where} cannot be reached (${wordFor(error)})`);
  }
}

async function addressesOf(host: string): Promise<readonly string[]> {
  if (isIP(host) !== 0) return [host];
  const found = await dns.lookup(host, { all: true });
  return found.map(({ address }) => address);
}

type Towards = { readonly family: 'udp4' | 'udp6'; readonly port: number };

/** The address of ours that packets to the server leave from; finding it out sends nothing. */
async function ownAddressTowards(target: string, { family, port }: Towards): Promise<string> {
  const probe = createSocket(family);
  try {
    await new Promise<void>((resolve, reject) => {
      probe.once('error', reject);
      probe.connect(port, target, resolve);
    });
    return probe.address().address;
  } finally {
    probe.close();
  }
}

function bound(socket: Socket, address: string): Promise<void> {
  return new Promise((resolve, reject) => {
    socket.once('error', reject);
    socket.bind({ address, port: 0 }, () => {
      socket.off('error', reject);
      resolve();
    });
  });
}

type Remote = {
  readonly target: string;
  readonly port: number;
  readonly allowed: ReadonlySet<string>;
};

function asFlow(socket: Socket, { target, port, allowed }: Remote, events: FlowEvents): Flow {
  let closed = false;
  const lose = (error: unknown): void => {
    if (closed) return;
    closed = true;
    socket.close();
    events.onLost(`The connection broke (${wordFor(error)})`);
  };
  const send = (bytes: Uint8Array): boolean => {
    if (closed) return false;
    /* A packet that cannot leave now is like one lost on the way: it is sent again. */
    socket.send(bytes, port, target, () => undefined);
    return true;
  };
  socket.on('message', (bytes, from) => {
    if (closed || !allowed.has(from.address)) return;
    if (bytes.length <= 4) events.onPong();
    else events.onMessage(bytes);
  });
  socket.on('error', lose);
  const own = socket.address();
  return {
    transport: 'UDP',
    reliable: false,
    local: hostPort(own.address, own.port),
    send,
    ping: () => void send(Buffer.from('\r\n\r\n')),
    close() {
      if (closed) return;
      closed = true;
      socket.close();
    },
  };
}
