/** Milliseconds between two tellings, on a screen that shows each in the place of the last one and in a log that keeps all. */
const pauses = { screen: 500, log: 10_000 } as const;
const patience = 2_000;

export type Progress = { tell(done: number, total: number): void; end(): void };

/** Tells on standard error how far a deed is, once it takes longer than people like to wait. */
export function tellProgress(): Progress {
  const isScreen = process.stderr.isTTY === true;
  const pause = isScreen ? pauses.screen : pauses.log;
  let next = performance.now() + (isScreen ? patience : pauses.log);
  let shown = false;
  return {
    tell(done, total) {
      if (performance.now() < next) return;
      next = performance.now() + pause;
      shown = true;
      const words = `${done.toLocaleString('en-US')} of ${total.toLocaleString('en-US')}`;
      process.stderr.write(isScreen ? `\r${words}` : `${words}\n`);
    },
    end() {
      if (shown && isScreen) process.stderr.write('\n');
    },
  };
}
