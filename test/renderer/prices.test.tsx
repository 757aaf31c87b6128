import { fireEvent, screen as page } from '@testing-library/react';
import { describe, expect, it } from 'vitest';

import { CampaignEstimate } from '#renderer/pricing/CampaignEstimate.tsx';
import type { ConnectionRates } from '#shared/contract/cost-commands.ts';
import { type RateCard, usualRateCard } from '#shared/pricing/rate-card.ts';
import { MemoryHost } from '#test/fakes/memory-host.ts';
import {
  makeScreen,
  press,
  renderApp,
  renderIn,
  settled,
  told,
  write,
} from '#test/fakes/render-screen.tsx';
import { makeText, makeThread, supportLine } from '#test/fakes/small-world.ts';

const usual = usualRateCard('twilio');
const none = { segment: [0, 0], mms: [0, 0] } as RateCard['rates'];
const rates = (segment: [number, number]): ConnectionRates[] => [
  {
    connectionId: supportLine.connectionId,
    isUsual: false,
    card: {
      ...usual,
      rates: { segment, mms: [30_000, 30_000] },
      surcharges: {
        '10dlc': none,
        'toll-free': { segment: [1_000, 1_000], mms: [0, 0] },
        'short-code': none,
        other: none,
      },
    },
  },
];

async function renderPriced(segment: [number, number] = [8_000, 8_000]) {
  const host = new MemoryHost();
  host.rates = rates(segment);
  host.add(makeThread(1, { name: 'Dana Reyes' }), [makeText({ text: 'Hello' })]);
  const rendered = await renderApp(host);
  fireEvent.click(page.getByRole('button', { name: 'Dana Reyes' }));
  await settled();
  return rendered;
}

const curly = `It’s here. ${'Please call us back when you can. '.repeat(4)}`;

describe('the flight check', () => {
  it('says what a text costs and what its fix would save, and mends it with one key', async () => {
    await renderPriced();
    write(curly);
    expect(page.getByText('3 segments · UCS-2 because of ’ · $0.024')).toBeDefined();
    expect(page.getByRole('button', { name: /^Fix/ }).textContent).toBe(
      'Fix (1 segment, $0.008) Ctrl Shift 1',
    );
    press('!', { code: 'Digit1', ctrlKey: true, shiftKey: true });
    expect(page.getByText('1 segment · $0.008')).toBeDefined();
  });

  it('says from the least to the most where that is all that is known', async () => {
    await renderPriced([7_000, 9_000]);
    write(curly);
    expect(page.getByText(/ · \$0\.021–\$0\.027$/)).toBeDefined();
  });

  it('says that one MMS would cost less, once it surely would', async () => {
    await renderPriced();
    write('a'.repeat(306));
    expect(page.getByText('2 segments · $0.016')).toBeDefined();
    write('a'.repeat(600));
    expect(
      page.getByText('4 segments · $0.032 · as one MMS, with a picture, only $0.030'),
    ).toBeDefined();
  });

  it('prices what leaves: what the line puts behind a text counts, in the fix too', async () => {
    const { host, clock } = await renderPriced();
    host.answer('message.judge', () => ({
      verdict: { kind: 'allowed' },
      purpose: 'outreach',
      findings: [],
      behind: 'Reply STOP to opt out.',
    }));
    write(`It’s ${'a'.repeat(150)}`);
    await told(() => clock.advance(300));
    expect(page.getByText('3 segments · UCS-2 because of ’ · $0.024')).toBeDefined();
    expect(page.getByRole('button', { name: /^Fix \(2 segments, \$0\.016\)/ })).toBeDefined();
  });

  it('goes by rates that a colleague set just now', async () => {
    const { host } = await renderPriced();
    write('Hello');
    await told(() => host.tell('rates.changed', { rates: rates([20_000, 20_000]) }));
    expect(page.getByText('1 segment · $0.020')).toBeDefined();
  });
});

it('a new message shows what it would cost over each line', async () => {
  const host = new MemoryHost();
  host.rates = rates([8_000, 8_000]);
  await renderApp(host);
  fireEvent.click(page.getByRole('button', { name: /New message/ }));
  const options = () => page.getAllByRole('option').map(({ textContent }) => textContent);
  expect(options()).toEqual(['Support · (206) 555-0142', 'Billing · (800) 555-0117']);
  write('Hello');
  expect(options()).toEqual([
    'Support · (206) 555-0142 · $0.008',
    'Billing · (800) 555-0117 · $0.009',
  ]);
});

it('a campaign is reckoned in words and figures, without those who are left out', async () => {
  const host = new MemoryHost();
  host.rates = rates([5_000, 20_000]);
  const { screen } = makeScreen(host);
  await renderIn(
    screen,
    <CampaignEstimate
      lineId={supportLine.id}
      texts={[{ segments: 1, isMms: false, recipients: 10_000 }]}
      excluded={12}
    />,
  );
  expect(page.getByText('$50.00–$200.00')).toBeDefined();
  expect(page.getByText(/^10,000 messages × 1 segment × /)).toBeDefined();
  expect(page.getByText(/^12 people are left out and cost nothing\./)).toBeDefined();
  expect(page.getByText('$42.00–$49.50; with vetting $83.00–$90.50')).toBeDefined();
});
