import type { Wire } from '#shared/contract/wire.ts';

export type CoreOptions = {
  /** Port of the embedded relay on 127.0.0.1; 0 picks a free one. */
  readonly relayPort: number;
  /** Put before a media id by the screen, such as `/media/` or `media://`. */
  readonly mediaBase: string;
  /** How fast the sandbox carrier acts: 1 is human, 10 is ten times as fast. */
  readonly sandboxSpeed: number;
  /** Makes a run of the sandbox repeatable. */
  readonly sandboxSeed: number;
};

/** Bytes of a stored picture or sound. `type` is by our own sniffing. */
export type StoredMedia = { readonly type: string; readonly path: string; readonly size: number };

/** A running core, whatever host it runs in. */
export type Core = {
  /** `http://127.0.0.1:PORT` of the embedded relay. */
  readonly relayUrl: string;
  /** Serves a screen over this wire until it closes. */
  attach(wire: Wire): void;
  readMedia(id: string): StoredMedia | null;
  /** Takes no more work, lets what is under way end (at most 3 s), closes every file. */
  stop(): Promise<void>;
};

/** The core could not start; `message` is a sentence for the person: what is wrong and what to do. No stack is shown. */
export class StartFailure extends Error {
  override readonly name = 'StartFailure';
}
