/** Somebody asked the program to stop. */
export class Stopped extends Error {
  override readonly name = 'Stopped';
}

/** Runs a deed that a signal stops in an orderly way: the second of two in a row is not meant for anything else. */
export async function stopOnSignal<Result>(
  deed: (signal: AbortSignal) => Promise<Result>,
): Promise<Result> {
  const stopping = new AbortController();
  const stop = (): void => stopping.abort(new Stopped());
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
  for (const each of signals) process.on(each, stop);
  try {
    return await deed(stopping.signal);
  } finally {
    for (const each of signals) process.off(each, stop);
  }
}
