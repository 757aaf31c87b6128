import type { ListedText, TextQuery } from '#shared/provider/carrier-lists.ts';

/** Which texts the server knows us to have; empty for none. */
export type LastIds = { readonly received: string; readonly sent: string };

/** A text that was taken without an id. */
export type Unnamed = Pick<ListedText, 'to' | 'text'> & {
  readonly uid: string;
  readonly at: number;
};

/** When a fetch began and ended, in milliseconds since 1970, and what the server was told that we have. */
export type FetchSpan = { readonly began: number; readonly ended: number; readonly told: LastIds };

/** No list is asked about further back than its texts reach, but for these many at most. */
const mostTexts = 5_000;
/** No network holds a text back for longer, in milliseconds. */
const longestHeldBack = 72 * 3_600_000;
/** An unnamed text shows in the list within this time, in milliseconds. */
const soon = 600_000;

/**
 * What one connection has fetched so far. The server tells what is new since the last id, and some servers forget what they once told,
 * so a question about the past is answered from here.
 */
export class TextMemory {
  /** A text that was just sent has been looked for in the list, to see whether such texts are listed at all. */
  hasLookedForSent = false;
  readonly #texts = new Map<string, ListedText>();
  #unnamed: Unnamed[] = [];
  #last: LastIds = { received: '', sent: '' };
  #lastBegan: number | null = null;
  /** Texts older than this may have been forgotten here. */
  #reachesTo = Number.NEGATIVE_INFINITY;
  #listsSent = false;

  /** Has the server ever listed a text that was sent? */
  get listsSent(): boolean {
    return this.#listsSent;
  }

  /** What to tell the server that we have, so that the answer reaches back to `since`. */
  lastIds(since: number): LastIds {
    return since < this.#reachesTo ? { received: '', sent: '' } : this.#last;
  }

  /** Remembers a text whose id only the list can tell. */
  addUnnamed(unnamed: Unnamed): void {
    this.#unnamed = [...this.#unnamed.filter(({ at }) => unnamed.at - at < soon), unnamed];
  }

  /** Takes in what was fetched and answers from everything known, newest first. */
  learn(fetched: readonly ListedText[], span: FetchSpan): readonly ListedText[] {
    const fresh = fetched.filter((text) => !this.#texts.has(keyOf(text)));
    for (const text of fresh) this.#texts.set(keyOf(text), this.#place(text, span));
    this.#noteLast(fetched);
    this.#lastBegan = Math.max(this.#lastBegan ?? span.began, span.began);
    const all = [...this.#texts.values()].toSorted(newestFirst);
    this.#forget(all);
    return all;
  }

  /**
   * What the server tells beyond the last id came in since then, though its own date may be earlier: networks hold texts back, and
   * servers write dates without their zone. Much older ones are history that the server tells in portions.
   */
  #place(text: ListedText, { ended, told }: FetchSpan): ListedText {
    const last = text.direction === 'in' ? told.received : told.sent;
    const since = last === '' ? null : this.#lastBegan;
    const isNews = since !== null && text.createdAt > since - longestHeldBack;
    const createdAt = Math.min(isNews ? Math.max(text.createdAt, since) : text.createdAt, ended);
    return { ...text, createdAt, reference: this.#nameOf(text, createdAt) };
  }

  #nameOf({ direction, to, text }: ListedText, createdAt: number): string | null {
    if (direction === 'in') return null;
    const found = this.#unnamed.find(
      (each) => each.to === to && each.text === text && Math.abs(each.at - createdAt) < soon,
    );
    this.#unnamed = this.#unnamed.filter((each) => each !== found);
    return found?.uid ?? null;
  }

  #noteLast(fetched: readonly ListedText[]): void {
    const newest = (direction: 'in' | 'out'): string | undefined =>
      fetched.filter((text) => text.direction === direction).toSorted(newestFirst)[0]
        ?.providerMessageId;
    const sent = newest('out');
    this.#last = { received: newest('in') ?? this.#last.received, sent: sent ?? this.#last.sent };
    this.#listsSent ||= sent !== undefined;
  }

  #forget(all: readonly ListedText[]): void {
    for (const text of all.slice(mostTexts)) {
      this.#texts.delete(keyOf(text));
      this.#reachesTo = Math.max(this.#reachesTo, text.createdAt);
    }
  }
}

/** Is this what was asked for? */
export function isAskedFor({ since, until, between }: TextQuery, text: ListedText): boolean {
  if (text.createdAt < since || text.createdAt > until) return false;
  if (between === null) return true;
  const [line, peer] = text.direction === 'out' ? [text.from, text.to] : [text.to, text.from];
  return line === between.line && peer === between.peer;
}

const keyOf = ({ direction, providerMessageId }: ListedText): string =>
  `${direction} ${providerMessageId}`;

/** By time, and within one moment by number where ids are numbers. */
function newestFirst(a: ListedText, b: ListedText): number {
  if (a.createdAt !== b.createdAt) return b.createdAt - a.createdAt;
  const [first, second] = [Number(a.providerMessageId), Number(b.providerMessageId)];
  return Number.isNaN(first - second) ? 0 : second - first;
}
