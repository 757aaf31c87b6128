import { fireEvent, screen as page, within } from '@testing-library/react';
import { describe, expect, it } from 'vitest';

import type { Details } from '#renderer/thread/TextDetails.tsx';
import type { CostSum } from '#shared/contract/cost-commands.ts';
import type { TextEntry } from '#shared/message/entry.ts';
import { usualRateCard } from '#shared/pricing/rate-card.ts';
import { MemoryHost } from '#test/fakes/memory-host.ts';
import { log, renderApp, settled } from '#test/fakes/render-screen.tsx';
import { makeMedia, makeText, makeThread, supportLine } from '#test/fakes/small-world.ts';

/** The details of a text that was billed so. */
async function detailsOf(
  billing: Details['billing'],
  text: Partial<TextEntry> = {},
  rates: MemoryHost['rates'] = [],
) {
  const host = new MemoryHost();
  host.rates = rates;
  const sums = [{ currency: 'USD', billed: 800_000, estimated: [440_000, 440_000] }] as [CostSum];
  host.answer('costs.of-thread', () => ({ texts: 9, segments: 12, mms: 0, sums }));
  host.add(makeThread(1, { name: 'Dana Reyes' }), [
    makeText({ direction: 'out', segments: 2, ...text }),
  ]);
  const details = host.answerOf('message.details');
  host.answer('message.details', async (input) => ({ ...(await details(input)), billing }));
  await renderApp(host);
  fireEvent.click(page.getByRole('button', { name: 'Dana Reyes' }));
  await settled();
  fireEvent.click(log().getByRole('button', { name: 'Details' }));
  await settled();
  return within(page.getByRole('dialog', { name: 'Message details' }));
}

const billing = { segments: 2, priceMicros: 15_800, feeMicros: 6_000, currency: 'USD' };

describe('what a text cost', () => {
  it('stands in its details', async () => {
    const details = await detailsOf(billing);
    expect(details.getByText('Billed 2 segments · $0.0158 + $0.0060 carrier fee')).toBeDefined();
    expect(details.queryByText(/by our count/)).toBeNull();
  });

  it('says where the carrier counted otherwise than we did', async () => {
    const details = await detailsOf({ ...billing, segments: 3 });
    expect(
      details.getByText('The carrier billed 3 segments; by our count it is 2 segments.'),
    ).toBeDefined();
  });

  it('is not compared where pictures went along, which are counted otherwise', async () => {
    const details = await detailsOf({ ...billing, segments: 1 }, { media: [makeMedia()] });
    expect(details.getByText(/^Billed 1 segment/)).toBeDefined();
    expect(details.queryByText(/by our count/)).toBeNull();
  });

  it('is left out where the carrier did not tell', async () => {
    const details = await detailsOf(null);
    expect(details.getByText('Carrier’s id')).toBeDefined();
    expect(details.queryByText('Cost')).toBeNull();
  });

  it('stands beside what it should cost by our count and rates', async () => {
    const { connectionId } = supportLine;
    const rates = [{ connectionId, card: usualRateCard('twilio'), isUsual: true }];
    const details = await detailsOf(billing, {}, rates);
    expect(details.getByText('Computed 2 segments · $0.023–$0.027')).toBeDefined();
    expect(
      details.getByText('Whole conversation: $1.24 (billed $0.80, estimated $0.44)'),
    ).toBeDefined();
    expect(details.getByText('Billed 2 segments · $0.0158 + $0.0060 carrier fee')).toBeDefined();
  });

  it('is that of one MMS where pictures went along', async () => {
    const { connectionId } = supportLine;
    const rates = [{ connectionId, card: usualRateCard('twilio'), isUsual: true }];
    const details = await detailsOf(null, { media: [makeMedia()] }, rates);
    expect(details.getByText('Computed one MMS · $0.029–$0.032')).toBeDefined();
  });
});
