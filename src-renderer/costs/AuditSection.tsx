import { useCallback } from 'react';
import type { ReactElement } from 'react';

import type { EntryId } from '#shared/message/entry.ts';
import { auditSumWords, evidenceWords } from '#shared/pricing/audit-words.ts';

import { CopyButton } from '../controls/CopyButton.tsx';
import { FailureLine } from '../controls/FailureLine.tsx';
import { useDeed } from '../controls/use-deed.ts';
import { useScreen } from '../screen/screen-context.ts';
import { AuditTable } from './AuditTable.tsx';
import { saveAudit } from './save-table.ts';
import { TakeRecords } from './TakeRecords.tsx';
import { usePages } from './use-pages.ts';

/** Whether carriers billed more segments than texts have, and the way to hold their record files against our count. */
export function AuditSection(): ReactElement {
  const screen = useScreen();
  const { host } = screen;
  const saving = useDeed();
  const fetch = useCallback(
    (before: EntryId | null) => host.call('audit.page', { before, limit: 50 }),
    [host],
  );
  const { rows, next, last, isBusy, failure, more, reload } = usePages(fetch);
  const words = last === null ? 'Comparing…' : auditSumWords(last.sum);
  return (
    <section className="part" aria-labelledby="audit-title">
      <h2 id="audit-title">Invoice audit</h2>
      <p role="status">{words}</p>
      <FailureLine failure={failure ?? saving.failure} />
      {rows.length === 0 ? null : (
        <>
          <div className="deeds">
            <CopyButton
              text={[words, ...rows.map(evidenceWords)].join('\n')}
              what="the evidence shown"
            />
            <button
              type="button"
              className="ghost"
              disabled={saving.isBusy}
              onClick={() => void saving.run(() => saveAudit(screen))}
            >
              Export differences
            </button>
          </div>
          <div className="wide-table" tabIndex={0} role="group" aria-label="Differences">
            <AuditTable rows={rows} />
          </div>
        </>
      )}
      {next === null ? null : (
        <div className="deeds">
          <button type="button" className="ghost" disabled={isBusy} onClick={more}>
            Show more differences
          </button>
        </div>
      )}
      <TakeRecords onTaken={reload} />
    </section>
  );
}
