/** Time as it is lent to those who need it, so that tests can lend their own. */
export type Clock = {
  /** Milliseconds since 1970. */
  now(): number;
  /** Calls `deed` once after `ms`; returns the way to call it off. */
  after(ms: number, deed: () => void): () => void;
};
