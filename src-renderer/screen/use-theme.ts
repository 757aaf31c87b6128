import { useEffect } from 'react';

import type { Settings } from '#shared/contract/contract.ts';

type Theme = Settings['theme'];

/** Remembered in the page too, so that the first paint has the right colours before the host has answered. */
const rememberedUnder = 'trunkline.theme';

/** Draws the page in a theme; `system` follows the machine. */
export function wearTheme(theme: Theme): void {
  if (theme === 'system') delete document.documentElement.dataset['theme'];
  else document.documentElement.dataset['theme'] = theme;
}

/** Draws the page in the theme of the last visit. */
export function wearRememberedTheme(): void {
  const theme = localStorage.getItem(rememberedUnder);
  if (theme === 'light' || theme === 'dark') wearTheme(theme);
}

/** Keeps the page in the chosen theme. */
export function useTheme(theme: Theme, ready: boolean): void {
  useEffect(() => {
    if (!ready) return;
    wearTheme(theme);
    localStorage.setItem(rememberedUnder, theme);
  }, [theme, ready]);
}
