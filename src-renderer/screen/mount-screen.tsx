import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';

import { followHostEvents } from '../store/follow-host-events.ts';
import type { Screen } from '../store/screen.ts';
import { App } from './App.tsx';
import { CrashNet } from './CrashNet.tsx';
import { ScreenContext } from './screen-context.ts';

/** Draws a screen into an element and has it follow its host. */
export function mountScreen(element: HTMLElement, screen: Screen): void {
  followHostEvents(screen);
  createRoot(element).render(
    <StrictMode>
      <ScreenContext value={screen}>
        <CrashNet>
          <App />
        </CrashNet>
      </ScreenContext>
    </StrictMode>,
  );
}
