import type { TextOfPart } from '../inbound/arrival-notes.ts';
import type { Receipt } from '../inbound/read-receipt.ts';

/** One part as it was sent. `mark`: our own number for it. `id`: the carrier's; null while nobody knows whether it was taken. */
export type SentPart = { readonly mark: number; readonly id: string | null };

export type SentText = {
  /** Our own uid. */
  readonly uid: string;
  readonly peer: string;
  readonly parts: readonly SentPart[];
  readonly at: number;
};

/** Names a text by the ids of all its parts, in their order. */
export const nameOf = (ids: readonly string[]): string => ids.join('+');

/** A text as it stands, and the ids of its parts. */
export type FoundText = { readonly text: TextOfPart; readonly ids: readonly string[] };

type Entry = {
  readonly text: SentText;
  readonly ids: (string | null)[];
  readonly delivered: Set<string>;
};

/** Texts kept in mind, and how long: the validity that carriers give a text that is not told one, in milliseconds. */
const mostTexts = 5_000;
const longestWait = 3 * 86_400_000;

/**
 * The texts whose receipts do not name them: those in parts, and those whose outcome is unknown. Kept in memory while the
 * session lasts; what a receipt is to be read with is kept with the receipt.
 */
export class PartBook {
  readonly #entries = new Set<Entry>();
  readonly #byId = new Map<string, Entry>();

  /** Keeps a text in mind. */
  add(text: SentText): void {
    const ids = text.parts.map(({ id }) => id);
    const entry = { text, ids, delivered: new Set<string>() };
    this.#entries.add(entry);
    for (const id of ids) if (id !== null) this.#byId.set(id, entry);
    this.#forgetOld(text.at);
  }

  /** The text a receipt is about, as it stands with this receipt; null where none is known, or not yet all of its parts. */
  find(receipt: Receipt): FoundText | null {
    const entry = this.#byId.get(receipt.id) ?? this.#findByMark(receipt);
    if (entry === undefined) return null;
    if (receipt.stand?.state === 'delivered') entry.delivered.add(receipt.id);
    const ids = entry.ids.filter((id) => id !== null);
    if (ids.length < entry.ids.length) return null;
    const isNews = entry.text.parts.some(({ id }) => id === null);
    return {
      ids,
      text: {
        id: nameOf(ids),
        parts: ids.length,
        delivered: entry.delivered.size,
        reference: isNews ? entry.text.uid : null,
      },
    };
  }

  /** A part nobody had an id of is known by the mark that its receipt says back, and by whom it went to. */
  #findByMark({ id, mark, peer }: Receipt): Entry | undefined {
    if (mark === null) return undefined;
    for (const entry of this.#entries) {
      const { parts } = entry.text;
      const at = parts.findIndex((part, index) => part.mark === mark && entry.ids[index] === null);
      if (at < 0 || entry.text.peer !== peer) continue;
      entry.ids[at] = id;
      this.#byId.set(id, entry);
      return entry;
    }
    return undefined;
  }

  #forgetOld(now: number): void {
    for (const entry of this.#entries) {
      if (this.#entries.size <= mostTexts && now - entry.text.at < longestWait) return;
      this.#entries.delete(entry);
      for (const id of entry.ids)
        if (id !== null && this.#byId.get(id) === entry) this.#byId.delete(id);
    }
  }
}
