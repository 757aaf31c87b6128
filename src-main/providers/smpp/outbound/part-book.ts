import type { TextOfPart } from '../inbound/arrival-notes.ts';
import type { Receipt } from '../inbound/read-receipt.ts';
import { isBetween, isRecognised } from './recognise.ts';

/** One part as it was sent. `mark`: our own number for it. `id`: the carrier's; null while nobody knows whether it was taken. */
export type SentPart = { readonly mark: number; readonly id: string | null };

export type SentText = {
  /** Our own uid. */
  readonly uid: string;
  readonly line: string;
  readonly peer: string;
  readonly words: string;
  readonly parts: readonly SentPart[];
  readonly at: number;
};

/** Names a text by the ids of all its parts, in their order. */
export const nameOf = (ids: readonly string[]): string => ids.join('+');

/** What a receipt is to be read with; null where its own id says it all. `ids` are those of all parts. */
export type FoundText = { readonly text: TextOfPart | null; readonly ids: readonly string[] };

type Entry = {
  readonly text: SentText;
  readonly ids: (string | null)[];
  readonly delivered: Set<string>;
};

/** Texts kept in mind, and how long: the validity that carriers give a text that is not told one, in milliseconds. */
const mostTexts = 20_000;
const longestWait = 3 * 86_400_000;

/**
 * The texts that were sent, for the receipts that do not name them: those of texts in parts, and of texts whose outcome is
 * unknown. Kept in memory while the session lasts; what a receipt is to be read with is kept with the receipt.
 */
export class PartBook {
  /** The oldest first. */
  readonly #entries = new Set<Entry>();
  readonly #byId = new Map<string, Entry>();
  /** Those of which not every id is known. */
  readonly #open = new Set<Entry>();

  /** Keeps a text in mind. */
  add(text: SentText): void {
    const entry: Entry = { text, ids: [], delivered: new Set() };
    this.#entries.add(entry);
    text.parts.forEach(({ id }, place) => this.#name(entry, place, id));
    if (entry.ids.includes(null)) this.#open.add(entry);
    this.#forgetOld(text.at);
  }

  /** The text a receipt is about, as it stands with this receipt; null where none is known, or not yet all of its parts. */
  find(receipt: Receipt): FoundText | null {
    const entry = this.#byId.get(receipt.id) ?? this.#identify(receipt);
    if (entry === undefined) return null;
    if (receipt.stand?.state === 'delivered') entry.delivered.add(receipt.id);
    const ids = entry.ids.filter((id) => id !== null);
    if (ids.length < entry.ids.length) return null;
    const isNews = entry.text.parts.some(({ id }) => id === null);
    if (ids.length === 1 && !isNews) return { text: null, ids };
    const reference = isNews ? entry.text.uid : null;
    const text = { id: nameOf(ids), parts: ids.length, delivered: entry.delivered.size, reference };
    return { text, ids };
  }

  /** A part nobody has an id of is known by the mark that its receipt says back, or by everything else it says. */
  #identify(receipt: Receipt): Entry | undefined {
    const byMark = [...this.#open].flatMap((entry) => {
      const place = entry.text.parts.findIndex(
        ({ mark }, index) => mark === receipt.mark && entry.ids[index] === null,
      );
      return place < 0 || !isBetween(entry.text, receipt) ? [] : [{ entry, place }];
    });
    const byWords = [...this.#open].filter(({ text }) => isRecognised(text, receipt));
    const [found, ...others] =
      byMark.length > 0 ? byMark : byWords.map((entry) => ({ entry, place: 0 }));
    if (found === undefined || others.length > 0) return undefined;
    this.#name(found.entry, found.place, receipt.id);
    if (!found.entry.ids.includes(null)) this.#open.delete(found.entry);
    return found.entry;
  }

  #name(entry: Entry, place: number, id: string | null): void {
    entry.ids[place] = id;
    if (id !== null) this.#byId.set(id, entry);
  }

  #forgetOld(now: number): void {
    for (const entry of this.#entries) {
      if (this.#entries.size <= mostTexts && now - entry.text.at < longestWait) return;
      this.#entries.delete(entry);
      this.#open.delete(entry);
      for (const id of entry.ids)
        if (id !== null && this.#byId.get(id) === entry) this.#byId.delete(id);
    }
  }
}
