import { promises as systemDns } from 'node:dns';
import { isIP } from 'node:net';

import type { Way } from '../profile.ts';
import { within } from '../within.ts';

export type Server = { readonly host: string; readonly port: number };

/** The questions a name service is asked. Each rejects where there is no such record. */
export type NameService = Pick<typeof systemDns, 'resolveNaptr' | 'resolveSrv'>;

type DirectWay = Exclude<Way, { readonly transport: 'wss' }>;

/* Milliseconds. Where nobody answers for such records, the host may still be known, as one of this machine's own list is. */
const recordsWithin = 3_000;

const defaultPorts = { tls: 5061, tcp: 5060, udp: 5060 } as const;
const services = { tls: 'SIPS+D2T', tcp: 'SIP+D2T', udp: 'SIP+D2U' } as const;
const records = { tls: '_sips._tcp', tcp: '_sip._tcp', udp: '_sip._udp' } as const;

/**
 * Where a host's SIP servers are, in the order to try them (RFC 3263): exactly there where the port or the address is given,
 * else by NAPTR and SRV, else at the host itself and the usual port. The transport is the profile's and no record changes it.
 */
export async function findServers(
  { transport, host, port }: DirectWay,
  names: NameService = systemDns,
): Promise<readonly Server[]> {
  const usual = { host, port: port ?? defaultPorts[transport] };
  if (port !== null || isIP(host) !== 0) return [usual];
  const name = (await naptrOf(host, { transport, names })) ?? `${records[transport]}.${host}`;
  const servers = await orNone(names.resolveSrv(name));
  const usable = servers.filter((each) => each.name !== '' && each.name !== '.');
  if (usable.length === 0) return [usual];
  return usable
    .toSorted((a, b) => a.priority - b.priority || b.weight - a.weight)
    .map((each) => ({ host: each.name, port: each.port }));
}

type Asked = { readonly transport: DirectWay['transport']; readonly names: NameService };

async function naptrOf(host: string, { transport, names }: Asked): Promise<string | null> {
  const found = await orNone(names.resolveNaptr(host));
  const [best] = found
    .filter(
      ({ service, flags }) => service.toUpperCase() === services[transport] && /^s$/i.test(flags),
    )
    .toSorted((a, b) => a.order - b.order || a.preference - b.preference);
  return best === undefined || best.replacement === '' ? null : best.replacement;
}

async function orNone<Found>(asked: Promise<Found[]>): Promise<Found[]> {
  const found = await within(
    asked.catch(() => []),
    recordsWithin,
  );
  return found ?? [];
}
