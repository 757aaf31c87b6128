import { storageTroubleOf } from '#main/sqlite/storage-trouble.ts';

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
export function tryCheck(check: string, deed: () => Finding): Finding {
  try {
    return deed();
  } catch (error) {
    if (storageTroubleOf(error) === null && !isMalformed(error)) throw error;
    const reason = error instanceof Error ? error.message : 'unknown';
    return failed(check, `It could not be looked at: ${reason}.`);
  }
}

/* What a flipped bit makes of a row need not be what the program can read. */
const isMalformed = (error: unknown): boolean =>
  error instanceof SyntaxError || error instanceof RangeError || error instanceof TypeError;
