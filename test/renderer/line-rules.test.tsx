import { act, fireEvent, screen as page } from '@testing-library/react';
import { describe, expect, it } from 'vitest';

import { usualPolicy } from '#shared/compliance/line-policy.ts';
import { CommandFailure } from '#shared/contract/failure.ts';
import { CarrierHost, twilioId } from '#test/fakes/carrier-host.ts';
import { fill, pressButton, renderConnections } from '#test/fakes/render-connections.tsx';

const usualWords =
  'New texts in the recipient’s night are warned of; a first text without consent is warned of; risky content is warned of; a conversation is live for 24 hours.';

/** A host with one line, whose rules can be changed. */
function oneLine() {
  const host = new CarrierHost();
  host.lines = [];
  const line = host.addLine({
    connectionId: twilioId,
    numberType: '10dlc',
    number: '+12065550150',
    label: 'Main line',
  });
  host.answer('policy.save', (input) => {
    host.tell('policy.changed', input);
    return input;
  });
  return { host, line };
}

const choose = (label: string, value: string): void =>
  void fireEvent.change(page.getByLabelText(label), { target: { value } });

describe('the rules of a line', () => {
  it('are said in a sentence, changed in a form, and said anew', async () => {
    const { host, line } = oneLine();
    await renderConnections(host);
    expect(page.getByText(usualWords)).toBeDefined();
    await pressButton('Rules of the line Main line');
    choose('New texts at night', 'hold');
    choose('Risky content', 'refuse');
    fill('Hours a conversation is live', '48');
    await pressButton('Save');
    const policy = { ...usualPolicy, quietHours: 'hold', content: 'refuse', liveHours: 48 };
    expect(host.asked('policy.save')).toEqual([{ lineId: line.id, policy }]);
    expect(page.getByText(/^New texts wait for the recipient’s day; .+ 48 hours\.$/)).toBeDefined();
    expect(page.queryByRole('form', { name: 'Rules of Main line' })).toBeNull();
  });

  it.each(['0', '169', '', 'x', '1.5'])('take no live conversation of %j hours', async (hours) => {
    const { host } = oneLine();
    await renderConnections(host);
    await pressButton('Rules of the line Main line');
    fill('Hours a conversation is live', hours);
    expect(page.getByText('A whole number from 1 to 168.')).toBeDefined();
    expect(page.getByRole<HTMLButtonElement>('button', { name: 'Save' }).disabled).toBe(true);
  });

  it('are followed where a colleague changes them', async () => {
    const { host, line } = oneLine();
    await renderConnections(host);
    act(() =>
      host.tell('policy.changed', {
        lineId: line.id,
        policy: { ...usualPolicy, quietHours: 'off' },
      }),
    );
    expect(page.getByText(/^New texts leave at any hour;/)).toBeDefined();
  });

  it('that could not be saved stay as written, with what went wrong', async () => {
    const { host } = oneLine();
    host.answer('policy.save', () => {
      throw new CommandFailure('storage', 'The disk is full.', { cure: 'Free some space.' });
    });
    await renderConnections(host);
    await pressButton('Rules of the line Main line');
    choose('Risky content', 'refuse');
    await pressButton('Save');
    expect(page.getByText(/The disk is full/)).toBeDefined();
    expect(page.getByLabelText<HTMLSelectElement>('Risky content').value).toBe('refuse');
  });
});
