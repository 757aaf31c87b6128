import { createWireEars, type WireEars } from './wire-ears.ts';
import type { Wire } from './wire.ts';

/** Two ends of one wire within one program. Delivery is never at once but in a later microtask, as over a real wire. */
export function createMemoryWirePair(): [Wire, Wire] {
  const left = createWireEars();
  const right = createWireEars();
  return [createEnd(left, right), createEnd(right, left)];
}

function createEnd(own: WireEars, other: WireEars): Wire {
  return {
    send(frame) {
      if (!own.isClosed()) soon(() => other.hearFrame(frame));
    },
    onFrame: own.onFrame,
    onClose: own.onClose,
    close() {
      own.hearClose();
      soon(other.hearClose);
    },
  };
}

function soon(deed: () => void): void {
  void Promise.resolve().then(deed);
}
