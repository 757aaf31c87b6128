import type { NodeConnectionOptions } from '@nats-io/transport-node';

import { LogFailure } from '../delivery-log.ts';

type Access = Pick<NodeConnectionOptions, 'servers' | 'user' | 'pass' | 'token' | 'tls'>;

/**
 * Reads addresses such as `nats://HOST:PORT`, `nats://USER:PASSWORD@HOST:PORT`, `nats://TOKEN@HOST:PORT` or `tls://…`. What
 * the first one says of access and encryption holds for all, also for those that the servers name later. Throws
 * {@link LogFailure}, never with a password in its words.
 */
export function readServerAddresses(addresses: readonly string[]): Access {
  const urls = addresses.map(readAddress);
  const [first] = urls;
  if (first === undefined)
    throw new LogFailure('other', '--nats: name at least one NATS server, as nats://HOST:PORT.');
  const servers = urls.map(({ host }) => host);
  return { servers, ...accessOf(first), ...(first.protocol === 'tls:' ? { tls: {} } : {}) };
}

function readAddress(address: string): URL {
  const url = URL.parse(address);
  if (url === null || url.hostname === '' || !['nats:', 'tls:'].includes(url.protocol))
    throw new LogFailure(
      'other',
      '--nats: one of the addresses is not of the form nats://HOST:PORT or tls://HOST:PORT.',
    );
  return url;
}

function accessOf({ username, password }: URL): Pick<Access, 'user' | 'pass' | 'token'> {
  if (username === '') return {};
  const name = decodeURIComponent(username);
  return password === '' ? { token: name } : { user: name, pass: decodeURIComponent(password) };
}
