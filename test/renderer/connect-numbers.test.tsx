import { fireEvent, screen as page, within } from '@testing-library/react';
import { describe, expect, it } from 'vitest';

import { makeNumber } from '#test/fakes/carrier-host.ts';
import {
  beginConnecting,
  chooseCarrier,
  enterTwilio,
  twoCarriers,
  valueOf,
} from '#test/fakes/connect-steps.tsx';
import { fill, pressButton } from '#test/fakes/render-connections.tsx';

describe('the numbers', () => {
  it('found are chosen, named, and shown with type and registration', async () => {
    const made = twoCarriers();
    made.numbers = [
      makeNumber('+12065550150', {
        label: 'Front desk',
        registration: { state: 'pending', brandId: null, campaignId: null, detail: null },
      }),
      makeNumber('+18445550102', { numberType: 'toll-free' }),
      makeNumber('+12065550152', { sms: false }),
    ];
    await beginConnecting(made);
    await enterTwilio();
    await pressButton('Test and continue');
    const rows = within(page.getByRole('list', { name: 'Numbers' }))
      .getAllByRole('listitem')
      .map((row) => row.textContent);
    expect(rows[0]).toContain('Registration pending');
    expect(rows[1]).toContain('Toll-free');
    expect(rows[2]).toContain('No texts');
    expect(page.getByText('2 lines chosen')).toBeDefined();
    expect(valueOf('Name of (206) 555-0150')).toBe('Front desk');
    fireEvent.click(page.getByRole('checkbox', { name: '(844) 555-0102' }));
    expect(page.getByText('1 line chosen')).toBeDefined();
  });

  it('are not chosen unasked where there are many, and can be filtered', async () => {
    const made = twoCarriers();
    made.numbers = Array.from({ length: 40 }, (_, nth) =>
      makeNumber(`+1206555${`${nth}`.padStart(4, '0')}`),
    );
    await beginConnecting(made);
    await enterTwilio();
    await pressButton('Test and continue');
    expect(page.getByText(/^None chosen/)).toBeDefined();
    fill('Filter numbers', '555-003');
    await pressButton('Choose all 10');
    expect(page.getByText('10 lines chosen')).toBeDefined();
  });

  it('are written by hand where the carrier lists none, and checked', async () => {
    const made = twoCarriers();
    made.answer('connection.test', () => ({ kind: 'good', account: null, numbers: [] }));
    await beginConnecting(made);
    await chooseCarrier('Plain');
    fill('Key', 'k');
    await pressButton('Test and continue');
    expect(
      page.getByText('Plain does not tell its numbers. Write those you have there.'),
    ).toBeDefined();
    fill('Number', '555-0142');
    expect(page.getByText(/The area code is missing/)).toBeDefined();
    const add = page.getByRole<HTMLButtonElement>('button', { name: 'Add' });
    expect(add.disabled).toBe(true);
    fill('Number', '(800) 555-0117');
    expect(page.getByLabelText<HTMLSelectElement>('Type').value).toBe('toll-free');
    await pressButton('Add');
    fill('Number', '72345');
    await pressButton('Add');
    expect(page.getByText('2 lines chosen')).toBeDefined();
    await pressButton('Continue');
    await pressButton('Connect');
    expect(made.asked('connection.add')[0]?.numbers).toEqual([
      { number: '+18005550117', numberType: 'toll-free', label: '(800) 555-0117' },
      { number: '72345', numberType: 'short-code', label: '72345' },
    ]);
  });

  it('keep their names and those written by hand when the credentials are tried again', async () => {
    const { host: made } = await beginConnecting();
    await enterTwilio();
    await pressButton('Test and continue');
    fill('Name of (206) 555-0150', 'Reception');
    fill('Number', '206 555 0199');
    await pressButton('Add');
    await pressButton('Back');
    fill('Auth token', 'another');
    made.numbers = [...made.numbers, makeNumber('+12065550151')];
    await pressButton('Test and continue');
    expect(valueOf('Name of (206) 555-0150')).toBe('Reception');
    expect(page.getAllByRole('checkbox').map((box) => box.closest('label')?.textContent)).toEqual([
      '(206) 555-0150',
      '(206) 555-0151',
      '(206) 555-0199',
    ]);
  });
});
