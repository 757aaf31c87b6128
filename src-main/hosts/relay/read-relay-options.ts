import { type Machine, resolveFolder, usualDataFolder } from '#main/core/data-folder.ts';
import { folderFlag, numberFlag, portFlag, switchFlag, textFlag } from '#main/core/flag-kinds.ts';
import { type FlagsRead, type FlagValues, readFlags } from '#main/core/read-flags.ts';

/** What signs in at NATS; never a flag, as every program on the machine can read those. */
const natsAccess = 'TRUNKLINE_NATS_ACCESS';

const gibibyte = 1024 ** 3;

/** How a person wants the relay to run. */
export type RelayWishes = {
  /** Absolute. */
  readonly dataFolder: string;
  readonly host: string;
  readonly port: number;
  readonly publicUrl: string | null;
  /** Files of PEM; null for HTTP in the clear. */
  readonly tls: { readonly certFile: string; readonly keyFile: string } | null;
  readonly behindProxy: boolean;
  /** Null keeps the log in the data folder. */
  readonly nats: {
    readonly urls: readonly string[];
    readonly monitors: readonly string[];
    readonly allowUnsynced: boolean;
    readonly access: string | undefined;
    readonly maxBytes: number;
  } | null;
};

export type RelayOptionsRead =
  | { readonly kind: 'options'; readonly options: RelayWishes }
  | Exclude<FlagsRead<Record<never, never>>, { kind: 'values' }>;

const usage = 'Usage: npm run relay -- [flags]';

/**
 * Reads flags over environment over defaults. Pure: what it knows of the machine is lent.
 * @param argv the words after the program's name
 */
export function readRelayOptions(argv: readonly string[], machine: Machine): RelayOptionsRead {
  const read = readFlags(flagsFor(machine), { argv, env: machine.env, usage });
  if (read.kind !== 'values') return read;
  const { values } = read;
  const half = halfOf(values);
  if (half !== null) return { kind: 'wrong', sentence: half };
  const [certFile, keyFile] = [values['tls-cert'], values['tls-key']];
  return {
    kind: 'options',
    options: {
      dataFolder: values.data,
      host: values.host,
      port: values.port,
      publicUrl: values['public-url']?.replace(/\/+$/, '') ?? null,
      tls: certFile !== null && keyFile !== null ? { certFile, keyFile } : null,
      behindProxy: values['behind-proxy'],
      nats: natsOf(values, machine.env),
    },
  };
}

type Values = FlagValues<ReturnType<typeof flagsFor>>;

function natsOf(values: Values, env: Machine['env']): RelayWishes['nats'] {
  const urls = listOf(values.nats);
  if (urls.length === 0) return null;
  return {
    urls,
    monitors: listOf(values['nats-monitor']),
    allowUnsynced: values['nats-unsynced'],
    access: env[natsAccess],
    maxBytes: values['nats-room'] * gibibyte,
  };
}

function listOf(written: string | null): string[] {
  return (written ?? '').split(',').filter((each) => each !== '');
}

/** What was asked for by half, as a sentence; null where nothing was. */
function halfOf(values: Values): string | null {
  if ((values['tls-cert'] === null) !== (values['tls-key'] === null))
    return '--tls-cert and --tls-key belong together: give both, or neither.';
  if (values.nats === null && (values['nats-monitor'] !== null || values['nats-unsynced']))
    return '--nats-monitor and --nats-unsynced are about NATS: give --nats URL too, or leave them out.';
  return null;
}

function flagsFor(machine: Machine) {
  const resolve = (written: string): string => resolveFolder(machine, written);
  return {
    port: portFlag({
      about: 'Port for carriers and desktops; 0 picks a free one.',
      variable: 'TRUNKLINE_RELAY_PORT',
      fallback: 4418,
    }),
    data: folderFlag(
      {
        about: 'Folder of the first workspace; others lie in its folder workspaces.',
        variable: 'TRUNKLINE_DATA',
        fallback: `${usualDataFolder(machine)}-relay`,
      },
      resolve,
    ),
    host: textFlag(
      { about: 'Address to listen on.', variable: 'TRUNKLINE_HOST', fallback: '127.0.0.1' },
      { takes: 'HOST', wants: 'an address or name of this machine', read: readHost },
    ),
    'public-url': textFlag<string | null>(
      {
        about: 'Where carriers reach the relay, for accounts that say nothing else.',
        variable: 'TRUNKLINE_PUBLIC_URL',
        fallback: null,
      },
      { takes: 'URL', wants: 'an address such as https://hooks.example.com', read: readUrl },
    ),
    'tls-cert': fileFlag('The certificate and those it stands on, PEM.', 'CERT', resolve),
    'tls-key': fileFlag('The key of the certificate, PEM.', 'KEY', resolve),
    'behind-proxy': switchFlag({
      about: 'A proxy that speaks TLS, and nobody else, reaches this relay.',
      variable: 'TRUNKLINE_BEHIND_PROXY',
    }),
    ...natsFlags(),
  };
}

function natsFlags() {
  return {
    nats: textFlag<string | null>(
      {
        about: `Keeps the logs on NATS servers, divided by commas; what signs in is ${natsAccess}.`,
        variable: 'TRUNKLINE_NATS',
        fallback: null,
      },
      { takes: 'URL', wants: 'addresses such as nats://127.0.0.1:4222', read: readNats },
    ),
    'nats-monitor': textFlag<string | null>(
      {
        about: 'Where each NATS server tells of itself, divided by commas.',
        variable: 'TRUNKLINE_NATS_MONITOR',
        fallback: null,
      },
      { takes: 'URL', wants: 'addresses such as http://127.0.0.1:8222', read: readMonitors },
    ),
    'nats-unsynced': switchFlag({
      about: 'For trials: takes NATS servers that acknowledge before they have written.',
      variable: 'TRUNKLINE_NATS_UNSYNCED',
    }),
    'nats-room': numberFlag(
      {
        about: 'GiB that the log of each workspace sets aside on each NATS server when it is made.',
        variable: 'TRUNKLINE_NATS_ROOM',
        fallback: 8,
      },
      { least: 1, most: 10_000, whole: true },
    ),
  };
}

function fileFlag(about: string, what: 'CERT' | 'KEY', resolve: (written: string) => string) {
  const variable = `TRUNKLINE_TLS_${what}`;
  const read = (written: string) => (written.includes('\0') ? undefined : resolve(written));
  return textFlag<string | null>(
    { about, variable, fallback: null },
    { takes: 'FILE', wants: 'the path of a file', read },
  );
}

function readHost(written: string): string | undefined {
  return /^[\w.:-]{1,253}$/.test(written) ? written : undefined;
}

function readUrl(written: string): string | undefined {
  const url = URL.parse(written);
  if (url === null || !/^https?:$/.test(url.protocol)) return undefined;
  return url.pathname === '/' && url.search === '' && url.username === '' ? written : undefined;
}

/** An address that holds a password is refused later, by a sentence that does not repeat it. */
function readNats(written: string): string | undefined {
  const all = listOf(written).map((each) => URL.parse(each));
  const fits = (url: URL | null): boolean =>
    url !== null && (/^(?:nats|tls):$/.test(url.protocol) || url.username !== '');
  return all.length > 0 && all.every(fits) ? written : undefined;
}

function readMonitors(written: string): string | undefined {
  const all = listOf(written).map((each) => URL.parse(each));
  return all.length > 0 && all.every((url) => /^https?:$/.test(url?.protocol ?? ''))
    ? written
    : undefined;
}
