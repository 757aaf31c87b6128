import { fireEvent, screen as page, within } from '@testing-library/react';
import { describe, expect, it } from 'vitest';

import { CommandFailure } from '#shared/contract/failure.ts';
import type { Thread } from '#shared/message/thread.ts';
import { log, renderApp, settled, told } from '#test/fakes/render-screen.tsx';
import { makeText, makeThread, threadId } from '#test/fakes/small-world.ts';
import { kim, makeTeam, sam, TeamHost } from '#test/fakes/team-host.ts';

const dana = threadId(1);

async function openDana(host: TeamHost, more: Partial<Thread> = {}, text = makeText()) {
  host.add(makeThread(1, { name: 'Dana Reyes', ...more }), [text]);
  const rendered = await renderApp(host);
  fireEvent.click(page.getByRole('button', { name: 'Dana Reyes' }));
  await settled();
  return rendered;
}

const row = () => page.getByRole('listitem', { name: 'Dana Reyes' });

async function openMenu(name: string): Promise<void> {
  fireEvent.keyDown(page.getByRole('button', { name }), { key: 'Enter' });
  await settled();
}

async function choose(name: RegExp): Promise<void> {
  fireEvent.click(page.getByRole('menuitemradio', { name }));
  await settled();
}

describe('assigning a conversation', () => {
  it('is not offered without a team, and nobody is shown', async () => {
    await openDana(TeamHost.withoutTeam(), { assignee: sam.id });
    expect(page.queryByRole('button', { name: /^Assign/ })).toBeNull();
    expect(row().textContent).not.toContain('assigned');
  });

  it('is not offered on a line of this computer alone', async () => {
    const host = new TeamHost();
    const answer = host.answerOf('overview.get');
    host.answer('overview.get', async (input) => ({ ...(await answer(input)), connections: [] }));
    await openDana(host);
    expect(page.queryByRole('button', { name: /^Assign/ })).toBeNull();
  });

  it('offers me, nobody and the others, and marks whose it is', async () => {
    const { host } = await openDana(new TeamHost());
    await openMenu('Assign');
    expect(page.getAllByRole('menuitemradio').map((item) => item.textContent)).toEqual([
      'MeKim Park',
      'Nobody',
      'Samoffline',
    ]);
    expect(page.getByRole('menuitemradio', { name: 'Nobody' }).getAttribute('aria-checked')).toBe(
      'true',
    );
    await choose(/^Sam/);
    expect(host.asked('thread.assign')).toEqual([{ threadId: dana, to: sam.id }]);
    expect(row().textContent).toContain('assigned to Sam');
    await openMenu('Assigned to Sam');
    await choose(/^Me/);
    expect(row().textContent).toContain('KP assigned to Kim Park');
    await openMenu('Assigned to Kim Park');
    await choose(/^Nobody/);
    expect(host.thread(dana).assignee).toBeNull();
    expect(row().textContent).not.toContain('assigned');
  });

  it('stays readable for somebody who is no longer on the list', async () => {
    const { host } = await openDana(new TeamHost(), { assignee: sam.id });
    await told(() => host.turn({ members: [kim] }));
    expect(page.getByRole('button', { name: 'Assigned to a former member' })).toBeDefined();
  });

  it('names this desktop before the members are known', async () => {
    const host = new TeamHost(makeTeam({ state: 'connecting', members: [] }));
    await openDana(host, { assignee: kim.id });
    expect(row().textContent).toContain('assigned to Kim Park');
  });

  it('says aloud why it could not be done', async () => {
    const { host } = await openDana(new TeamHost());
    host.answer('thread.assign', () => {
      throw new CommandFailure('storage', 'The disk is full.');
    });
    await openMenu('Assign');
    await choose(/^Me/);
    expect(document.querySelector('[aria-live="polite"].unseen')?.textContent).toBe(
      'The disk is full.',
    );
  });
});

describe('a text by a colleague', () => {
  it('says whose it is, beside its time and in its name', async () => {
    const text = makeText({ direction: 'out', text: 'On our way', author: 'Sam' });
    await openDana(new TeamHost(), {}, text);
    const article = log().getByText('On our way').closest('article');
    expect(article?.getAttribute('aria-label')).toMatch(/^Sam, .+: On our way$/);
    expect(within(article as HTMLElement).getByText('Sam')).toBeDefined();
    expect(article?.textContent).toMatch(/Sent by Sam.*Delivered/);
    expect(row().textContent).toContain('Sam: On our way');
  });

  it('says nothing of an own one', async () => {
    await openDana(new TeamHost(), {}, makeText({ direction: 'out', text: 'On my way' }));
    expect(log().getByText('On my way').closest('article')?.textContent).not.toContain('Sent by');
  });
});
