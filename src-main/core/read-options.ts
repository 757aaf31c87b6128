import type { CoreOptions } from './core.ts';
import { resolveFolder, usualDataFolder, type Machine } from './data-folder.ts';
import { folderFlag, numberFlag, portFlag, switchFlag } from './flag-kinds.ts';
import { readFlags, type FlagsRead } from './read-flags.ts';

/** How a person wants the program with a screen to run, under whatever host. */
export type Options = Omit<CoreOptions, 'mediaBase' | 'sandboxSeed'> & {
  /** Absolute. */
  readonly dataFolder: string;
  /** Port of the served screen on 127.0.0.1; 0 picks a free one. The desktop host has no use for it. */
  readonly port: number;
  readonly openBrowser: boolean;
  /** Null lets each run differ. */
  readonly sandboxSeed: number | null;
};

export type OptionsRead =
  | { readonly kind: 'options'; readonly options: Options }
  | Exclude<FlagsRead<Record<never, never>>, { kind: 'values' }>;

const usage = 'Usage: npm start -- [flags]';

/**
 * Reads flags over environment over defaults. Pure: what it knows of the machine is lent.
 * @param argv the words after the program's name
 */
export function readOptions(argv: readonly string[], machine: Machine): OptionsRead {
  const read = readFlags(flagsFor(machine), { argv, env: machine.env, usage });
  if (read.kind !== 'values') return read;
  const { values } = read;
  return {
    kind: 'options',
    options: {
      dataFolder: values.data,
      port: values.port,
      openBrowser: !values['no-open'],
      relayPort: values['relay-port'],
      sandboxSpeed: values['sandbox-speed'],
      sandboxSeed: values['sandbox-seed'],
    },
  };
}

function flagsFor(machine: Machine) {
  return {
    serve: switchFlag({
      about: 'Serves the screen to a browser instead of opening a window.',
      variable: 'TRUNKLINE_SERVE',
    }),
    port: portFlag({
      about: 'Port of the served screen on 127.0.0.1; 0 picks a free one.',
      variable: 'TRUNKLINE_PORT',
      fallback: 4417,
    }),
    data: dataFlag(machine),
    'no-open': switchFlag({
      about: 'Does not open the browser.',
      variable: 'TRUNKLINE_NO_OPEN',
    }),
    'relay-port': portFlag({
      about: 'Port of the relay on 127.0.0.1; 0 picks a free one.',
      variable: 'TRUNKLINE_RELAY_PORT',
      fallback: 0,
    }),
    'sandbox-speed': numberFlag(
      {
        about: 'How fast the sandbox carrier acts: 1 as people do, 10 ten times as fast.',
        variable: 'TRUNKLINE_SANDBOX_SPEED',
        fallback: 1,
      },
      { least: 0.01, most: 10_000, whole: false },
    ),
    'sandbox-seed': numberFlag<number | null>(
      {
        about: 'Makes what the sandbox carrier does the same in every run.',
        variable: 'TRUNKLINE_SANDBOX_SEED',
        fallback: null,
      },
      { least: 0, most: 4_294_967_295, whole: true },
    ),
  };
}

/** `--data`, the same for every program of ours. */
export function dataFlag(machine: Machine) {
  return folderFlag(
    {
      about: 'Folder of the history, the settings and the secrets.',
      variable: 'TRUNKLINE_DATA',
      fallback: usualDataFolder(machine),
    },
    (written) => resolveFolder(machine, written),
  );
}
