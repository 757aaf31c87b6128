import { act, fireEvent, screen as page, within } from '@testing-library/react';
import { describe, expect, it } from 'vitest';

import type { ShownGap } from '#shared/contract/gap-commands.ts';
import type { CheckView } from '#shared/message/check.ts';
import { gapIdSchema } from '#shared/message/gap.ts';
import { CarrierHost, twilioId } from '#test/fakes/carrier-host.ts';
import { fill, pressButton, renderConnections } from '#test/fakes/render-connections.tsx';

const gap: ShownGap = {
  id: gapIdSchema.parse(1),
  connectionId: twilioId,
  line: '+12065550150',
  lineLabel: 'Main line',
  missing: 2,
  since: 1,
  until: 2,
  state: 'open',
  found: 0,
  sentence: '2 texts or calls to Main line are missing; the carrier’s list is being read',
  canDismiss: false,
};

/** A host with two lines on its connection. */
function twoLines() {
  const host = new CarrierHost();
  host.lines = [];
  const common = { connectionId: twilioId, numberType: '10dlc' } as const;
  const main = host.addLine({ ...common, number: '+12065550150', label: 'Main line' });
  const desk = host.addLine({ ...common, number: '+12065550151', label: 'Front desk' });
  const check: CheckView = {
    id: 1,
    fromLineId: desk.id,
    toLineId: main.id,
    state: 'arrived',
    startedAt: 1,
    acceptedAt: 2,
    arrivedAt: 3,
    sentence: 'Arrived by webhook after 2.4 s',
  };
  return { host, main, desk, check };
}

describe('what is missing', () => {
  it('is not spoken of where nothing is', async () => {
    await renderConnections();
    expect(page.queryByRole('list', { name: 'Missing texts and calls' })).toBeNull();
  });

  it('is said, and put away once nothing more is done about it', async () => {
    const { host } = twoLines();
    host.answer('gaps.list', () => ({ gaps: [gap] }));
    host.answer('gap.dismiss', () => {
      host.tell('gaps.changed', { gaps: [] });
      return {};
    });
    const { screen } = await renderConnections(host);
    const list = page.getByRole('list', { name: 'Missing texts and calls' });
    expect(within(list).getByText(gap.sentence)).toBeDefined();
    expect(within(list).queryByRole('button')).toBeNull();
    const sentence = 'Recovered 2 of 2 texts or calls to Main line from the carrier’s list';
    act(() =>
      host.tell('gaps.changed', {
        gaps: [{ ...gap, state: 'filled', sentence, canDismiss: true }],
      }),
    );
    await pressButton(`Dismiss: ${sentence}`);
    expect(host.asked('gap.dismiss')).toEqual([{ gapId: 1 }]);
    expect(page.queryByText(sentence)).toBeNull();
    expect(screen.care.getState().gaps).toEqual([]);
  });
});

describe('a check of a line', () => {
  it('is set off now, from the line that is chosen, and its end is said', async () => {
    const { host, main, desk, check } = twoLines();
    host.answer('check.now', () => {
      host.tell('checks.changed', { plans: [], checks: [check] });
      return { check };
    });
    await renderConnections(host);
    expect(page.getAllByText('Not checked yet')).toHaveLength(2);
    await pressButton('Check the line Main line');
    expect(page.getByText(/costs what a text of 1 segment costs/)).toBeDefined();
    await pressButton('Check now');
    expect(host.asked('check.now')).toEqual([{ fromLineId: desk.id, toLineId: main.id }]);
    expect(page.getByText('Last check: arrived by webhook after 2.4 s')).toBeDefined();
    const recent = page.getByRole('list', { name: 'Recent checks of Main line' });
    expect(within(recent).getByText(/Arrived by webhook/)).toBeDefined();
  });

  it('is planned within its bounds, and taken back', async () => {
    const { host, main, desk } = twoLines();
    host.answer('check.plan', (plan) => {
      host.tell('checks.changed', { plans: [{ ...plan, nextAt: 1 }], checks: [] });
      return {};
    });
    host.answer('check.unplan', () => ({}));
    await renderConnections(host);
    await pressButton('Check the line Main line');
    fireEvent.click(page.getByLabelText('Check by itself'));
    fill('Hours between checks', '169');
    expect(page.getByText('A whole number from 1 to 168.')).toBeDefined();
    expect(page.getByRole<HTMLButtonElement>('button', { name: 'Save' }).disabled).toBe(true);
    fill('Hours between checks', '12');
    await pressButton('Save');
    const route = { fromLineId: desk.id, toLineId: main.id };
    expect(host.asked('check.plan')).toEqual([{ ...route, everyHours: 12 }]);
    expect(page.getByText('Checked every 12 hours')).toBeDefined();
    fireEvent.click(page.getByLabelText('Check by itself'));
    await pressButton('Save');
    expect(host.asked('check.unplan')).toEqual([{ toLineId: main.id }]);
  });
});
