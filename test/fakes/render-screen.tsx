import { act, cleanup, fireEvent, render, screen as page, within } from '@testing-library/react';
import type { ReactNode } from 'react';
import { afterEach, onTestFinished } from 'vitest';

import { App } from '#renderer/screen/App.tsx';
import { ScreenContext } from '#renderer/screen/screen-context.ts';
import { followHostEvents } from '#renderer/store/follow-host-events.ts';
import { createScreen } from '#renderer/store/screen.ts';
import type { Screen } from '#renderer/store/screen.ts';

import type { FakeHostCaller } from './fake-host-caller.ts';
import { ManualClock, settle } from './manual-clock.ts';
import { MemoryHost } from './memory-host.ts';
import { makeText, makeThread, uid } from './small-world.ts';

export type RenderedScreen<Host extends FakeHostCaller> = {
  readonly host: Host;
  readonly screen: Screen;
  readonly clock: ManualClock;
};

/** A screen over a fake host, following it, without anything drawn. */
export function makeScreen<Host extends FakeHostCaller>(host: Host): RenderedScreen<Host> {
  const clock = new ManualClock(1_760_000_200_000);
  let made = 0;
  const screen = createScreen({ host, clock, newUid: () => uid(900_000 + (made += 1)) });
  return { host, screen, clock };
}

/** The whole application in the page of the test, on a host. */
export async function renderApp<Host extends FakeHostCaller>(
  host: Host,
): Promise<RenderedScreen<Host>> {
  const made = makeScreen(host);
  await renderIn(made.screen, <App />);
  return made;
}

/** Something within a screen that follows its host. */
export async function renderIn(screen: Screen, children: ReactNode): Promise<void> {
  giveSizes();
  const stop = followHostEvents(screen);
  onTestFinished(stop);
  render(<ScreenContext value={screen}>{children}</ScreenContext>);
  await settled();
}

/** Lets what was set going come to rest, frames drawn included. */
export async function settled(): Promise<void> {
  for (let turn = 0; turn < 6; turn += 1) {
    await act(async () => {
      await settle();
      await new Promise((resolve) => requestAnimationFrame(resolve));
    });
  }
}

/** Has the host say something, and waits until the page has taken it in. */
export async function told(deed: () => unknown): Promise<void> {
  await act(async () => {
    await deed();
    await settle();
  });
}

export const log = () => within(page.getByRole('log', { name: 'Messages' }));
export const messageBox = () => page.getByRole<HTMLTextAreaElement>('textbox', { name: 'Message' });
export const sendButton = () => page.getByRole('button', { name: 'Send' });

/** One conversation, open, with one text in it. */
export async function renderDana(): Promise<RenderedScreen<MemoryHost>> {
  const host = new MemoryHost();
  host.add(makeThread(1, { name: 'Dana Reyes' }), [makeText({ text: 'Hello' })]);
  const rendered = await renderApp(host);
  fireEvent.click(page.getByRole('button', { name: 'Dana Reyes' }));
  await settled();
  return rendered;
}

export const write = (text: string): void =>
  void fireEvent.change(messageBox(), { target: { value: text } });
export const press = (key: string, more: object = {}): void =>
  void fireEvent.keyDown(messageBox(), { key, ...more });
/** Why the button does nothing, in the words beside it. */
export const reason = (): string =>
  document.querySelector(`#${sendButton().getAttribute('aria-describedby')}`)?.textContent ?? '';

/** CSS pixels. The page of the tests lays nothing out, so that lists would take themselves for empty windows. */
const sizes = {
  clientHeight: 800,
  clientWidth: 800,
  offsetHeight: 60,
  offsetWidth: 800,
  scrollHeight: 10_000,
};

function giveSizes(): void {
  for (const [side, size] of Object.entries(sizes))
    Object.defineProperty(HTMLElement.prototype, side, { configurable: true, get: () => size });
}

afterEach(() => {
  cleanup();
  localStorage.clear();
  sessionStorage.clear();
});
