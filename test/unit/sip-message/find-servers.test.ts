import { expect, test } from 'vitest';

import { type NameService, findServers } from '#main/providers/sip-message/flow/find-servers.ts';

/** A name service that knows these records and nothing else, and remembers what it was asked. */
class Names {
  readonly asked: string[] = [];
  readonly #srv: Readonly<Record<string, Awaited<ReturnType<NameService['resolveSrv']>>>>;
  readonly #naptr: Readonly<Record<string, Awaited<ReturnType<NameService['resolveNaptr']>>>>;

  constructor(records: {
    srv?: Readonly<Record<string, Awaited<ReturnType<NameService['resolveSrv']>>>>;
    naptr?: Readonly<Record<string, Awaited<ReturnType<NameService['resolveNaptr']>>>>;
  }) {
    this.#srv = records.srv ?? {};
    this.#naptr = records.naptr ?? {};
  }

  get service(): NameService {
    return {
      resolveSrv: (name) => this.#answer(name, this.#srv[name]),
      resolveNaptr: (name) => this.#answer(name, this.#naptr[name]),
    } as NameService;
  }

  #answer<Record_>(name: string, found: Record_ | undefined): Promise<Record_> {
    this.asked.push(name);
    return found === undefined ? Promise.reject(new Error('ENOTFOUND')) : Promise.resolve(found);
  }
}

const host = 'sip.example.net';
const srv = (name: string, port: number, [priority, weight]: readonly [number, number]) => ({
  name,
  port,
  priority,
  weight,
});
const naptr = (service: string, replacement: string, order = 1) => ({
  flags: 's',
  service,
  regexp: '',
  replacement,
  order,
  preference: 1,
});

test('a port or an address is taken at its word', async () => {
  const names = new Names({});
  const way = { transport: 'tls', host, port: 5071, ca: null } as const;
  expect(await findServers(way, names.service)).toEqual([{ host, port: 5071 }]);
  for (const address of ['192.0.2.1', '2001:db8::1'])
    expect(await findServers({ ...way, host: address, port: null }, names.service)).toEqual([
      { host: address, port: 5061 },
    ]);
  expect(names.asked).toEqual([]);
});

test.each([
  ['tls', '_sips._tcp', 5061],
  ['tcp', '_sip._tcp', 5060],
  ['udp', '_sip._udp', 5060],
] as const)(
  'without records %s is looked for at the host and its usual port',
  async (...[transport, record, port]) => {
    const names = new Names({});
    expect(await findServers({ transport, host, port: null, ca: null }, names.service)).toEqual([
      { host, port },
    ]);
    expect(names.asked).toEqual([host, `${record}.${host}`]);
  },
);

test('servers are tried by priority, and within it by weight', async () => {
  const names = new Names({
    srv: {
      [`_sips._tcp.${host}`]: [
        srv('c', 3, [20, 1]),
        srv('b', 2, [10, 1]),
        srv('a', 1, [10, 9]),
        srv('', 4, [1, 1]),
      ],
    },
  });
  const way = { transport: 'tls', host, port: null, ca: null } as const;
  expect(await findServers(way, names.service)).toEqual([
    { host: 'a', port: 1 },
    { host: 'b', port: 2 },
    { host: 'c', port: 3 },
  ]);
});

test('NAPTR names the records of our transport, and never another transport', async () => {
  const names = new Names({
    naptr: {
      [host]: [
        naptr('SIP+D2U', 'udp.example', 0),
        naptr('SIPS+D2T', 'second.example', 2),
        naptr('sips+d2t', 'first.example'),
      ],
    },
    srv: {
      'first.example': [srv('edge', 5061, [1, 1])],
      'udp.example': [srv('clear', 5060, [1, 1])],
    },
  });
  const way = { transport: 'tls', host, port: null, ca: null } as const;
  expect(await findServers(way, names.service)).toEqual([{ host: 'edge', port: 5061 }]);
});
