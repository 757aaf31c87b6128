/** The listening half of a wire, the same for every wire. */
export type WireEars = {
  onFrame(listener: (frame: string) => void): () => void;
  onClose(listener: () => void): () => void;
  /** A frame has arrived. After the close nothing is heard. */
  hearFrame(frame: string): void;
  /** The wire has closed, whoever closed it. Told once. */
  hearClose(): void;
  isClosed(): boolean;
};

/** Makes ears that keep what arrives before anybody listens for the first listener. */
export function createWireEars(): WireEars {
  const frameListeners = new Set<(frame: string) => void>();
  const closeListeners = new Set<() => void>();
  let early: string[] | null = [];
  let closed = false;
  return {
    onFrame(listener) {
      frameListeners.add(listener);
      const kept = early ?? [];
      early = null;
      for (const frame of kept) listener(frame);
      return () => frameListeners.delete(listener);
    },
    onClose(listener) {
      if (closed) listener();
      else closeListeners.add(listener);
      return () => closeListeners.delete(listener);
    },
    hearFrame(frame) {
      if (closed) return;
      early?.push(frame);
      for (const listener of frameListeners) listener(frame);
    },
    hearClose() {
      if (closed) return;
      closed = true;
      for (const listener of closeListeners) listener();
      frameListeners.clear();
      closeListeners.clear();
    },
    isClosed: () => closed,
  };
}
