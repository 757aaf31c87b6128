/** How long the session waits for what, all in milliseconds. */
export type SessionTimes = {
  /** For the connection to stand, TLS included. */
  readonly connect: number;
  readonly bind: number;
  /** For the answer to a part; past it nobody knows whether it was taken. */
  readonly answer: number;
  readonly enquireEvery: number;
  readonly enquireAnswer: number;
  /** Before the first try to come back, and at most; the pause doubles from one to the other. */
  readonly firstPause: number;
  readonly longestPause: number;
  /** Before a try to come back where the carrier does not want us now. */
  readonly slowPause: number;
  /** A bind that held this long was a good one. */
  readonly goodBind: number;
  readonly throttlePause: number;
  /** The pace grows by a tenth after each of these without a complaint. */
  readonly recoverEvery: number;
  /** How long the later parts of a text are tried once its first was taken. */
  readonly patience: number;
  /** For the goodbye: what is on the road, the unbind and its answer. */
  readonly stop: number;
  /** How long before its connection broke an answer of ours may have been lost with it. */
  readonly answerDoubt: number;
  /** An answer of ours that took longer than this may have come too late for the carrier. */
  readonly slowAnswer: number;
};

/** As the standard's implementation notes and carriers' own sheets have it. */
export const usualTimes: SessionTimes = {
  connect: 10_000,
  bind: 10_000,
  answer: 30_000,
  enquireEvery: 30_000,
  enquireAnswer: 10_000,
  firstPause: 1_000,
  longestPause: 60_000,
  slowPause: 60_000,
  goodBind: 10_000,
  throttlePause: 1_000,
  recoverEvery: 5_000,
  patience: 60_000,
  stop: 5_000,
  answerDoubt: 60_000,
  slowAnswer: 5_000,
};
