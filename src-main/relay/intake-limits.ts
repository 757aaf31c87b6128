/** A token bucket: so many a second for good, and so many at once after a rest. */
export type Rate = { readonly perSecond: number; readonly burst: number };

/** What the intake bears before it refuses. */
export type IntakeLimits = {
  readonly bodyBytes: number;
  /** Request line and headers together. */
  readonly headerBytes: number;
  readonly headerCount: number;
  readonly jsonDepth: number;
  readonly formFields: number;
  /** From the connection, or the end of the request before, to the last header. */
  readonly headersTimeoutMs: number;
  /** From the same moment to the last byte of the body. */
  readonly requestTimeoutMs: number;
  readonly sockets: number;
  readonly socketsPerAddress: number;
  /** Calls of one address that turn out not to be a carrier's. Authentic ones do not count. */
  readonly refusedPerAddress: Rate;
  /** Authentic calls for one connection. */
  readonly authenticPerConnection: Rate;
  /**
   * Whether limits per address hold for callers on this machine. A loopback address is a proxy, a tunnel or the sandbox
   * carrier: it tells nobody apart, and one forger behind it would shut out every carrier behind it.
   */
  readonly limitLoopback: boolean;
};

/** Twilio's and Telnyx's calls are a few KiB; Bandwidth posts arrays. A burst of 600 a second for five seconds is served. */
export const defaultLimits: IntakeLimits = {
  bodyBytes: 256 * 1024,
  headerBytes: 16 * 1024,
  headerCount: 64,
  jsonDepth: 32,
  formFields: 200,
  headersTimeoutMs: 5_000,
  requestTimeoutMs: 10_000,
  sockets: 2_000,
  socketsPerAddress: 64,
  refusedPerAddress: { perSecond: 20, burst: 40 },
  authenticPerConnection: { perSecond: 200, burst: 3_000 },
  limitLoopback: false,
};
