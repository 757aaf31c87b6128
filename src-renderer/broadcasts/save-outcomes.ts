import { type Person, mostRowsAtOnce } from '#shared/contract/broadcast-commands.ts';

import type { Screen } from '../store/screen.ts';
import { outcomeWords } from './outcome-words.ts';

/** A cell as RFC 4180 writes it; what a spreadsheet would take for a formula is led by a quote. */
export function csvCell(value: string): string {
  const safe = /^[=+\-@\t\r]/u.test(value) && !/^\+\d+$/u.test(value) ? `'${value}` : value;
  return /[",\n\r]/u.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** What became of everybody, as a file. */
export function outcomesCsv(people: readonly Person[]): string {
  const rows = people.map(({ peer, outcome, because, text }) =>
    [peer, outcomeWords[outcome], because ?? '', text].map(csvCell).join(','),
  );
  return ['number,outcome,reason,text', ...rows, ''].join('\r\n');
}

/** Fetches everybody and hands the file to the browser. */
export async function saveOutcomes(
  { host }: Screen,
  broadcastId: number,
  name: string,
): Promise<void> {
  const all: Person[] = [];
  for (let after: number | null = null; ;) {
    const page: { people: Person[]; next: number | null } = await host.call('broadcast.people', {
      broadcastId,
      outcome: null,
      after,
      limit: mostRowsAtOnce,
    });
    all.push(...page.people);
    if (page.next === null) break;
    after = page.next;
  }
  const file = new Blob(['\ufeff', outcomesCsv(all)], { type: 'text/csv' });
  const link = document.createElement('a');
  link.href = URL.createObjectURL(file);
  link.download = `${name.replaceAll(/[^\p{L}\p{N} _-]/gu, '').trim() || 'broadcast'}.csv`;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}
