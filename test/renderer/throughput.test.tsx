import { fireEvent, screen as page, within } from '@testing-library/react';
import { describe, expect, it, test } from 'vitest';

import '#renderer/connections/ConnectionsPane.tsx';
import { isHigh, meterNote, meterWords } from '#renderer/throughput/meter-words.ts';
import { perSecond, rateOf, speedWords } from '#renderer/throughput/speed-words.ts';
import type { Meter } from '#shared/contract/registration-commands.ts';
import { MemoryHost } from '#test/fakes/memory-host.ts';
import { renderApp, settled, told } from '#test/fakes/render-screen.tsx';

const meter = (more: Partial<Meter> = {}): Meter => ({
  of: 'brand',
  id: 'BACME1',
  whose: 'T-Mobile today',
  name: 'Acme',
  used: 1_412,
  limit: 2_000,
  resetsAt: Date.UTC(2026, 10, 22, 8),
  kept: 400,
  lineIds: [],
  ...more,
});

describe('the meters', () => {
  it('say in the status bar what is nearly used up, and lead to the page about it', async () => {
    const { host } = await renderApp(new MemoryHost());
    const bar = page.getByRole('contentinfo');
    await told(() => host.tell('throughput.changed', { meters: [meter({ used: 1_399 })] }));
    expect(within(bar).queryByRole('button', { name: /T-Mobile/u })).toBeNull();
    await told(() => host.tell('throughput.changed', { meters: [meter()] }));
    const button = within(bar).getByRole('button', { name: /T-Mobile/u });
    expect(button.textContent).toBe('T-Mobile today 1,412 of 2,000, resets 00:00 PT');
    fireEvent.click(button);
    await settled();
    expect(page.getByRole('heading', { name: 'Connections', level: 1 })).toBeDefined();
  });

  it('leave spans out that come and go', async () => {
    const { host } = await renderApp(new MemoryHost());
    const minute = meter({ of: 'campaign', resetsAt: null, used: 2_000 });
    await told(() => host.tell('throughput.changed', { meters: [minute] }));
    expect(within(page.getByRole('contentinfo')).queryByText(/2,000/u)).toBeNull();
  });
});

test('how full a limit is stands in words', () => {
  expect(meterNote(meter())).toBe('70 % used, 400 kept for replies');
  expect(meterNote(meter({ used: 3, kept: 0 }))).toBeNull();
  expect(meterNote(meter({ used: 2_000 }))).toBe('Used up: what is left waits.');
  expect(meterWords(meter({ resetsAt: null }))).toBe('T-Mobile today 1,412 of 2,000');
  expect([1_399, 1_400].map((used) => isHigh(meter({ used })))).toEqual([false, true]);
});

test('speeds are read and said in a second', () => {
  expect(rateOf('75')).toEqual({ limit: 75, within: 1_000 });
  expect(rateOf('0.25')).toEqual({ limit: 1, within: 4_000 });
  for (const wrong of ['', '0', '-1', 'x', '1001', '1e3']) expect(rateOf(wrong)).toBeNull();
  expect(perSecond({ limit: 1, within: 4_000 })).toBe('0.25');
  expect(speedWords({ sms: { limit: 5, within: 1_000 }, mms: null })).toBe('5 texts a second.');
  expect(speedWords(null)).toBe('It has no limit.');
});
