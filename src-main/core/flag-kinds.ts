import type { Flag } from './read-flags.ts';

type Named<Value> = Pick<Flag<Value>, 'about' | 'variable' | 'fallback'>;

export type NumberRange = {
  readonly least: number;
  readonly most: number;
  readonly whole: boolean;
};

/** A number within a range, written in plain decimal digits. */
export function numberFlag<Value extends number | null>(
  named: Named<Value>,
  { least, most, whole }: NumberRange,
): Flag<Value | number> {
  return {
    ...named,
    takes: 'N',
    wants: `a ${whole ? 'whole number' : 'number'} from ${least} to ${most}`,
    read(written) {
      const number = /^\d+(?:\.\d+)?$/u.test(written) ? Number(written) : NaN;
      const fits = number >= least && number <= most && (!whole || Number.isInteger(number));
      return fits ? number : undefined;
    },
  };
}

/** A TCP port; 0 lets the system pick a free one. */
export function portFlag(named: Named<number>): Flag<number> {
  return numberFlag(named, { least: 0, most: 65_535, whole: true });
}

const switchWords: Readonly<Record<string, boolean>> = {
  true: true,
  false: false,
  '1': true,
  '0': false,
};

/** On where it is written without a value; off unless set. */
export function switchFlag(named: Omit<Named<boolean>, 'fallback'>): Flag<boolean> {
  return {
    ...named,
    fallback: false,
    takes: null,
    wants: 'true or false',
    read: (written) => (Object.hasOwn(switchWords, written) ? switchWords[written] : undefined),
  };
}

/** A folder, made absolute by `resolve`. */
export function folderFlag(
  named: Named<string>,
  resolve: (written: string) => string,
): Flag<string> {
  return {
    ...named,
    takes: 'DIR',
    wants: 'the path of a folder',
    read: (written) => (written === '' || written.includes('\0') ? undefined : resolve(written)),
  };
}

/** What a text must be. */
export type TextKind = Pick<Flag<string>, 'takes' | 'wants' | 'read'>;

/** A text of a kind of its own. */
export function textFlag<Value extends string | null>(
  named: Named<Value>,
  kind: TextKind,
): Flag<Value | string> {
  return { ...named, ...kind };
}
