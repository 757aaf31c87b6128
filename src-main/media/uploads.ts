import { randomBytes } from 'node:crypto';

import type { Clock } from '#shared/contract/clock.ts';
import { CommandFailure } from '#shared/contract/failure.ts';

/** Uploads under way at once, over all screens: together they fit the memory. */
const mostUploads = 8;
/** An upload of which nothing came for so long, in milliseconds, was abandoned. */
const patienceMs = 60_000;

type Upload = {
  readonly declaredType: string;
  readonly bytes: Uint8Array;
  filled: number;
  giveUp: () => void;
};

export type Uploaded = { readonly bytes: Uint8Array; readonly declaredType: string };

/** Files on their way from screens, each in memory until it is whole. */
export class Uploads {
  readonly #clock: Clock;
  readonly #open = new Map<string, Upload>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Uploads under way. */
  get size(): number {
    return this.#open.size;
  }

  /** @returns the id of the upload */
  begin(size: number, declaredType: string): string {
    if (this.#open.size >= mostUploads)
      throw new CommandFailure('refused', 'Too many files are being attached at once.', {
        cure: 'Wait until one of them is there.',
      });
    const id = newMediaId();
    const bytes = new Uint8Array(size);
    this.#open.set(id, { declaredType, bytes, filled: 0, giveUp: () => undefined });
    this.#wait(id);
    return id;
  }

  /** Takes the next piece. A repeated piece is passed over; one that leaves a gap or is too much ends the upload. */
  append(id: string, at: number, piece: Uint8Array): void {
    const upload = this.#find(id);
    if (at + piece.byteLength === upload.filled && piece.byteLength > 0) return;
    if (at !== upload.filled || at + piece.byteLength > upload.bytes.byteLength) {
      this.discard(id);
      throw new CommandFailure('bad-input', 'The file did not come in order.', {
        field: 'at',
        cure: 'Attach it again.',
      });
    }
    upload.bytes.set(piece, at);
    upload.filled += piece.byteLength;
    this.#wait(id);
  }

  /** Hands over a file that came whole, and forgets the upload. */
  end(id: string): Uploaded {
    const { bytes, filled, declaredType } = this.#find(id);
    this.discard(id);
    if (filled === bytes.byteLength) return { bytes, declaredType };
    throw new CommandFailure('bad-input', 'The file did not come whole.', {
      cure: 'Attach it again.',
    });
  }

  discard(id: string): void {
    this.#open.get(id)?.giveUp();
    this.#open.delete(id);
  }

  #find(id: string): Upload {
    const upload = this.#open.get(id);
    if (upload !== undefined) return upload;
    throw new CommandFailure('not-found', 'This file is no longer on its way.', {
      field: 'uploadId',
      cure: 'Attach it again.',
    });
  }

  #wait(id: string): void {
    const upload = this.#find(id);
    upload.giveUp();
    upload.giveUp = this.#clock.after(patienceMs, () => void this.#open.delete(id));
  }
}

/** An id as the store wants them. */
export function newMediaId(): string {
  return randomBytes(16).toString('base64url');
}
