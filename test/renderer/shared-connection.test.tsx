import { screen as page, within } from '@testing-library/react';
import { describe, expect, it } from 'vitest';

import { CarrierHost, makeConnection, twilioId } from '#test/fakes/carrier-host.ts';
import { renderConnections } from '#test/fakes/render-connections.tsx';
import { told } from '#test/fakes/render-screen.tsx';
import { makeTeam } from '#test/fakes/team-host.ts';

function sharing(): CarrierHost {
  const host = new CarrierHost();
  host.connections = [makeConnection({ origin: 'team' })];
  host.addLine({
    connectionId: twilioId,
    number: '+12065550150',
    label: 'Front desk',
    numberType: '10dlc',
  });
  return host;
}

const buttons = (): string[] =>
  within(page.getByRole('main'))
    .getAllByRole('button')
    .map((button) => button.getAttribute('aria-label') ?? button.textContent);

describe('a connection that is the team’s', () => {
  it('says so, shows its lines, and offers nothing to change but the rules of the lines', async () => {
    await renderConnections(sharing());
    expect(page.getByText('Shared by the team relay.')).toBeDefined();
    expect(
      within(page.getByRole('list', { name: 'Lines of this connection' })).getByText('Front desk'),
    ).toBeDefined();
    expect(buttons()).toEqual(['Back: Connections', 'Close', 'Rules of the line Front desk']);
  });

  it('says what it means for it that the relay is away', async () => {
    const host = sharing();
    await renderConnections(host);
    expect(page.queryByText(/The relay is not reached now/)).toBeNull();
    await told(() => host.tell('team.changed', { team: makeTeam({ state: 'connecting' }) }));
    expect(page.getByText(/so nothing comes in by it/)).toBeDefined();
  });

  it('is told apart from our own on the page and in the list', async () => {
    const host = sharing();
    host.connections = [...host.connections, makeConnection({ label: 'Own account' })];
    await renderConnections(host, { page: 'list' });
    const cards = within(page.getByRole('list', { name: 'Accounts' })).getAllByRole('listitem');
    expect(cards.map((card) => card.textContent.includes('Shared by the team relay'))).toEqual([
      true,
      false,
    ]);
  });
});
