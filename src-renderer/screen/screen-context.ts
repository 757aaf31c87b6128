import { createContext, useContext } from 'react';

// Here too, so that it lands in the same file as the schemas where pages that load on demand share both with the start.
import '#shared/contract/parse-without-eval.ts';

import type { Screen } from '../store/screen.ts';

/** The screen that the components below belong to. */
export const ScreenContext = createContext<Screen | null>(null);

/** The screen; throws where a component stands outside of one. */
export function useScreen(): Screen {
  const screen = useContext(ScreenContext);
  if (screen === null) throw new Error('This component stands outside of a screen.');
  return screen;
}
