import { systemClock } from '#main/log/system-clock.ts';
import { consentProof, readContents } from '#main/review/consent-proof.ts';
import { readHistory } from '#main/review/read-history.ts';
import { writeBeside } from '#main/review/write-beside.ts';
import { readNumber } from '#shared/phone/read-number.ts';

import { chooseOut } from './choose-out.ts';
import { readSpan } from './read-moment.ts';
import { dataFolderIn, readWords, textIn } from './read-words.ts';
import { stopOnSignal } from './stop-on-signal.ts';
import { WrongUse } from './wrong-use.ts';

const flags = {
  data: { type: 'string' },
  'as-of': { type: 'string' },
  proof: { type: 'string' },
} as const;

/** `consent NUMBER --data DIR [--as-of DATE] [--proof FILE]`: where a number's consent stands, or stood, and what shows it. */
export async function consent(argv: readonly string[]): Promise<number> {
  const words = readWords(argv, flags);
  const [written, ...rest] = words.positionals;
  if (written === undefined || rest.length > 0)
    throw new WrongUse('Say whose consent: consent NUMBER --data DIR; --help tells the rest.');
  const number = addressOf(written);
  const asOf = readAsOf(textIn(words, 'as-of'));
  const of = { number, now: systemClock.now(), asOf };
  const dataFolder = dataFolderIn(words);
  const file = textIn(words, 'proof');
  if (file !== null) await writeProof(dataFolder, of, file);
  const contents = await readHistory(dataFolder, async (db) => readContents(db, of));
  const { consent: summary, events, faults } = contents;
  const lines = events.map(({ at, title, detail }) => `${at}  ${title}. ${detail}`);
  process.stdout.write([`${number}: ${summary.standing}`, ...lines, ...faults].join('\n') + '\n');
  return faults.length === 0 ? 0 : 1;
}

/* The end of a span belongs to what comes after it; as of a day means with all of it. */
function readAsOf(written: string | null): number | null {
  const { until } = readSpan(null, written);
  const isDay = written?.includes('T') === false;
  return until === null || !isDay ? until : until - 1;
}

type Of = { readonly number: string; readonly now: number; readonly asOf: number | null };

async function writeProof(dataFolder: string, of: Of, written: string): Promise<void> {
  const out = await chooseOut(written, dataFolder);
  if (out.kind === 'standard') throw new WrongUse('--proof needs the name of a file.');
  const format = written.endsWith('.html') ? 'html' : 'json';
  const { text } = await readHistory(dataFolder, async (db) => consentProof(db, of, format));
  await stopOnSignal((signal) =>
    writeBeside(out.file, signal, async (take) => {
      await take(text);
      return 1;
    }),
  );
}

function addressOf(written: string): string {
  const reading = readNumber(written);
  if (reading.kind === 'impossible') throw new WrongUse(`${written}: ${reading.reason}`);
  return reading.kind === 'number' ? reading.e164 : reading.digits;
}
