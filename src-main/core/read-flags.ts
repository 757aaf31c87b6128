/** One flag: how it is written, and what its value becomes. */
export type Flag<Value> = {
  /** One sentence for `--help`. */
  readonly about: string;
  /** The environment variable that stands in where the flag is not given. */
  readonly variable: string;
  readonly fallback: Value;
  /** What stands for the value in `--help`, such as `N`; null for a switch, which needs none. */
  readonly takes: string | null;
  /** Completes "must be", such as "a whole number from 0 to 65535". */
  readonly wants: string;
  /** Reads a value as written; undefined where it is not one. */
  readonly read: (written: string) => Value | undefined;
};

/** A program's flags by name, without the dashes. */
export type Flags = Readonly<Record<string, Flag<unknown>>>;

export type FlagValues<Named extends Flags> = {
  readonly [Name in keyof Named]: Named[Name] extends Flag<infer Value> ? Value : never;
};

export type FlagsRead<Named extends Flags> =
  | { readonly kind: 'values'; readonly values: FlagValues<Named> }
  | { readonly kind: 'help'; readonly text: string }
  /** The sentence names what is wrong and the cure. */
  | { readonly kind: 'wrong'; readonly sentence: string };

export type FlagSources = {
  /** The words after the program's name. */
  readonly argv: readonly string[];
  readonly env: Readonly<Record<string, string | undefined>>;
  /** First line of `--help`. */
  readonly usage: string;
};

/** Reads flags, then the environment where a flag is not given, then the fallback. Of a flag given twice the last counts. */
export function readFlags<Named extends Flags>(
  flags: Named,
  sources: FlagSources,
): FlagsRead<Named> {
  if (sources.argv.some((word) => word === '--help' || word === '-h'))
    return { kind: 'help', text: helpText(flags, sources.usage) };
  const given = splitWords(flags, sources.argv);
  if (typeof given === 'string') return { kind: 'wrong', sentence: given };
  const values: Record<string, unknown> = {};
  for (const [name, flag] of Object.entries(flags)) {
    const source = sourceOf({ name, flag, written: given.get(name) }, sources.env);
    const value = source === null ? flag.fallback : flag.read(source.written);
    if (source !== null && value === undefined)
      return { kind: 'wrong', sentence: badValue(source, flag) };
    values[name] = value;
  }
  return { kind: 'values', values: values as FlagValues<Named> };
}

type Source = { readonly from: string; readonly written: string };

/** An empty environment variable counts as not set, as shells make it hard to tell the two apart. */
function sourceOf(
  { name, flag, written }: { name: string; flag: Flag<unknown>; written: string | undefined },
  env: FlagSources['env'],
): Source | null {
  if (written !== undefined) return { from: `--${name}`, written };
  const set = env[flag.variable];
  return set === undefined || set === '' ? null : { from: flag.variable, written: set };
}

/** What was written for each flag, or a sentence about the first word that is not understood. */
function splitWords(flags: Flags, argv: readonly string[]): Map<string, string> | string {
  const given = new Map<string, string>();
  const words = argv.values();
  for (const word of words) {
    const [, name, value] = /^--([^=]+)(?:=(.*))?$/su.exec(word) ?? [];
    if (name === undefined)
      return `"${word}" is not a flag: flags begin with --, and --help lists them.`;
    const flag = Object.hasOwn(flags, name) ? flags[name] : undefined;
    if (flag === undefined)
      return `There is no flag --${name}: leave it out, or see --help for those there are.`;
    const written = value ?? (flag.takes === null ? 'true' : words.next().value);
    if (written === undefined || (value === undefined && written.startsWith('--')))
      return `--${name} needs a value: write --${name} ${flag.takes}.`;
    given.set(name, written);
  }
  return given;
}

function badValue({ from, written }: Source, flag: Flag<unknown>): string {
  const shown = JSON.stringify(written.slice(0, 60));
  return `${from} must be ${flag.wants}, not ${shown}: change it or leave it out.`;
}

function helpText(flags: Flags, usage: string): string {
  const rows = Object.entries(flags).map(([name, flag]) => ({
    written: `--${name}${flag.takes === null ? '' : ` ${flag.takes}`}`,
    flag,
  }));
  const width = Math.max(...rows.map(({ written }) => written.length));
  const lines = rows.map(({ written, flag }) => `  ${written.padEnd(width)}  ${describe(flag)}`);
  return `${usage}\n\n${lines.join('\n')}\n  ${'--help'.padEnd(width)}  Shows this.\n`;
}

function describe({ about, variable, takes, fallback }: Flag<unknown>): string {
  const otherwise = takes === null || fallback === null ? '' : `; ${String(fallback)} unless set`;
  return `${about} (${variable}${otherwise})`;
}
