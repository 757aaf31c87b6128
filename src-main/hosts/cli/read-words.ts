import { parseArgs } from 'node:util';

import { resolveFolder } from '#main/core/data-folder.ts';
import { thisMachine } from '#main/core/this-machine.ts';

import { WrongUse } from './wrong-use.ts';

export type Words = {
  readonly positionals: readonly string[];
  readonly values: Readonly<Record<string, string | boolean | undefined>>;
};

type Kinds = Readonly<Record<string, { readonly type: 'string' | 'boolean' }>>;

/** Reads a command's words; anything that is not understood is wrong use. */
export function readWords(argv: readonly string[], options: Kinds): Words {
  try {
    const { positionals, values } = parseArgs({ args: [...argv], options, allowPositionals: true });
    return { positionals, values: values as Words['values'] };
  } catch (error) {
    throw new WrongUse(
      `${error instanceof Error ? error.message : 'It was called wrongly'}: see --help.`,
    );
  }
}

/** The data folder named by `--data`, else by TRUNKLINE_DATA. */
export function dataFolderIn({ values }: Words): string {
  const machine = thisMachine();
  const written = values['data'] ?? machine.env['TRUNKLINE_DATA'];
  if (typeof written !== 'string' || written === '')
    throw new WrongUse('Say which data folder with --data DIR.');
  return resolveFolder(machine, written);
}

/** A flag's text; null where it is not given. */
export function textIn({ values }: Words, name: string): string | null {
  const value = values[name];
  return typeof value === 'string' ? value : null;
}
