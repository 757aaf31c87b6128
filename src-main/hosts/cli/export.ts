import { isCode } from '#main/files/write-durably.ts';
import { systemClock } from '#main/log/system-clock.ts';
import { type Export, type TakePiece, exportHistory } from '#main/review/export-history.ts';
import { assertUsed } from '#main/review/read-history.ts';
import { type Wanted, orders } from '#main/review/wanted-entries.ts';
import { writeBeside } from '#main/review/write-beside.ts';
import { CommandFailure } from '#shared/contract/failure.ts';

import { type Out, chooseFormat, chooseOut } from './choose-out.ts';
import { readSpan } from './read-moment.ts';
import { type Words, dataFolderIn, readWords, textIn } from './read-words.ts';
import { Stopped, stopOnSignal } from './stop-on-signal.ts';
import { tellProgress } from './tell-progress.ts';
import { WrongUse } from './wrong-use.ts';

const flags = {
  data: { type: 'string' },
  out: { type: 'string' },
  format: { type: 'string' },
  order: { type: 'string' },
  since: { type: 'string' },
  until: { type: 'string' },
  line: { type: 'string' },
} as const;

/** `export --data DIR --out FILE`: writes texts, calls and voicemails into a file, whether Trunkline is running or not. */
export async function exportAll(argv: readonly string[]): Promise<number> {
  const words = readWords(argv, flags);
  const written = textIn(words, 'out');
  if (words.positionals.length > 0 || written === null)
    throw new WrongUse(
      'Say where to with --out FILE, or --out - for standard output; --help tells the rest.',
    );
  const format = chooseFormat(textIn(words, 'format'), written);
  const wanted = readWanted(words);
  const dataFolder = dataFolderIn(words);
  assertUsed(dataFolder);
  const out = await chooseOut(written, dataFolder);
  const progress = tellProgress();
  const job = { dataFolder, wanted, format, clock: systemClock, onProgress: progress.tell };
  try {
    const done = await send(job, out);
    progress.end();
    const sum = `${done.toLocaleString('en-US')} ${done === 1 ? 'entry' : 'entries'}`;
    process.stderr.write(`Exported ${sum} to ${written === '-' ? 'standard output' : written}.\n`);
    return 0;
  } catch (error) {
    progress.end();
    throw explain(error, written);
  }
}

function readWanted(words: Words): Wanted {
  const asked = textIn(words, 'order') ?? 'thread';
  const order = orders.find((each) => each === asked);
  if (order === undefined)
    throw new WrongUse(`--order must be one of ${orders.join(', ')}, not ${asked}.`);
  return {
    line: textIn(words, 'line'),
    order,
    ...readSpan(textIn(words, 'since'), textIn(words, 'until')),
  };
}

/* Standard output is simply cut off by a signal: nobody takes what came of it for the whole. Its errors come by each write. */
function send(job: Omit<Export, 'signal'>, out: Out): Promise<number> {
  if (out.kind === 'standard') {
    process.stdout.on('error', () => undefined);
    return exportHistory({ ...job, signal: new AbortController().signal }, writeOut);
  }
  return stopOnSignal((signal) =>
    writeBeside(out.file, signal, (take) => exportHistory({ ...job, signal }, take)),
  );
}

const writeOut: TakePiece = (piece) =>
  new Promise((resolve, reject) => {
    process.stdout.write(piece, (error) => (error ? reject(error) : resolve()));
  });

function explain(error: unknown, out: string): unknown {
  if (error instanceof Stopped)
    return new CommandFailure('closed', `Stopped: ${out} was not written.`);
  if (isCode(error, 'EPIPE'))
    return new CommandFailure('closed', 'Standard output was closed before the end.');
  if (isCode(error, 'ENOSPC', 'EDQUOT', 'EFBIG'))
    return new CommandFailure('storage', `There is no room for ${out}, and it was not written.`, {
      cure: 'Free some space, or choose another disk with --out.',
    });
  if (isCode(error, 'EACCES', 'EPERM', 'EROFS'))
    return new CommandFailure('storage', `${out} cannot be written there.`, {
      cure: 'Allow writing, or choose another place with --out.',
    });
  return error;
}
