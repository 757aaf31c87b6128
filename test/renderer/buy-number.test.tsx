import { act, fireEvent, screen as page, within } from '@testing-library/react';
import { describe, expect, it } from 'vitest';

import { capabilities as twilio } from '#main/providers/twilio/capabilities.ts';
import { CommandFailure } from '#shared/contract/failure.ts';
import { CarrierHost, twilioId } from '#test/fakes/carrier-host.ts';
import { fill, pressButton, renderConnections } from '#test/fakes/render-connections.tsx';
import { settled, told } from '#test/fakes/render-screen.tsx';

const open = (host = new CarrierHost()) =>
  renderConnections(host, { page: 'numbers', connectionId: twilioId });
const rows = () =>
  within(page.getByRole('table'))
    .getAllByRole('row')
    .slice(1)
    .map((row) => row.textContent);

const offer = {
  number: '+12065550130',
  numberType: '10dlc',
  place: 'Seattle, WA',
  sms: true,
  mms: true,
  setupMicros: 1_000_000,
  monthlyMicros: 1_150_000,
} as const;

async function find(host = new CarrierHost()) {
  host.answer('numbers.search', () => ({ offers: [offer] }));
  const rendered = await open(host);
  fill('Area code', '206');
  await pressButton('Find numbers');
  return rendered;
}

describe('numbers for sale', () => {
  it('are looked for by area code', async () => {
    const { host } = await find();
    expect(host.asked('numbers.search')).toEqual([
      { connectionId: twilioId, areaCode: '206', tollFree: false },
    ]);
    const list = within(page.getByRole('list', { name: 'Numbers for sale' }));
    expect(list.getByRole('listitem').textContent).toBe(
      '(206) 555-0130Seattle, WA · SMS · MMS$1.15 a month and $1.00 once for set-upBuy…',
    );
  });

  it('are looked for among toll-free ones, without an area code', async () => {
    const { host } = await open();
    host.answer('numbers.search', () => ({ offers: [] }));
    fill('Area code', '206');
    fireEvent.click(page.getByRole('radio', { name: 'Toll-free' }));
    await pressButton('Find numbers');
    expect(host.asked('numbers.search')).toEqual([
      { connectionId: twilioId, areaCode: null, tollFree: true },
    ]);
    expect(page.getByText(/has none for sale there now/)).toBeDefined();
  });

  it('are not looked for by what is no area code', async () => {
    const { host } = await open();
    fill('Area code', '20');
    expect(page.getByText('Write three to seven digits, such as 206.')).toBeDefined();
    expect(page.getByRole<HTMLButtonElement>('button', { name: 'Find numbers' }).disabled).toBe(
      true,
    );
    expect(host.asked('numbers.search')).toEqual([]);
  });

  it('say why they could not be found', async () => {
    const { host } = await open();
    host.answer('numbers.search', () => {
      throw new CommandFailure('refused', 'The account may not do this.', { cure: 'Ask.' });
    });
    await pressButton('Find numbers');
    expect(page.getByRole('alert').textContent).toBe('The account may not do this. Ask.');
  });

  it('cannot be bought where the carrier does not sell them here', async () => {
    const host = new CarrierHost();
    host.carriers = [{ id: 'twilio', capabilities: { ...twilio, buysNumbers: false } }];
    await find(host);
    expect(page.queryByRole('button', { name: /^Buy/ })).toBeNull();
  });
});

describe('buying a number', () => {
  const dialog = () => within(page.getByRole('alertdialog', { name: 'Buy (206) 555-0130?' }));

  it('names number, price and account first, and buys nothing on Cancel', async () => {
    const { host } = await find();
    await pressButton('Buy (206) 555-0130…');
    expect(
      dialog().getByText(
        '(206) 555-0130 costs $1.15 a month and $1.00 once for set-up, charged to the Twilio account “Main office”.',
      ),
    ).toBeDefined();
    expect(document.activeElement?.textContent).toBe('Cancel');
    fireEvent.click(dialog().getByRole('button', { name: 'Cancel' }));
    await settled();
    expect(host.asked('numbers.buy')).toEqual([]);
  });

  it('buys what was confirmed at the price that was shown, once', async () => {
    const { host, screen } = await find();
    await pressButton('Buy (206) 555-0130…');
    fill('Name of the line', 'Seattle');
    const buy = dialog().getByRole('button', {
      name: 'Buy for $1.15 a month and $1.00 once for set-up',
    });
    act(() => {
      buy.click();
      buy.click();
    });
    await settled();
    expect(host.asked('numbers.buy')).toEqual([
      { connectionId: twilioId, offer, label: 'Seattle' },
    ]);
    expect(page.queryByRole('alertdialog')).toBeNull();
    expect(rows()[1]).toContain('Seattle');
    expect(page.queryByRole('button', { name: 'Buy (206) 555-0130…' })).toBeNull();
    expect(screen.announcement.getState().words).toBe('(206) 555-0130 is bought and a line now.');
  });

  it('warns where the carrier tells no price', async () => {
    const host = new CarrierHost();
    host.answer('numbers.search', () => ({
      offers: [{ ...offer, setupMicros: null, monthlyMicros: null }],
    }));
    await open(host);
    await pressButton('Find numbers');
    expect(page.getByText('Price not told')).toBeDefined();
    await pressButton('Buy (206) 555-0130…');
    expect(dialog().getByText(/Look it up with the carrier before you buy/)).toBeDefined();
    expect(dialog().getByRole('button', { name: 'Buy at an unknown price' })).toBeDefined();
  });

  it('says in the dialog why it was not bought', async () => {
    const { host } = await find();
    host.answer('numbers.buy', () => {
      throw new CommandFailure('refused', 'No balance left.', { cure: 'Top up the account.' });
    });
    await pressButton('Buy (206) 555-0130…');
    await pressButton(/^Buy for/);
    expect(dialog().getByRole('alert').textContent).toBe(
      'No balance left. Top up the account. The carrier’s list does not show it as yours, so it was most likely not bought.',
    );
    expect(host.asked('numbers.buy')).toHaveLength(1);
  });

  it('takes the number for bought where the answer was lost but the carrier lists it', async () => {
    const { host } = await find();
    const bought = host.answerOf('numbers.buy');
    host.answer('numbers.buy', async (input) => {
      await bought(input);
      throw new CommandFailure('deadline', 'No answer in time.');
    });
    await pressButton('Buy (206) 555-0130…');
    await pressButton(/^Buy for/);
    expect(page.queryByRole('alertdialog')).toBeNull();
    expect(host.asked('numbers.buy')).toHaveLength(1);
    expect(host.asked('line.add')).toMatchObject([{ number: '+12065550130' }]);
  });

  it('says so where nobody can tell whether it was bought', async () => {
    const { host } = await find();
    const lost = (): never => {
      throw new CommandFailure('closed', 'The connection was lost.');
    };
    host.answer('numbers.buy', lost).answer('connection.numbers', lost);
    await pressButton('Buy (206) 555-0130…');
    await pressButton(/^Buy for/);
    expect(dialog().getByRole('alert').textContent).toContain(
      'Whether it was bought could not be learnt',
    );
  });

  it('cannot be left while it is under way', async () => {
    const { host } = await find();
    const gate = Promise.withResolvers<void>();
    const bought = host.answerOf('numbers.buy');
    host.answer('numbers.buy', async (input) => {
      await gate.promise;
      return bought(input);
    });
    await pressButton('Buy (206) 555-0130…');
    await pressButton(/^Buy for/);
    fireEvent.click(dialog().getByRole('button', { name: 'Cancel' }));
    await settled();
    expect(dialog().getByRole<HTMLButtonElement>('button', { name: 'Buying…' }).disabled).toBe(
      true,
    );
    await told(() => gate.resolve());
    await settled();
    expect(page.queryByRole('alertdialog')).toBeNull();
  });
});
