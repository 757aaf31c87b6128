import { analyzeText } from '../text/analyze-text.ts';
import { fillTemplate } from './fill-template.ts';
import { fieldNames } from './read-fields.ts';

/** What is known of one person, by the names of the fields. */
export type Row = Readonly<Record<string, string | undefined>>;

/** The worst a template makes over real rows, before anybody sends it. */
export type Lint = {
  /** Most segments of any row's text, and how many rows come to so many. */
  readonly segments: number;
  readonly worst: number;
  /** The first few of those rows, by their place. */
  readonly worstRows: readonly number[];
  /** Rows whose text cannot be sent in the plain alphabet. */
  readonly unicode: number;
  /** For each field, how many rows have nothing for it, and no words of its own stand in. */
  readonly missing: Readonly<Record<string, number>>;
};

const shownRows = 5;

/** Expands a template over every row. */
export function lintTemplate(template: string, rows: readonly Row[]): Lint {
  const counts: number[] = [];
  const missing: Record<string, number> = {};
  let unicode = 0;
  for (const row of rows) {
    const filled = fillTemplate(template, row);
    const { encoding, segments } = analyzeText(filled.text);
    counts.push(segments.length);
    if (encoding === 'UCS-2') unicode += 1;
    for (const name of filled.missing) missing[name] = (missing[name] ?? 0) + 1;
  }
  const segments = counts.reduce((most, count) => Math.max(most, count), 0);
  const worstRows = counts.flatMap((count, place) => (count === segments ? [place] : []));
  return {
    segments,
    worst: worstRows.length,
    worstRows: worstRows.slice(0, shownRows),
    unicode,
    missing,
  };
}

/** Values as long as they come, where there are no rows yet: one in the plain alphabet, one outside of it. */
const longValues: readonly string[] = [
  'Christopher-Alexander Wolfeschlegel',
  'Aleksándër Çelebićeşme',
];

/** The same over values as long as they come, for a template that has no table yet. */
export function lintWithoutRows(template: string): Lint {
  const names = fieldNames(template);
  return lintTemplate(
    template,
    longValues.map((value) => Object.fromEntries(names.map((name) => [name, value]))),
  );
}
