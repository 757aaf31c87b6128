import { fireEvent, screen as page, within } from '@testing-library/react';
import { describe, expect, it } from 'vitest';

import '#renderer/team/TeamPane.tsx';
import { renderApp, settled, told } from '#test/fakes/render-screen.tsx';
import { makeTeam, TeamHost } from '#test/fakes/team-host.ts';

const bar = () => page.getByRole('contentinfo');
/** What the one live region says now. */
const said = (): string => document.querySelector('[aria-live="polite"].unseen')?.textContent ?? '';

describe('the team in the status bar', () => {
  it('is not there without a team', async () => {
    await renderApp(TeamHost.withoutTeam());
    expect(bar().textContent).not.toMatch(/team/iu);
  });

  it('says its state in words and leads to its page', async () => {
    const { host } = await renderApp(new TeamHost());
    const button = () => within(bar()).getByRole('button', { name: /^Team/ });
    expect(button().textContent).toBe('Team connected');
    await told(() => host.turn({ state: 'behind', lag: 12 }));
    expect(button().textContent).toBe('Team connected, 12 behind');
    await told(() => host.turn({ state: 'connecting', sentence: 'No answer from the relay.' }));
    expect(button().textContent).toBe('Team relay not reached; trying again');
    expect(button().title).toBe('No answer from the relay.');
    await told(() => host.turn({ state: 'stopped' }));
    expect(button().textContent).toBe('Team not connected');
    fireEvent.click(button());
    await settled();
    expect(page.getByRole('heading', { name: 'Team', level: 1 })).toBeDefined();
  });

  it('is said aloud when it is reached and when it is not, and not with every count', async () => {
    const { host } = await renderApp(new TeamHost(makeTeam({ state: 'connecting' })));
    expect(said()).toBe('');
    await told(() => host.turn({ state: 'behind', lag: 12 }));
    expect(said()).toBe('Team connected, 12 behind');
    await told(() => host.turn({ lag: 11 }));
    await told(() => host.turn({ state: 'connected', lag: 0 }));
    expect(said()).toBe('Team connected, 12 behind');
    await told(() => host.turn({ state: 'stopped' }));
    expect(said()).toBe('Team not connected');
  });

  it('is asked for again after a break', async () => {
    const { host } = await renderApp(new TeamHost());
    host.team = makeTeam({ state: 'stopped' });
    await told(() => host.become('reconnecting'));
    await told(() => host.become('connected'));
    await settled();
    expect(bar().textContent).toContain('Team not connected');
  });
});
