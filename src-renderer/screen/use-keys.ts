import { useEffect } from 'react';

import type { Screen } from '../store/screen.ts';
import { doKey } from './do-key.ts';
import type { FrameDeeds } from './do-key.ts';
import { deedOf } from './key-table.ts';

/** Listens for the keys that work anywhere. What a layer on top has already dealt with is left alone. */
export function useKeys(screen: Screen, frame: FrameDeeds): void {
  useEffect(() => {
    const hear = (event: KeyboardEvent): void => {
      if (event.defaultPrevented || event.isComposing) return;
      const deed = deedOf(event, isWriting(event.target));
      if (deed === null || (isLayerOpen() && deed !== 'escape')) return;
      if (deed !== 'escape') event.preventDefault();
      doKey(deed, { screen, frame, digit: Number(event.code.at(-1)) });
    };
    window.addEventListener('keydown', hear);
    return () => window.removeEventListener('keydown', hear);
  }, [screen, frame]);
}

const isWriting = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement && target.matches('input, textarea, select');

/** While a dialog is open the keys of the screen below are silent. */
const isLayerOpen = (): boolean =>
  document.querySelector('[role$="dialog"][data-state="open"].modal') !== null;
