import { act, fireEvent, screen as page } from '@testing-library/react';

// Here already, so that no test waits for what the screen loads on demand.
import '#renderer/connections/ConnectionsPane.tsx';
import { openConnections } from '#renderer/store/go-to.ts';
import type { ConnectionsPlace } from '#renderer/store/place-store.ts';

import { CarrierHost, twilioId } from './carrier-host.ts';
import { renderApp, settled } from './render-screen.tsx';
import type { RenderedScreen } from './render-screen.tsx';

/** The whole application with a page about connections open. */
export async function renderConnections(
  host = new CarrierHost(),
  at: ConnectionsPlace = { page: 'connection', connectionId: twilioId },
): Promise<RenderedScreen<CarrierHost>> {
  const rendered = await renderApp(host);
  await act(() => openConnections(rendered.screen, at));
  await settled();
  return rendered;
}

/** Presses a button, which takes the focus as in a browser, and waits until what it set going has come to rest. */
export async function pressButton(name: string | RegExp): Promise<void> {
  const button = page.getByRole('button', { name });
  button.focus();
  fireEvent.click(button);
  await settled();
}

/** Writes into the field of this name. */
export function fill(label: string | RegExp, value: string): void {
  fireEvent.change(page.getByLabelText(label), { target: { value } });
}
