import { type Lint, lintWithoutRows } from '#shared/template/lint-template.ts';
import { fieldNames } from '#shared/template/read-fields.ts';

import { counted } from '../controls/tell-amount.ts';

/** The worst that a template makes over a table, in a sentence or two. `rows` are the lines people stand on, in order. */
export function lintWords(lint: Lint, rows: readonly { readonly line: number }[]): string {
  const lines = lint.worstRows.map((place) => rows[place]?.line).join(', ');
  const more = lint.worst > lint.worstRows.length ? ' and more' : '';
  const isAll = lint.worst === rows.length;
  const all = `${counted(lint.segments, 'segment')} for everybody.`;
  const some = `At most ${counted(lint.segments, 'segment')}, for ${counted(lint.worst, 'person', 'people')} (line ${lines}${more}).`;
  const size = isAll ? all : some;
  const unicode =
    lint.unicode > 0
      ? ` ${counted(lint.unicode, 'text needs', 'texts need')} Unicode, which makes segments shorter.`
      : '';
  const missing = Object.entries(lint.missing)
    .map(([name, count]) => ` ${counted(count, 'person has', 'people have')} no {${name}}.`)
    .join('');
  return size + unicode + missing;
}

/** How long it may get, with names as long as they come. */
export function sizeWords(text: string): string {
  const { segments } = lintWithoutRows(text);
  const names = fieldNames(text);
  const size = counted(segments, 'segment');
  if (names.length === 0) return size;
  return `${size} at most, with long names and accents · fields: ${names.map((name) => `{${name}}`).join(', ')}`;
}
