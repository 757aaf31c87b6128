import { openWorkspace } from '#main/core/open-workspace.ts';
import { sumOverbilled } from '#main/history/overbilled.ts';
import { eachOverbilled } from '#main/review/each-overbilled.ts';
import { readHistory } from '#main/review/read-history.ts';
import type { ReadableDb } from '#main/sqlite/database.ts';
import { auditSumWords, evidenceWords } from '#shared/pricing/audit-words.ts';

import { dataFolderIn, readWords, textIn } from './read-words.ts';
import { type TakenFile, readTaking, takeFile, tellTaken } from './take-record-file.ts';
import { WrongUse } from './wrong-use.ts';

const flags = {
  data: { type: 'string' },
  from: { type: 'string' },
  connection: { type: 'string' },
  columns: { type: 'string' },
  'dry-run': { type: 'boolean' },
  json: { type: 'boolean' },
} as const;

/** `audit --data DIR [--from FILE.csv]`: lists texts that were billed for more segments than they have. */
export async function audit(argv: readonly string[]): Promise<number> {
  const words = readWords(argv, flags);
  if (words.positionals.length > 0)
    throw new WrongUse('audit takes no words but its flags: see --help.');
  const folder = dataFolderIn(words);
  const asJson = words.values['json'] === true;
  const from = textIn(words, 'from');
  if (from === null) return readHistory(folder, (db) => tell(db, { asJson, taken: null }));
  const taking = readTaking(words, from);
  const workspace = openWorkspace(folder);
  try {
    const taken = await takeFile(workspace.db, taking);
    tellTaken(taken, taking.dryRun);
    return await tell(workspace.db, { asJson, taken });
  } finally {
    workspace.close();
  }
}

type Telling = { readonly asJson: boolean; readonly taken: TakenFile | null };

/** One line a difference and what they come to, or one JSON object; 1 where there are some or rows could not be read. */
async function tell(db: ReadableDb, { asJson, taken }: Telling): Promise<number> {
  const sum = sumOverbilled(db);
  if (asJson) await tellJson(db, taken);
  else {
    for (const row of eachOverbilled(db)) await write(`${evidenceWords(row)}\n`);
    await write(`${auditSumWords(sum)}\n`);
  }
  return sum.messages > 0 || (taken?.unreadable ?? 0) > 0 ? 1 : 0;
}

/* Row by row, because there may be more of them than fit memory. */
async function tellJson(db: ReadableDb, taken: TakenFile | null): Promise<void> {
  await write(`{"sum":${JSON.stringify(sumOverbilled(db))},"taken":${JSON.stringify(taken)},`);
  let before = '"differences":[';
  for (const { entryId: _own, ...row } of eachOverbilled(db)) {
    await write(`${before}${JSON.stringify({ ...row, at: new Date(row.at).toISOString() })}`);
    before = ',\n';
  }
  await write(`${before === ',\n' ? '' : before}]}\n`);
}

const write = (piece: string): Promise<void> =>
  new Promise((resolve, reject) => {
    process.stdout.write(piece, (error) => (error ? reject(error) : resolve()));
  });
