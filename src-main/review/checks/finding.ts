/** `noted`: nothing is wrong, and a person may want to know. */
export type FindingState = 'passed' | 'failed' | 'noted';

/** What one check of a data folder came to, in one sentence. */
export type Finding = {
  /** What was looked at; stays the same from version to version. */
  readonly check: string;
  readonly state: FindingState;
  readonly words: string;
};

export const passed = (check: string, words: string): Finding => ({
  check,
  state: 'passed',
  words,
});
export const failed = (check: string, words: string): Finding => ({
  check,
  state: 'failed',
  words,
});
export const noted = (check: string, words: string): Finding => ({ check, state: 'noted', words });

const most = 3;

/** Collects what is wrong while only counting what there is too much of. */
export class Faults {
  readonly #named: string[] = [];
  #count = 0;

  add(fault: string): void {
    this.#count += 1;
    if (this.#named.length < most) this.#named.push(fault);
  }

  get count(): number {
    return this.#count;
  }

  /** The first few, and how many more there are. */
  get words(): string {
    const more = this.#count - this.#named.length;
    return `${this.#named.join('; ')}${more > 0 ? `; and ${inDigits(more)} more` : ''}`;
  }

  /** Failed with the faults there are, else passed with these words. */
  judge(check: string, otherwise: string): Finding {
    return this.#count === 0 ? passed(check, otherwise) : failed(check, `${this.words}.`);
  }
}

export const inDigits = (count: number): string => count.toLocaleString('en-US');

/** A check that cannot be made on a damaged file has failed; anything else that is thrown is a fault of the program. */
export async function tryCheck(
  check: string,
  deed: () => Finding | Promise<Finding>,
): Promise<Finding> {
  try {
    return await deed();
  } catch (error) {
    if (!isOfTheFile(error)) throw error;
    return failed(check, `It could not be looked at: ${error.message}.`);
  }
}

/**
 * Does SQLite say so, or is it that a row holds what the program never wrote? On a damaged file any refusal of SQLite may be
 * the damage, that there is no such table included.
 */
export function isOfTheFile(error: unknown): error is Error {
  if (!(error instanceof Error)) return false;
  const bySqlite = 'code' in error && String(error.code).startsWith('SQLITE_');
  return bySqlite || error instanceof SyntaxError || error instanceof TypeError;
}
