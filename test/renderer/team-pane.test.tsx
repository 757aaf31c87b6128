import { act, fireEvent, screen as page, within } from '@testing-library/react';
import { describe, expect, it } from 'vitest';

// Here already, so that no test waits for what the screen loads on demand.
import '#renderer/team/TeamPane.tsx';
import { openConnections, openTeam } from '#renderer/store/go-to.ts';
import { CommandFailure } from '#shared/contract/failure.ts';
import { fill, pressButton } from '#test/fakes/render-connections.tsx';
import { renderApp, settled, told } from '#test/fakes/render-screen.tsx';
import { kim, makeTeam, sam, TeamHost } from '#test/fakes/team-host.ts';

async function renderTeam(host = new TeamHost()) {
  const rendered = await renderApp(host);
  await act(() => openTeam(rendered.screen));
  await settled();
  return rendered;
}

const field = (name: string) => page.getByRole<HTMLInputElement>('textbox', { name });
/** What is said beside a field. */
const wordsOf = (name: string): string =>
  document.querySelector(`[id="${field(name).getAttribute('aria-describedby')}"]`)?.textContent ??
  '';

async function fillAndJoin(): Promise<void> {
  fill('Relay address', 'https://relay.example');
  fill('Pairing code', 'ABCD-EFGH');
  fill('Your name', 'Kim Park');
  await pressButton('Join the team');
}

describe('without a team', () => {
  it('is reached from the settings by keys, and says what a team is and where a code comes from', async () => {
    await renderApp(TeamHost.withoutTeam());
    fireEvent.keyDown(window, { key: ',', ctrlKey: true });
    await settled();
    fireEvent.click(page.getByRole('menuitem', { name: 'Team' }));
    await settled();
    expect(page.getByRole('heading', { name: 'Team', level: 1 })).toBeDefined();
    expect(page.getByText(/Several desktops can share lines/)).toBeDefined();
    expect(page.getByText(/^npm run trunkline -- pair/)).toBeDefined();
  });

  it('joins with what was typed', async () => {
    const { host } = await renderTeam(TeamHost.withoutTeam());
    await fillAndJoin();
    expect(host.asked('team.join')).toEqual([
      { address: 'https://relay.example', code: 'ABCD-EFGH', name: 'Kim Park' },
    ]);
    expect(page.queryByRole('form', { name: 'Join a team' })).toBeNull();
    expect(page.getByRole('list', { name: 'Members' })).toBeDefined();
    expect(document.querySelector('[aria-live="polite"].unseen')?.textContent).toBe(
      'Joined the team. Workspace: main.',
    );
    expect(document.activeElement?.textContent).toBe('Team');
  });

  it('says beside each field what is missing, and goes to the first', async () => {
    const { host } = await renderTeam(TeamHost.withoutTeam());
    fill('Relay address', 'relay');
    await pressButton('Join the team');
    expect(wordsOf('Relay address')).toBe('Write the whole address, beginning with https://.');
    expect(wordsOf('Pairing code')).toBe('Write the code that you were given.');
    expect(wordsOf('Your name')).toBe('Write the name that the others shall see.');
    expect(document.activeElement).toBe(field('Relay address'));
    expect(host.asked('team.join')).toEqual([]);
  });

  it('says a refusal beside the field it names until that is changed', async () => {
    const { host } = await renderTeam(TeamHost.withoutTeam());
    host.answer('team.join', () => {
      throw new CommandFailure('refused', 'This code was used before.', {
        field: 'code',
        cure: 'Ask for a new one.',
      });
    });
    await fillAndJoin();
    expect(wordsOf('Pairing code')).toBe('This code was used before. Ask for a new one.');
    expect(document.activeElement).toBe(field('Pairing code'));
    expect(page.queryByRole('alert')).toBeNull();
    fill('Pairing code', 'WXYZ-1234');
    expect(wordsOf('Pairing code')).not.toContain('used before');
    expect(field('Your name').value).toBe('Kim Park');
  });

  it('says what names no field above the button', async () => {
    const { host } = await renderTeam(TeamHost.withoutTeam());
    host.answer('team.join', () => {
      throw new CommandFailure('storage', 'The disk is full.');
    });
    await fillAndJoin();
    expect(page.getByRole('alert').textContent).toBe('The disk is full.');
  });
});

describe('in a team', () => {
  const standing = () => page.getByRole('region', { name: 'How it stands' }).textContent;

  it('says how it stands, in words beside the glyph, and keeps up', async () => {
    const { host } = await renderTeam();
    expect(standing()).toContain('Connected to the relay.');
    expect(standing()).toContain('https://relay.example');
    expect(page.getByText('Workspace main')).toBeDefined();
    expect(standing()).toContain('Still to come innothing');
    await told(() => host.turn({ state: 'behind', lag: 1_204, waiting: 1 }));
    expect(standing()).toContain('Catching up');
    expect(standing()).toContain('Still to come in1,204 deliveries');
    expect(standing()).toContain('Still to tell the others1 thing');
    await told(() => host.turn({ state: 'connecting', lag: 0 }));
    expect(standing()).toContain('Still to come innot known now');
    await told(() => host.turn({ refused: 'A note was too long for the relay.' }));
    expect(page.getByRole('alert').textContent).toBe('A note was too long for the relay.');
  });

  it('lists who is in it and who is connected', async () => {
    const { host } = await renderTeam();
    const members = () =>
      within(page.getByRole('list', { name: 'Members' }))
        .getAllByRole('listitem')
        .map((item) => item.textContent);
    expect(members()).toEqual(['KPKim Parkyou, hereOnline', 'SSamOffline']);
    await told(() => host.turn({ members: [kim, { ...sam, online: true }] }));
    expect(members()[1]).toBe('SSamOnline');
    await told(() => host.turn({ state: 'connecting' }));
    expect(members()).toEqual(['KPKim Parkyou, here', 'SSam']);
  });

  it('gives way to the connections, and takes their place', async () => {
    const { screen } = await renderTeam();
    const title = () => page.getByRole('heading', { level: 1 }).textContent;
    await act(() => openConnections(screen));
    await settled();
    expect(title()).toBe('Connections');
    await act(() => openTeam(screen));
    await settled();
    expect(title()).toBe('Team');
  });

  it('is left after it was said what stays', async () => {
    const { host } = await renderTeam(new TeamHost(makeTeam({ waiting: 2 })));
    await pressButton('Leave team…');
    const dialog = page.getByRole('alertdialog', { name: 'Leave the team?' });
    expect(dialog.textContent).toContain('Every conversation that is here stays');
    expect(dialog.textContent).toContain('have not been told of 2 things you did here');
    expect(document.activeElement?.textContent).toBe('Cancel');
    await pressButton('Cancel');
    expect(host.asked('team.leave')).toEqual([]);
    await pressButton('Leave team…');
    await pressButton('Leave team');
    expect(host.asked('team.leave')).toEqual([{}]);
    expect(document.activeElement?.textContent).toBe('Team');
    expect(page.getByRole('form', { name: 'Join a team' })).toBeDefined();
  });

  it('says why it could not be left', async () => {
    const { host } = await renderTeam();
    host.answer('team.leave', () => {
      throw new CommandFailure('storage', 'The disk is full.');
    });
    await pressButton('Leave team…');
    await pressButton('Leave team');
    expect(within(page.getByRole('alertdialog')).getByRole('alert').textContent).toBe(
      'The disk is full.',
    );
  });

  it('tries again where the host did not tell', async () => {
    const host = new TeamHost();
    const answer = host.answerOf('team.get');
    host.answer('team.get', () => {
      throw new CommandFailure('deadline', 'It took too long.');
    });
    await renderTeam(host);
    expect(page.getByText('It took too long.')).toBeDefined();
    host.answer('team.get', answer);
    await pressButton('Try again');
    expect(standing()).toContain('Connected to the relay.');
  });
});
