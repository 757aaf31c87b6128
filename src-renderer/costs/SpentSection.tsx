import { useCallback } from 'react';
import type { ReactElement } from 'react';
import { useStore } from 'zustand';

import { addSums } from '#shared/pricing/sum-costs.ts';

import { FailureLine } from '../controls/FailureLine.tsx';
import { useDeed } from '../controls/use-deed.ts';
import { useScreen } from '../screen/screen-context.ts';
import { CostTable } from './CostTable.tsx';
import { spentWords } from './money-line.ts';
import { saveCosts } from './save-table.ts';
import { usePages } from './use-pages.ts';

/** What texts cost, by line and day, the newest first. */
export function SpentSection(): ReactElement {
  const screen = useScreen();
  const { host, overview } = screen;
  const lines = useStore(overview, (known) => known.lines);
  const saving = useDeed();
  const fetch = useCallback(
    (before: string | null) => host.call('costs.page', { before, days: 7 }),
    [host],
  );
  const { rows, next, last, isBusy, failure, more } = usePages(fetch);
  const today = last?.today ?? '';
  const spentToday = addSums(rows.filter(({ day }) => day === today).flatMap(({ sums }) => sums));
  return (
    <section className="part" aria-labelledby="spent-title">
      <div className="part-head">
        <h2 id="spent-title">By line and day</h2>
        <button
          type="button"
          className="ghost"
          disabled={saving.isBusy || rows.length === 0}
          onClick={() => void saving.run(() => saveCosts(screen))}
        >
          Export CSV
        </button>
      </div>
      <p>{last === null ? 'Reckoning…' : `Today ${spentWords(spentToday)}.`}</p>
      <p className="quiet-words">
        Billed is what carriers told. What they have not told is estimated by the rates of each
        connection as they are now.
      </p>
      <FailureLine failure={failure ?? saving.failure} />
      {rows.length === 0 ? null : (
        <div className="wide-table" tabIndex={0} role="group" aria-label="Costs by line and day">
          <CostTable rows={rows} lines={lines} today={today} />
        </div>
      )}
      {last !== null && rows.length === 0 && next === null ? (
        <p className="quiet-words">Nothing has gone out yet.</p>
      ) : null}
      {next === null ? null : (
        <div className="deeds">
          <button type="button" className="ghost" disabled={isBusy} onClick={more}>
            Show earlier days
          </button>
        </div>
      )}
    </section>
  );
}
