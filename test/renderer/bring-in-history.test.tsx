import { fireEvent, screen as page } from '@testing-library/react';
import { describe, expect, it } from 'vitest';

import { capabilities as twilio } from '#main/providers/twilio/capabilities.ts';
import { CommandFailure } from '#shared/contract/failure.ts';
import { CarrierHost, makeSync, twilioId } from '#test/fakes/carrier-host.ts';
import { pressButton, renderConnections } from '#test/fakes/render-connections.tsx';
import { told } from '#test/fakes/render-screen.tsx';

const day = 86_400_000;
const result = (): string =>
  page
    .getAllByRole('status')
    .map((status) => status.textContent)
    .join('');

describe('bringing in history', () => {
  it('goes back as far as is chosen', async () => {
    const { host, clock } = await renderConnections();
    const span = page.getByRole<HTMLSelectElement>('combobox', { name: 'How far back' });
    expect(span.selectedOptions[0]?.textContent).toBe('The last 30 days');
    fireEvent.change(span, { target: { value: '1' } });
    await pressButton('Bring in');
    expect(host.asked('sync.start')).toEqual([
      { connectionId: twilioId, since: clock.now() - 7 * day },
    ]);
  });

  it('tells how far it is as it goes, and says only the end aloud', async () => {
    const { host } = await renderConnections();
    await pressButton('Bring in');
    expect(page.getByRole('progressbar', { name: 'Bringing in' })).toBeDefined();
    expect(page.getByRole<HTMLButtonElement>('button', { name: 'Bring in' }).disabled).toBe(true);
    await told(() =>
      host.tell('sync.changed', { sync: makeSync({ read: 1_200, texts: 300, calls: 1 }) }),
    );
    expect(
      page.getByText('1,200 rows read so far; new among them: 300 texts, 1 call'),
    ).toBeDefined();
    expect(result()).toBe('');
    await told(() =>
      host.tell('sync.changed', {
        sync: makeSync({ state: 'done', read: 1_300, texts: 312, calls: 18 }),
      }),
    );
    expect(result()).toBe('Brought in: 312 texts, 18 calls');
    expect(page.queryByRole('progressbar')).toBeNull();
    expect(page.getByRole<HTMLButtonElement>('button', { name: 'Bring in' }).disabled).toBe(false);
  });

  it('is cancelled', async () => {
    const { host } = await renderConnections();
    await pressButton('Bring in');
    await pressButton('Cancel');
    expect(host.asked('sync.cancel')).toEqual([{ connectionId: twilioId }]);
    await told(() =>
      host.tell('sync.changed', { sync: makeSync({ state: 'cancelled', texts: 10 }) }),
    );
    expect(result()).toBe('Cancelled. Brought in until then: 10 texts, 0 calls');
    expect(page.queryByRole('button', { name: 'Cancel' })).toBeNull();
  });

  it('says what it brought in before the carrier failed, and why', async () => {
    const { host } = await renderConnections();
    await told(() =>
      host.tell('sync.changed', {
        sync: makeSync({
          state: 'failed',
          texts: 4,
          failure: { kind: 'rate-limited', raw: '429 slow down' },
        }),
      }),
    );
    expect(result()).toBe('Stopped early. Brought in until then: 4 texts, 0 calls');
    expect(page.getByRole('alert').textContent).toContain(
      'The carrier asked us to slow down. Wait a moment and try again.',
    );
    expect(page.getByText('429 slow down')).toBeDefined();
  });

  it('says that nothing was missing', async () => {
    const { host } = await renderConnections();
    await told(() => host.tell('sync.changed', { sync: makeSync({ state: 'done', read: 40 }) }));
    expect(result()).toBe('Nothing was missing: 40 rows read, all known.');
  });

  it('says why it could not begin', async () => {
    const { host } = await renderConnections();
    host.answer('sync.start', () => {
      throw new CommandFailure('refused', 'Its credentials are not in the secret store.');
    });
    await pressButton('Bring in');
    expect(page.getByRole('alert').textContent).toBe(
      'Its credentials are not in the secret store.',
    );
  });

  it('does not claim to run after a break, of which nothing is known', async () => {
    const { host } = await renderConnections();
    await pressButton('Bring in');
    await told(() => host.become('reconnecting'));
    await told(() => host.become('connected'));
    expect(page.queryByRole('progressbar')).toBeNull();
    await told(() => host.tell('sync.changed', { sync: makeSync({ read: 5 }) }));
    expect(page.getByRole('progressbar')).toBeDefined();
  });

  it('is not offered where the carrier has no list', async () => {
    const host = new CarrierHost();
    host.carriers = [
      { id: 'twilio', capabilities: { ...twilio, listsMessages: false, listsCalls: false } },
    ];
    await renderConnections(host);
    expect(page.queryByRole('button', { name: 'Bring in' })).toBeNull();
  });
});
