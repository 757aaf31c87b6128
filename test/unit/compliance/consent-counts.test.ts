import { readFileSync } from 'node:fs';

import { describe, expect, it } from 'vitest';

import { type ConsentReading, readConsent } from '#shared/compliance/read-consent.ts';

import * as unseen from '../../fixtures/consent-holdout.ts';
import * as table from '../../fixtures/consent-phrases.ts';
import * as third from '../../fixtures/consent-third-holdout.ts';
import * as training from '../../fixtures/consent-training.ts';

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
  'the second holdout, seen since': {
    'opt-out': unseen.secondOptOuts,
    'likely-opt-out': unseen.secondLikely,
    none: unseen.secondOrdinary,
  },
  'the training set': {
    'likely-opt-out': training.trainingLikely,
    none: training.trainingOrdinary,
  },
  'the third holdout, unseen': {
    'likely-opt-out': third.thirdLikely,
    none: third.thirdOrdinary,
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

  it('has more than 150 phrases that the rules had not seen, each once and in no other set', () => {
    const seen = [table, unseen, training].flatMap((phrases) => Object.values(phrases).flat());
    const fresh = Object.values(third).flat();
    expect(fresh.length).toBeGreaterThanOrEqual(150);
    expect(new Set(fresh).size).toBe(fresh.length);
    expect(fresh.filter((phrase) => seen.includes(phrase))).toEqual([]);
  });
});
