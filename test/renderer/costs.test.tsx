import { act, fireEvent, screen as page, within } from '@testing-library/react';
import { describe, expect, it } from 'vitest';

// Here already, so that no test waits for what the screen loads on demand.
import '#renderer/costs/CostsPane.tsx';
import { openCosts } from '#renderer/store/go-to.ts';
import type { AuditRow, CostRow } from '#shared/contract/cost-commands.ts';
import { CarrierHost, twilioId } from '#test/fakes/carrier-host.ts';
import { pressButton } from '#test/fakes/render-connections.tsx';
import { renderApp, settled } from '#test/fakes/render-screen.tsx';
import { billingLine, entryId, supportLine, uid } from '#test/fakes/small-world.ts';

const today = '2026-11-21';
const row = (day: string, more: Partial<CostRow> = {}): CostRow => ({
  day,
  lineId: supportLine.id,
  texts: 90,
  segments: 1_204,
  mms: 2,
  sums: [{ currency: 'USD', billed: 800_000, estimated: [440_000, 440_000] }],
  ...more,
});
const difference = (id: number): AuditRow => ({
  entryId: entryId(id),
  uid: uid(id),
  providerMessageId: `SM${id}`,
  connectionLabel: 'Main office',
  at: Date.UTC(2026, 10, 21, 12),
  length: 200,
  encoding: 'GSM-7',
  ours: 2,
  theirs: 3,
  overMicros: 8_300,
  currency: 'USD',
});
const sumOf = (count: number) => ({
  messages: count,
  segments: count,
  unpriced: 0,
  money: count === 0 ? [] : [{ currency: 'USD', micros: count * 8_300 }],
});

function costsHost(): CarrierHost {
  const host = new CarrierHost();
  host.answer('costs.page', ({ before }) =>
    before === null
      ? {
          today,
          next: '2026-11-20',
          rows: [row(today), row('2026-11-20', { lineId: billingLine.id })],
        }
      : { today, next: null, rows: [row('2026-10-02', { sums: [] })] },
  );
  host.answer('audit.page', () => ({ rows: [], next: null, sum: sumOf(0) }));
  return host;
}

async function renderCosts(host = costsHost()): Promise<CarrierHost> {
  const { screen } = await renderApp(host);
  await act(() => openCosts(screen));
  await settled();
  return host;
}

const cells = () =>
  within(page.getByRole('group', { name: 'Costs by line and day' }))
    .getAllByRole('row')
    .slice(1)
    .map((each) => [...each.children].map(({ textContent }) => textContent));

describe('the page about costs', () => {
  it('tells what was billed and what is estimated, by line and day', async () => {
    await renderCosts();
    expect(page.getByText('Today $1.24 (billed $0.80, estimated $0.44).')).toBeDefined();
    expect(cells()).toEqual([
      ['Today', 'Support', '90', '1,204', '2', '$0.80', '$0.44', '$1.24'],
      ['Nov 20, 2026', 'Billing', '90', '1,204', '2', '$0.80', '$0.44', '$1.24'],
    ]);
    await pressButton('Show earlier days');
    expect(cells().at(-1)).toEqual(['Oct 2, 2026', 'Support', '90', '1,204', '2', '–', '–', '']);
    expect(page.queryByRole('button', { name: 'Show earlier days' })).toBeNull();
  });

  it('lists what was billed beyond our count, with evidence', async () => {
    const host = costsHost();
    host.answer('audit.page', ({ before }) =>
      before === null
        ? { rows: [difference(9)], next: entryId(9), sum: sumOf(2) }
        : { rows: [difference(8)], next: null, sum: sumOf(2) },
    );
    await renderCosts(host);
    expect(
      page.getByText('2 messages were billed for 2 segments more than they have, $0.017 too much.'),
    ).toBeDefined();
    expect(page.getByRole('button', { name: 'Copy the evidence for SM9' })).toBeDefined();
    await pressButton('Show more differences');
    const rows = within(page.getByRole('group', { name: 'Differences' })).getAllByRole('row');
    expect(rows.map((each) => each.querySelector('code')?.textContent)).toEqual([
      undefined,
      'SM9',
      'SM8',
    ]);
  });

  it('tries a record file before it takes it', async () => {
    const host = costsHost();
    host.answer('audit.take-rows', ({ rows }) => ({
      changed: rows.length - 1,
      unchanged: 0,
      refused: [{ row: 2, because: 'No text out of this connection has this id.' }],
    }));
    await renderCosts(host);
    const file = new File(['id,segments\nSM1,2\nSM2,1\nSM3,many\n'], 'november.csv');
    fireEvent.change(page.getByLabelText('Record file'), { target: { files: [file] } });
    await settled();
    expect(
      page.getByText('november.csv: 1 row would be taken, 0 rows known already, 2 rows refused.'),
    ).toBeDefined();
    expect(page.getByText('Row 3: “many” is no number of segments.')).toBeDefined();
    await pressButton('Take 1 row');
    expect(
      host.asked('audit.take-rows').map(({ dryRun, connectionId }) => [dryRun, connectionId]),
    ).toEqual([
      [true, twilioId],
      [false, twilioId],
    ]);
    expect(page.getByText(/^november\.csv: 1 row taken/)).toBeDefined();
    expect(host.asked('audit.page')).toHaveLength(2);
  });

  it('says why a file cannot be used', async () => {
    const host = await renderCosts();
    const file = new File(['who,what\n1,2\n'], 'other.csv');
    fireEvent.change(page.getByLabelText('Record file'), { target: { files: [file] } });
    await settled();
    expect(page.getByText(/the columns are who, what\.$/)).toBeDefined();
    expect(host.asked('audit.take-rows')).toEqual([]);
  });

  it('is reached from the segments of today, which tell what they cost', async () => {
    await renderApp(costsHost());
    const button = page.getByRole('button', { name: /^Today 0 segments/ });
    fireEvent.focus(button);
    await settled();
    expect(button.title).toBe('Today $1.24 (billed $0.80, estimated $0.44)');
    await pressButton(/^Today 0 segments/);
    expect(page.getByRole('heading', { level: 1 }).textContent).toBe('Costs');
  });
});
