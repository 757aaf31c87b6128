import { readFileSync } from 'node:fs';

import { describe, expect, it } from 'vitest';

import { type ConsentReading, readConsent } from '#shared/compliance/read-consent.ts';

import * as unseen from '../../fixtures/consent-holdout.ts';
import * as table from '../../fixtures/consent-phrases.ts';

type Kind = ConsentReading['kind'];
type Phrases = Partial<Record<Kind, readonly string[]>>;

const sets: Record<string, Phrases> = {
  'the table': {
    'opt-out': table.optOuts,
    'likely-opt-out': table.likelyOptOuts,
    help: table.helps,
    'opt-in': table.optIns,
    none: table.ordinary,
  },
  'the holdout, seen since': {
    'opt-out': unseen.unseenOptOuts,
    'likely-opt-out': unseen.unseenLikely,
    help: unseen.unseenHelps,
    'opt-in': unseen.unseenOptIns,
    none: unseen.unseenOrdinary,
  },
  'the second holdout, unseen': {
    'opt-out': unseen.secondOptOuts,
    'likely-opt-out': unseen.secondLikely,
    none: unseen.secondOrdinary,
  },
};

const isWish = (kind: Kind) => kind === 'opt-out' || kind === 'likely-opt-out';

/** How the phrases of one meaning are read, as a row of the table in the docs. */
function rowOf(set: string, meant: Kind, phrases: readonly string[]): string {
  const read = phrases.map((phrase) => readConsent(phrase).kind);
  const otherwise = (wrong: (kind: Kind) => boolean) => read.filter(wrong).length;
  const missed = isWish(meant) ? otherwise((kind) => !isWish(kind)) : 0;
  const invented = isWish(meant) ? 0 : otherwise(isWish);
  const exact = read.filter((kind) => kind === meant).length;
  return `| ${set} | ${meant} | ${phrases.length} | ${exact} | ${missed} | ${invented} |`;
}

const rows = Object.entries(sets).flatMap(([set, kinds]) =>
  Object.entries(kinds).map(([meant, phrases]) => rowOf(set, meant as Kind, phrases)),
);

describe('how replies are read, counted', () => {
  const docs = readFileSync(new URL('../../../docs/compliance.md', import.meta.url), 'utf8');
  process.stdout.write(`\n${rows.join('\n')}\n`);

  it.each(rows)('is in the docs as it is: %s', (row) => {
    expect(docs).toContain(row);
  });

  it('ends consent at once for nothing but a keyword', () => {
    const others = Object.values(sets).flatMap((kinds) =>
      Object.entries(kinds).flatMap(([kind, phrases]) => (kind === 'opt-out' ? [] : phrases)),
    );
    expect(others.filter((phrase) => readConsent(phrase).kind === 'opt-out')).toEqual([]);
  });

  it('has more than 200 phrases that the rules had not seen, each once', () => {
    const all = Object.values(unseen).flat();
    expect(all.length).toBeGreaterThanOrEqual(300);
    expect(new Set(all).size).toBe(all.length);
  });
});
