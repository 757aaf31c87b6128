import type { Recipient } from '#shared/broadcast/read-recipients.ts';
import type { Verdict } from '#shared/compliance/verdict.ts';
import { type BroadcastPurpose, mostRowsAtOnce } from '#shared/contract/broadcast-commands.ts';
import type { LineId } from '#shared/message/line.ts';
import { fillTemplate } from '#shared/template/fill-template.ts';

import type { Screen } from '../store/screen.ts';

/** What is to be sent to whom, before anything is kept. */
export type Plan = {
  readonly lineId: LineId;
  readonly purpose: BroadcastPurpose;
  readonly text: string;
  readonly people: readonly Recipient[];
};

/** One person with their own words and what the gate says of them. */
export type Tried = {
  readonly line: number;
  readonly peer: string;
  readonly text: string;
  readonly segments: number;
  readonly verdict: Verdict;
};

/** The words of one person; null where a field has nothing to stand in it. */
export function wordsFor(template: string, { known }: Recipient): string | null {
  const { text, missing } = fillTemplate(template, known);
  return missing.length === 0 ? text : null;
}

const notFilled: Verdict = {
  kind: 'refused',
  field: 'text',
  because: 'The table has nothing for one of the fields.',
  cure: 'Add it to the table, or say what stands in: {first_name|there}.',
  who: 'agent',
};

/**
 * Asks the gate about every person, a page at a time; nothing is written down.
 * @param onProgress hears how many were asked about
 */
export async function dryRun(
  { host }: Screen,
  { lineId, purpose, text, people }: Plan,
  onProgress: (count: number) => void,
): Promise<Tried[]> {
  const tried: Tried[] = [];
  for (let from = 0; from < people.length; from += mostRowsAtOnce) {
    const page = people.slice(from, from + mostRowsAtOnce);
    const filled = page.map((person) => ({ person, words: wordsFor(text, person) }));
    const rows = filled.flatMap(({ person, words }) =>
      words === null ? [] : [{ to: person.peer, text: words }],
    );
    const answer =
      rows.length === 0
        ? []
        : (await host.call('broadcast.judge', { lineId, purpose, rows })).people;
    const answers = answer[Symbol.iterator]();
    for (const { person, words } of filled) {
      const judged = words === null ? undefined : answers.next().value;
      const { line, peer } = person;
      const { verdict = notFilled, segments = 0 } = judged ?? {};
      tried.push({ line, peer, text: words ?? '', segments, verdict });
    }
    onProgress(tried.length);
  }
  return tried;
}

/** What a dry run comes to. */
export type Sums = {
  readonly allowed: number;
  readonly waits: number;
  readonly refused: number;
  /** Those who will be texted, now or later. */
  readonly texted: readonly Tried[];
};

export function sumUp(tried: readonly Tried[]): Sums {
  const count = (kind: Verdict['kind']): number =>
    tried.filter(({ verdict }) => verdict.kind === kind).length;
  const texted = tried.filter(({ verdict }) => verdict.kind !== 'refused');
  return { allowed: count('allowed'), waits: count('waits'), refused: count('refused'), texted };
}
