/** One arrival of a message, under the key that every repetition of it shares. */
export type Arrival = {
  readonly key: string;
  /** To be told when it was answered: stored, or not stored so that the carrier keeps it. */
  settle(isStored: boolean, at: number): void;
};

type Seen = {
  readonly key: string;
  readonly firstAt: number;
  link: object;
  arrivedAt: number;
  /** Null while it is being stored. */
  answeredAt: number | null;
  isStored: boolean;
};

/** When an answer of ours may have missed the carrier, in milliseconds. */
export type Doubts = {
  /** It left so shortly before its connection broke. */
  readonly answerDoubt: number;
  /** It took longer than this. */
  readonly slowAnswer: number;
};

/** Nothing is repeated later than this; milliseconds. */
const longestMemory = 24 * 3_600_000;
const mostMessages = 50_000;
/** Texts with the same octets count up within one span; over a restart of the program they are told apart by the span alone. */
const span = 10 * 60_000;

/**
 * Tells a text that the carrier sends again from one that a customer wrote twice. Messages have no id and a repetition has a new
 * sequence number, so what counts is whether the carrier may have missed our answer: over a new connection, where the old one
 * broke before the answer or soon after it; over the same one, where the answer took long. Anything else is a new text.
 *
 * A program that starts anew remembers none of this: there, the same octets within the same ten minutes count once.
 */
export class Arrivals {
  readonly #doubts: Doubts;
  /** By digest of the octets, the least recent first. */
  readonly #seen = new Map<string, Seen[]>();
  readonly #lostAt = new WeakMap<object, number>();

  constructor(doubts: Doubts) {
    this.#doubts = doubts;
  }

  /** A connection is over. */
  noteLost(link: object, at: number): void {
    this.#lostAt.set(link, at);
  }

  /** Takes note of a message by the digest of its octets. */
  arrive(digest: string, link: object, now: number): Arrival {
    const all = (this.#seen.get(digest) ?? []).filter(
      ({ arrivedAt }) => now - arrivedAt < longestMemory,
    );
    const repeated = all.find((each) => this.#isRepeated(each, link, now));
    const seen = repeated ?? asNew(digest, all, { link, now });
    if (repeated === undefined) all.push(seen);
    Object.assign(seen, { link, arrivedAt: now, answeredAt: null });
    this.#seen.delete(digest);
    this.#seen.set(digest, all);
    this.#forgetOldest();
    return {
      key: seen.key,
      settle(isStored, at) {
        seen.answeredAt = at;
        seen.isStored ||= isStored;
      },
    };
  }

  #isRepeated({ answeredAt, isStored, ...seen }: Seen, link: object, now: number): boolean {
    if (answeredAt !== null && !isStored) return true;
    if (seen.link === link) return (answeredAt ?? now) - seen.arrivedAt > this.#doubts.slowAnswer;
    const lostAt = this.#lostAt.get(seen.link);
    if (lostAt === undefined) return false;
    return answeredAt === null || lostAt - answeredAt < this.#doubts.answerDoubt;
  }

  #forgetOldest(): void {
    const [oldest] = this.#seen.keys();
    if (this.#seen.size > mostMessages && oldest !== undefined) this.#seen.delete(oldest);
  }
}

function asNew(
  digest: string,
  before: readonly Seen[],
  { link, now }: { link: object; now: number },
): Seen {
  const number = Math.floor(now / span);
  const count = before.filter(({ firstAt }) => firstAt >= number * span).length;
  return {
    key: `text/${digest}/${number}/${count}`,
    firstAt: now,
    link,
    arrivedAt: now,
    answeredAt: null,
    isStored: false,
  };
}
