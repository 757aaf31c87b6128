import { randomInt } from 'node:crypto';

import { StartFailure, type Core } from '#main/core/core.ts';
import { createKeyFileStore } from '#main/core/key-file-store.ts';
import { readPageFiles } from '#main/core/page-files.ts';
import { readOptions, type Options } from '#main/core/read-options.ts';
import { startCore } from '#main/core/start-core.ts';
import { thisMachine } from '#main/core/this-machine.ts';
import { systemClock } from '#main/log/system-clock.ts';

import { openBrowser } from './open-browser.ts';
import { startServed, type Served } from './start-served.ts';

/** Exit codes of the program. */
const done = 0;
const failed = 1;
const wrongUse = 2;

/**
 * Runs the served host as a program, until it is told to stop.
 * @param argv the words after the program's name
 * @param pageFolder where the built screen lies
 */
export async function runServed(argv: readonly string[], pageFolder: string): Promise<void> {
  const read = readOptions(argv, thisMachine());
  switch (read.kind) {
    case 'help':
      process.stdout.write(read.text);
      return;
    case 'wrong':
      return leave(wrongUse, read.sentence);
    case 'options':
      return start(read.options, pageFolder).catch((error: unknown) => {
        if (!(error instanceof StartFailure)) throw error;
        leave(failed, error.message);
      });
  }
}

/** Ends at once, whatever is still open, but not before the sentence is out. */
function leave(code: number, sentence: string): void {
  process.stderr.write(`${sentence}\n`, () => process.exit(code));
}

async function start(options: Options, pageFolder: string): Promise<void> {
  const files = readPageFiles(pageFolder);
  const core = await startCore(
    {
      dataFolder: options.dataFolder,
      secrets: createKeyFileStore(options.dataFolder),
      clock: systemClock,
      // The page itself shows what is new; a browser's own notices would need it open anyway.
      notify: () => {},
    },
    {
      relayPort: options.relayPort,
      mediaBase: '/media/',
      sandboxSpeed: options.sandboxSpeed,
      sandboxSeed: options.sandboxSeed ?? randomInt(2 ** 32),
    },
  );
  const served = await serve(core, { files, clock: systemClock, port: options.port });
  stopOnSignals(core, served);
  announce(core, served);
  if (options.openBrowser) openBrowser(served.makeSingleUseUrl(), hintAtAddress);
}

async function serve(
  core: Core,
  parts: Omit<Parameters<typeof startServed>[0], 'core'>,
): Promise<Served> {
  try {
    return await startServed({ core, ...parts });
  } catch (error) {
    await core.stop();
    throw error;
  }
}

function announce(core: Core, served: Served): void {
  process.stdout.write(`Trunkline is ready at ${served.url}\nRelay is ready at ${core.relayUrl}\n`);
}

function hintAtAddress(): void {
  process.stderr.write('No browser could be opened here: open the address above in one.\n');
}

/** The first signal lets what is under way end; a second one does not wait. */
function stopOnSignals(core: Core, served: Served): void {
  let stopping = false;
  const stop = async () => {
    if (stopping) process.exit(failed);
    stopping = true;
    await served.stop(() => core.stop());
    process.exit(done);
  };
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => void stop());
}
