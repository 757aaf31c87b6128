import { act, fireEvent, screen as page, within } from '@testing-library/react';
import { describe, expect, it } from 'vitest';

import type { Waiting } from '#shared/compliance/verdict.ts';
import type { CommandOutput } from '#shared/contract/contract.ts';
import type { MemoryHost } from '#test/fakes/memory-host.ts';
import {
  log,
  press,
  reason,
  renderDana,
  sendButton,
  settled,
  write,
} from '#test/fakes/render-screen.tsx';
import { makeText, threadId } from '#test/fakes/small-world.ts';

type Judged = CommandOutput<'message.judge'>;

const quiet: Waiting = {
  reason: 'quiet-hours',
  until: 1_760_000_000_000,
  theirTime: '8:00 AM',
  because: 'It is 9:40 PM for them, presumed from area code 206 (WA).',
  cure: 'It leaves by itself at 8:00 AM their time.',
  who: 'agent',
};

const judges = (host: MemoryHost, judged: Partial<Judged>): void =>
  void host.answer('message.judge', () => ({
    verdict: { kind: 'allowed' },
    purpose: 'outreach',
    findings: [],
    ...judged,
  }));

const before = () => page.getByRole('status', { name: 'Before sending' }).textContent;

/** Dana's conversation, with something written and judged. */
async function wrote(judged: Partial<Judged>, text = 'Hello') {
  const rendered = await renderDana();
  judges(rendered.host, judged);
  write(text);
  await act(() => rendered.clock.advance(300));
  await settled();
  return rendered;
}

describe('before a text is sent', () => {
  it('nothing is said of one that may leave', async () => {
    const { host } = await wrote({});
    expect(before()).toBe('');
    expect(reason()).toBe('');
    expect(host.asked('message.judge')).toMatchObject([
      { target: { threadId: threadId(1) }, text: 'Hello' },
    ]);
  });

  it('it is said that it will wait, for what, and until when; it may be sent', async () => {
    const { host } = await wrote({ verdict: { kind: 'waits', ...quiet } });
    expect(before()?.trim()).toBe(
      'It is 9:40 PM for them, presumed from area code 206 (WA). Send keeps it here until 8:00 AM their time.',
    );
    press('Enter');
    await settled();
    expect(host.asked('message.send')).toHaveLength(1);
  });

  it('a refusal stands beside Send with who can change it, and nothing leaves', async () => {
    const { host } = await wrote({
      verdict: {
        kind: 'refused',
        field: 'to',
        because: 'This person opted out.',
        cure: 'They can text START to this line.',
        who: 'customer',
      },
    });
    expect(reason()).toBe(
      'This person opted out. They can text START to this line. Only they can change this.',
    );
    expect(sendButton().getAttribute('aria-disabled')).toBe('true');
    press('Enter');
    await settled();
    expect(host.asked('message.send')).toEqual([]);
  });

  it('what was found is warned of', async () => {
    const words = 'Carriers refuse links of public shorteners such as bit.ly.';
    await wrote({ findings: [{ rule: 'shortener', from: 4, to: 12, words }] }, 'See bit.ly/x');
    expect(before()?.trim()).toBe(words);
    expect(reason()).toBe('');
  });

  it('what is refused for its content leaves with a reason, which goes along', async () => {
    const words = 'Carriers refuse links of public shorteners such as bit.ly.';
    const findings = [{ rule: 'shortener', from: 4, to: 12, words } as const];
    const { host, clock } = await wrote(
      {
        findings,
        verdict: {
          kind: 'refused',
          field: 'text',
          because: words,
          cure: 'Change it.',
          who: 'agent',
        },
      },
      'See bit.ly/x',
    );
    fireEvent.change(page.getByLabelText('Why it may be sent all the same'), {
      target: { value: 'Our own page about shorteners' },
    });
    judges(host, { findings });
    fireEvent.click(page.getByRole('button', { name: 'Allow this text' }));
    await act(() => clock.advance(300));
    await settled();
    press('Enter');
    await settled();
    expect(host.asked('message.send')).toMatchObject([
      { text: 'See bit.ly/x', contentReason: 'Our own page about shorteners' },
    ]);
  });
});

/** Dana's conversation with a held text in it. */
async function held(waiting: Waiting) {
  const rendered = await renderDana();
  const entry = makeText({ direction: 'out', state: 'queued', text: 'Later', waiting });
  const thread = rendered.host.thread(threadId(1));
  act(() => rendered.host.tell('entry.added', { entry, thread }));
  return { ...rendered, entry };
}

describe('a text that waits', () => {
  it('says until when and for what, and can be cancelled', async () => {
    const { host, entry } = await held(quiet);
    expect(log().getByText('Waiting until 8:00 AM their time: quiet hours')).toBeDefined();
    expect(log().getByText(/^It is 9:40 PM for them.* It leaves by itself/)).toBeDefined();
    host.answer('message.cancel', () => ({
      entry: {
        ...entry,
        state: 'failed',
        failure: { kind: 'cancelled', raw: null },
        waiting: null,
      },
    }));
    fireEvent.click(log().getByRole('button', { name: 'Cancel this text' }));
    await settled();
    expect(host.asked('message.cancel')).toEqual([{ entryId: entry.id }]);
    expect(log().getByText('Cancelled')).toBeDefined();
  });

  it('is sent anyway only after a question', async () => {
    const { host, entry } = await held(quiet);
    host.answer('message.send-anyway', () => ({ entry: { ...entry, waiting: null } }));
    fireEvent.click(log().getByRole('button', { name: 'Send anyway' }));
    await settled();
    expect(host.asked('message.send-anyway')).toEqual([]);
    const dialog = within(page.getByRole('alertdialog', { name: 'Send it now?' }));
    expect(dialog.getByText(/is kept with the text/)).toBeDefined();
    fireEvent.click(dialog.getByRole('button', { name: 'Send anyway' }));
    await settled();
    expect(host.asked('message.send-anyway')).toEqual([{ entryId: entry.id }]);
  });

  it('for what is not the agent’s to change offers no sending, and says whose it is', async () => {
    await held({ ...quiet, who: 'supervisor' });
    expect(log().queryByRole('button', { name: 'Send anyway' })).toBeNull();
    expect(log().getByText(/A supervisor can change this on the line’s page\.$/)).toBeDefined();
  });
});
