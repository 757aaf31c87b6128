import { fireEvent, screen as page } from '@testing-library/react';
import { describe, expect, it } from 'vitest';

import { messageBox, press, renderDana, write } from '#test/fakes/render-screen.tsx';

const counter = (): string => page.getByRole('status', { name: 'Segments' }).textContent;

describe('the counter', () => {
  it.each([
    ['', ''],
    ['a', '1/160 · 1'],
    ['a'.repeat(112), '112/160 · 1'],
    ['a'.repeat(160), '160/160 · 1'],
    ['a'.repeat(171), '171/306 · 2 segments'],
    ['€'.repeat(2), '4/160 · 1'],
    ['ж'.repeat(70), '70/70 · 1'],
    ['ж'.repeat(71), '71/134 · 2 segments'],
    ['ж'.repeat(202), '202/268 · 4 segments'],
  ])('of %j says %j', async (text, words) => {
    await renderDana();
    write(text);
    expect(counter()).toBe(words);
  });

  it('is calm for one segment, amber for two and three, red from four on', async () => {
    await renderDana();
    const tone = () => page.getByRole('status', { name: 'Segments' }).className;
    write('a');
    expect(tone()).toContain('segments-calm');
    write('a'.repeat(161));
    expect(tone()).toContain('segments-warn');
    write('a'.repeat(460));
    expect(tone()).toContain('segments-bad');
  });
});

describe('the flight check', () => {
  const text = 'Got it, thank you. Our adjuster’s visit is Thursday 10 to 12. Does that suit you?';

  it('names what makes a text Unicode and underlines it', async () => {
    await renderDana();
    write(text);
    expect(page.getByText('2 segments · UCS-2 because of ’')).toBeDefined();
    expect([...document.querySelectorAll('.mirror u')].map((u) => u.textContent)).toEqual(['’']);
  });

  it('mends it with one key', async () => {
    await renderDana();
    write(text);
    expect(page.getByRole('button', { name: /^Fix \(1 segment\)/ }).textContent).toBe(
      'Fix (1 segment) Ctrl Shift 1',
    );
    press('!', { code: 'Digit1', ctrlKey: true, shiftKey: true });
    expect(messageBox().value).toBe(text.replace('’', "'"));
    expect(counter()).toBe('81/160 · 1');
    expect(page.queryByText(/UCS-2/)).toBeNull();
  });

  it('mends it with the button', async () => {
    await renderDana();
    write('“Quoted” — and so on…');
    fireEvent.click(page.getByRole('button', { name: /^Fix/ }));
    expect(messageBox().value).toBe('"Quoted" - and so on...');
  });

  it('offers nothing where no look-alike helps', async () => {
    await renderDana();
    write('Привет');
    expect(page.getByText(/UCS-2 because of П, р, и and 3 more/)).toBeDefined();
    expect(page.queryByRole('button', { name: /^Fix/ })).toBeNull();
  });

  it('shows an invisible culprit by its code point', async () => {
    await renderDana();
    write('a\u200bb');
    expect(page.getByText(/because of U\+200B/)).toBeDefined();
  });
});
