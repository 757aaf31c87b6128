import { useStore } from 'zustand';

import { useScreen } from '../../screen/screen-context.ts';
import type { Carrier } from '../../store/connections-store.ts';
import { changeEntered, connectingOf, enteredFor } from './connecting-store.ts';
import type { Entered } from './connecting-store.ts';

export type Entering = {
  readonly carrier: Carrier;
  readonly entered: Entered;
  readonly change: (change: Partial<Entered>) => void;
};

/** The chosen carrier with what was entered for it; null where none is chosen. */
export function useEntered(): Entering | null {
  const screen = useScreen();
  const connecting = useStore(connectingOf(screen));
  const carriers = useStore(screen.connections, (connections) => connections.carriers);
  const carrier = carriers?.find(({ id }) => id === connecting.carrierId);
  const entered = enteredFor(connecting);
  if (carrier === undefined || entered === null) return null;
  return { carrier, entered, change: (change) => changeEntered(screen, change) };
}
