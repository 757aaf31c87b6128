import { auditCsvRow, auditHead, costsCsvRows, costsHead } from '#shared/pricing/audit-words.ts';

import { saveFile } from '../consent/save-file.ts';
import type { Screen } from '../store/screen.ts';

/** Saves what every line cost on every day as a table. */
export async function saveCosts({ host, overview }: Screen): Promise<void> {
  const { lines } = overview.getState();
  const parts = [costsHead];
  let before: string | null = null;
  do {
    const page: { rows: readonly Parameters<typeof costsCsvRows>[0][]; next: string | null } =
      await host.call('costs.page', { before, days: 7 });
    for (const row of page.rows)
      parts.push(
        costsCsvRows(
          row,
          lines.find(({ id }) => id === row.lineId),
        ),
      );
    before = page.next;
  } while (before !== null);
  saveFile({ name: 'costs.csv', type: 'text/csv', text: parts.join('') });
}

/** Saves every text that was billed for more segments than it has as a table. */
export async function saveAudit({ host }: Screen): Promise<void> {
  const parts = [auditHead];
  let before: Parameters<typeof host.call<'audit.page'>>[1]['before'] = null;
  do {
    const page: Awaited<ReturnType<typeof host.call<'audit.page'>>> = await host.call(
      'audit.page',
      { before, limit: 200 },
    );
    parts.push(...page.rows.map(auditCsvRow));
    before = page.next;
  } while (before !== null);
  saveFile({ name: 'billing-differences.csv', type: 'text/csv', text: parts.join('') });
}
