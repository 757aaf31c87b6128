import { fireEvent, screen as page } from '@testing-library/react';
import { expect, it } from 'vitest';

import { MemoryHost } from '#test/fakes/memory-host.ts';
import { log, renderApp, settled, write } from '#test/fakes/render-screen.tsx';
import { makeText, makeThread } from '#test/fakes/small-world.ts';
import { hostileTexts } from '#test/fixtures/hostile-texts.ts';

/** Elements and attributes that only markup taken from a text could have brought in. */
const brought =
  'script, iframe, object, embed, link, base, meta[http-equiv], style, math, template, marquee, [onerror], [onload], [onfocus], [ontoggle], [onstart], a[href^="javascript"], a[href^="data"]';

it.each(hostileTexts)('shows %j as the text it is, everywhere', async (text) => {
  const host = new MemoryHost();
  host.add(makeThread(1, { name: text, draft: text }), [makeText({ text })]);
  host.lines = host.lines.map((line) => ({ ...line, label: text }));
  host.health = { ...host.health, relay: { state: 'listening', sentence: text } };
  await renderApp(host);
  fireEvent.click(page.getByRole('list', { name: 'Conversations' }).querySelector('button')!);
  await settled();
  write(text);
  fireEvent.change(page.getByRole('searchbox', { name: 'Search' }), { target: { value: text } });
  expect(log().getByRole('article').querySelector('.words')?.textContent).toBe(text);
  expect(document.body.querySelectorAll(brought)).toHaveLength(0);
});

it('shows forty of them', () => {
  expect(new Set(hostileTexts).size).toBe(40);
});
