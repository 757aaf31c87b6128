import type { CredentialsFound } from '#main/review/checks/check-secrets.ts';
import type { Finding } from '#main/review/checks/finding.ts';
import { examineFolder } from '#main/review/examine-folder.ts';

export type Found = {
  readonly findings: readonly Finding[];
  /** The one of this check. */
  of(check: string): Finding;
  /** Names of the checks that failed. */
  readonly failed: readonly string[];
};

/** All that is found in a data folder where every connection's credentials are like this. */
export async function examine(
  folder: string,
  credentials: CredentialsFound = { kind: 'opened' },
): Promise<Found> {
  const findings: Finding[] = [];
  for await (const finding of examineFolder(folder, async () => credentials))
    findings.push(finding);
  return {
    findings,
    of(check) {
      const found = findings.find((each) => each.check === check);
      if (found === undefined) throw new Error(`nothing was said of ${check}`);
      return found;
    },
    failed: findings.filter(({ state }) => state === 'failed').map(({ check }) => check),
  };
}
