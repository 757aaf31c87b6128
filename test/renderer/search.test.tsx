import { act, fireEvent, screen as page, within } from '@testing-library/react';
import { describe, expect, it } from 'vitest';

import { CommandFailure } from '#shared/contract/failure.ts';
import { MemoryHost } from '#test/fakes/memory-host.ts';
import { log, renderApp, settled } from '#test/fakes/render-screen.tsx';
import { makeText, makeThread } from '#test/fakes/small-world.ts';

async function searchable() {
  const host = new MemoryHost();
  const texts = Array.from({ length: 500 }, (_, nth) =>
    makeText({
      at: 1_750_000_000_000 + nth * 60_000,
      text: nth === 5 ? 'The blue invoice' : `Text ${nth}`,
    }),
  );
  host.add(makeThread(1, { name: 'Dana Reyes' }), texts);
  host.add(makeThread(2, { name: 'Invoice Team' }), [makeText({ text: 'Hello' })]);
  return renderApp(host);
}

const box = () => page.getByRole('searchbox', { name: 'Search' });

async function searchFor(query: string, rendered: Awaited<ReturnType<typeof searchable>>) {
  fireEvent.change(box(), { target: { value: query } });
  await act(() => rendered.clock.advance(200));
  await settled();
}

describe('search', () => {
  it('finds contacts first, then texts with the word marked, and says how many', async () => {
    await searchFor('invoice', await searchable());
    expect(
      within(page.getByRole('list', { name: 'Conversations' })).getByRole('listitem', {
        name: 'Invoice Team',
      }),
    ).toBeDefined();
    const texts = within(page.getByRole('list', { name: 'Texts' }));
    expect(texts.getByRole('listitem', { name: 'Dana Reyes' })).toBeDefined();
    expect([...document.querySelectorAll('mark')].map((mark) => mark.textContent)).toEqual([
      'invoice',
    ]);
    expect(page.getByText('showing 1 of 1')).toBeDefined();
  });

  it('opens the conversation at the found text', async () => {
    const rendered = await searchable();
    await searchFor('blue', rendered);
    const texts = within(page.getByRole('list', { name: 'Texts' }));
    fireEvent.click(texts.getByRole('button', { name: 'Dana Reyes' }));
    await settled();
    expect(rendered.host.asked('entries.around')).toHaveLength(1);
    expect(log().getByText('The blue invoice').closest('article')?.className).toContain('is-found');
    expect(page.getByRole('button', { name: 'Newest messages' })).toBeDefined();
  });

  it('never hides that there is more', async () => {
    const rendered = await searchable();
    await searchFor('Text', rendered);
    expect(page.getByText('showing 50 of 499')).toBeDefined();
    fireEvent.click(page.getByRole('button', { name: 'Show 200' }));
    await settled();
    expect(page.getByText('showing 200 of 499')).toBeDefined();
    expect(page.getByText(/299 older texts not shown: add a word/)).toBeDefined();
  });

  it('asks once for words typed in one go, and drops late answers', async () => {
    const rendered = await searchable();
    for (const query of ['i', 'in', 'inv']) fireEvent.change(box(), { target: { value: query } });
    await act(() => rendered.clock.advance(200));
    expect(rendered.host.asked('search').map(({ query }) => query)).toEqual(['inv']);
    const late = Promise.withResolvers<never>();
    const answer = rendered.host.answerOf('search');
    rendered.host.answer('search', (input) =>
      input.query === 'slow' ? late.promise : answer(input),
    );
    await searchFor('slow', rendered);
    await searchFor('blue', rendered);
    await act(async () => late.reject(new Error('late')));
    expect(page.getByRole('list', { name: 'Texts' })).toBeDefined();
  });

  it('says when nothing was found, and when it did not work', async () => {
    const rendered = await searchable();
    await searchFor('zebra', rendered);
    expect(page.getByText('Nothing found for “zebra”')).toBeDefined();
    rendered.host.answer('search', () => {
      throw new CommandFailure('storage', 'The index is damaged.');
    });
    await searchFor('other', rendered);
    expect(page.getByText('The index is damaged.')).toBeDefined();
  });

  it('is closed with Escape and shows the list again', async () => {
    const rendered = await searchable();
    await searchFor('invoice', rendered);
    fireEvent.keyDown(box(), { key: 'Escape' });
    await settled();
    expect(box()).toHaveProperty('value', '');
    expect(page.queryByRole('list', { name: 'Texts' })).toBeNull();
    expect(page.getAllByRole('listitem', { name: /Dana|Invoice/ })).toHaveLength(2);
  });
});
