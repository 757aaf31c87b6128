import type { CarrierEvent } from './carrier-event.ts';
import type { FetchedFile } from './fetch-files.ts';

/** A text the carrier took. `turn` counts the texts of this pair of numbers before it. */
export type TakenMessage = {
  readonly id: string;
  readonly reference: string;
  readonly from: string;
  readonly to: string;
  readonly text: string;
  /** What went along, as far as it could be fetched. */
  readonly files: readonly FetchedFile[];
  readonly turn: number;
};

/** Names two numbers together; callbacks of one pair are posted one after the other. */
export function pairOf({ from, to }: { readonly from: string; readonly to: string }): string {
  return `${from} ${to}`;
}

/** An event before its times are known: milliseconds after the text was taken, at speed 1. */
export type Draft = { readonly event: CarrierEvent; readonly afterMs: number };
