import { constants } from 'node:os';

/** How Electron's program ended. */
export type ElectronEnd = {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  /** It was never run at all. */
  readonly couldNotRun: boolean;
  /** It had not come up in time and was ended for it. */
  readonly wasStuck: boolean;
  /** A person asked for the end by a signal. */
  readonly wasAsked: boolean;
  /** It had shown a page, or told the person why not. */
  readonly wasShown: boolean;
};

export type JudgedEnd =
  | { readonly kind: 'over'; readonly code: number }
  /** `why` completes "Starting in the browser instead of a window: ". */
  | { readonly kind: 'served-instead'; readonly why: string };

/** What a dynamic linker exits with where a library is missing. */
const libraryMissing = 127;

/** Was that the end of the program, or only of the attempt to show it in a window? */
export function judgeEnd(end: ElectronEnd): JudgedEnd {
  const hasFailed = end.code !== 0 && !end.wasAsked && !end.wasShown;
  return hasFailed
    ? { kind: 'served-instead', why: explain(end) }
    : { kind: 'over', code: exitCodeOf(end) };
}

function explain({ couldNotRun, wasStuck, code, signal }: ElectronEnd): string {
  if (couldNotRun) return "Electron's program could not be run.";
  if (wasStuck) return 'Electron did not come up in time.';
  if (code === libraryMissing) return 'Electron needs libraries that this system does not have.';
  return `Electron stopped at once (${signal ?? `exit code ${code}`}).`;
}

/** As shells tell a death by signal. */
function exitCodeOf({ code, signal }: ElectronEnd): number {
  if (code !== null) return code;
  return signal === null ? 1 : 128 + constants.signals[signal];
}
