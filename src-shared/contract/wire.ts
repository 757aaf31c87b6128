/** A two-way road for frames between a screen and the host. Frames are JSON texts; order is kept; delivery is not promised after a close. */
export type Wire = {
  /** Sends one frame. After the wire is closed this does nothing. */
  send(frame: string): void;
  /** Hears every frame from the other end. Returns the way to stop listening. */
  onFrame(listener: (frame: string) => void): () => void;
  /** Hears the close once, whoever closed; at once where it is closed already. */
  onClose(listener: () => void): () => void;
  close(): void;
};

/** Frames longer than this, in UTF-16 units, are refused at either end: 256 KiB. */
export const maxFrameUnits = 262_144;
