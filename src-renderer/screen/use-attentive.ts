import { useEffect } from 'react';

import type { Screen } from '../store/screen.ts';

const moments = ['focus', 'blur', 'visibilitychange'] as const;

/** Keeps note of whether the screen is visible and focused. */
export function useAttentive({ place }: Screen): void {
  useEffect(() => {
    const look = (): void =>
      place.setState({
        attentive: document.visibilityState === 'visible' && document.hasFocus(),
      });
    look();
    for (const moment of moments) window.addEventListener(moment, look, true);
    return () => {
      for (const moment of moments) window.removeEventListener(moment, look, true);
    };
  }, [place]);
}
