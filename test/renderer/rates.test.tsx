import { screen as page, within } from '@testing-library/react';
import { describe, expect, it } from 'vitest';

import { usualRateCard } from '#shared/pricing/rate-card.ts';
import { readRange, writeRange } from '#shared/pricing/read-range.ts';
import { CarrierHost, twilioId } from '#test/fakes/carrier-host.ts';
import { fill, pressButton, renderConnections } from '#test/fakes/render-connections.tsx';

const ratesSection = () => within(page.getByRole('region', { name: 'What texts cost' }));

/** A host that keeps rates as the real one does. */
function hostWithRates(): CarrierHost {
  const host = new CarrierHost();
  host.rates = [{ connectionId: twilioId, card: usualRateCard('twilio'), isUsual: true }];
  host.answer('rates.save', ({ connectionId, card }) => {
    host.rates = [{ connectionId, card: card ?? usualRateCard('twilio'), isUsual: card === null }];
    host.tell('rates.changed', { rates: host.rates });
    return { rates: host.rates };
  });
  return host;
}

describe('what texts cost, on the page of a connection', () => {
  it('shows the usual prices with their day, and what registering costs', async () => {
    await renderConnections(hostWithRates());
    expect(ratesSection().getByText(/^Usual prices, as of Nov 1, 2026/)).toBeDefined();
    const [, rate, longCode] = ratesSection().getAllByRole('row');
    expect(rate?.textContent).toBe('The provider’s rate$0.0083$0.022');
    expect(longCode?.textContent).toBe('Carriers add: Long code$0.003–$0.005$0.0065–$0.010');
    expect(ratesSection().getByText('$42.00–$49.50; with vetting $83.00–$90.50')).toBeDefined();
  });

  it('is edited, kept, and put back to usual', async () => {
    const host = hostWithRates();
    await renderConnections(host);
    await pressButton('Edit rates');
    fill('The provider’s rate, per segment', '0.0079');
    fill('Carriers add: Long code, per mms', '$0.007 - 0.009');
    fill('As of', '2026-11-20');
    await pressButton('Save');
    const usual = usualRateCard('twilio');
    const dlc = { ...usual.surcharges['10dlc'], mms: [7_000, 9_000] };
    expect(host.asked('rates.save')).toEqual([
      {
        connectionId: twilioId,
        card: {
          asOf: '2026-11-20',
          currency: 'USD',
          rates: { ...usual.rates, segment: [7_900, 7_900] },
          surcharges: { ...usual.surcharges, '10dlc': dlc },
        },
      },
    ]);
    expect(ratesSection().getByText(/^Edited here, as of Nov 20, 2026/)).toBeDefined();
    expect(ratesSection().getByText('$0.0079')).toBeDefined();
    await pressButton('Reset to usual');
    expect(ratesSection().getByText(/^Usual prices/)).toBeDefined();
    expect(page.queryByRole('button', { name: 'Reset to usual' })).toBeNull();
  });

  it.each([
    ['The provider’s rate, per segment', 'much', '“much” is no amount'],
    ['The provider’s rate, per mms', '0.005-0.003', '“0.005-0.003” is no amount'],
    ['Currency', 'US', 'A currency has three letters'],
    ['As of', '', 'Say as of which day'],
  ])('says what is wrong with %s %j', async (field, written, problem) => {
    const host = hostWithRates();
    await renderConnections(host);
    await pressButton('Edit rates');
    fill(field, written);
    expect(ratesSection().getByText(new RegExp(`^${problem}`))).toBeDefined();
    expect(page.getByRole<HTMLButtonElement>('button', { name: 'Save' }).disabled).toBe(true);
  });
});

describe('a range as it is written', () => {
  it.each([
    ['0.0083', [8_300, 8_300], '0.0083'],
    ['$0.003 – $0.005', [3_000, 5_000], '0.003–0.005'],
    ['.5-12', [500_000, 12_000_000], '0.500–12.000'],
    ['0', [0, 0], '0.000'],
  ] as const)('%j', (written, range, again) => {
    expect(readRange(written)).toEqual(range);
    expect(writeRange([...range])).toBe(again);
    expect(readRange(again)).toEqual(range);
  });

  it.each(['', '-', '1-2-3', 'x', '2-1', '-1', '1e3', '1 000'])('is not %j', (written) => {
    expect(readRange(written)).toBeNull();
  });
});
