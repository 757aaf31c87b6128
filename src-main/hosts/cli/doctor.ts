import type { Finding, FindingState } from '#main/review/checks/finding.ts';
import { examineFolder } from '#main/review/examine-folder.ts';

import { findCredentialsIn } from './find-credentials.ts';
import { dataFolderIn, readWords } from './read-words.ts';
import { WrongUse } from './wrong-use.ts';

const marks: Readonly<Record<FindingState, string>> = {
  passed: 'ok',
  failed: 'FAILED',
  noted: 'note',
};

/** `doctor --data DIR [--json]`: looks at a data folder without changing it, one line for each check. */
export async function doctor(argv: readonly string[]): Promise<number> {
  const words = readWords(argv, { data: { type: 'string' }, json: { type: 'boolean' } });
  if (words.positionals.length > 0)
    throw new WrongUse('doctor takes no words but its flags: doctor --data DIR [--json].');
  const folder = dataFolderIn(words);
  const asJson = words.values['json'] === true;
  const findings: Finding[] = [];
  for await (const finding of examineFolder(folder, findCredentialsIn(folder))) {
    findings.push(finding);
    if (!asJson) process.stdout.write(asLine(finding));
  }
  const failures = findings.filter(({ state }) => state === 'failed').length;
  if (asJson)
    process.stdout.write(`${JSON.stringify({ folder, ok: failures === 0, checks: findings })}\n`);
  return failures === 0 ? 0 : 1;
}

const asLine = ({ check, state, words }: Finding): string =>
  `${marks[state].padEnd(6)}  ${check.padEnd(29)}  ${words}\n`;
