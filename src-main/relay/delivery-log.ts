import type { RawDelivery } from '#shared/provider/delivery.ts';

/** Which of our numbers a delivery brought something in for, and the how many-th it was there: from 1, without gaps. */
export type LineCount = { readonly number: string; readonly count: number };

/** A delivery with its place in the log. Sequence numbers start at 1 and have no gaps. */
export type StoredDelivery = {
  readonly seq: number;
  readonly raw: RawDelivery;
  /** Null where it brought in nothing that is counted, and where the engine does not count. */
  readonly line: LineCount | null;
};

/**
 * Which of our numbers a delivery brought in a text or a call for; null for receipts and what cannot be read. Lent by the host,
 * which knows the carriers. Pure; where it throws, the delivery is stored uncounted.
 */
export type LineOf = (raw: RawDelivery) => string | null;

/** What became of an append. A duplicate has the number of the delivery it repeats, and nothing new was stored. */
export type Appended = { readonly seq: number; readonly duplicate: boolean };

/** What may leave the log. Times are milliseconds since 1970. */
export type Trim = {
  /** Deliveries received earlier may go. */
  readonly receivedBefore: number;
  /** Only deliveries up to this number may go, however old the others are. */
  readonly upTo: number;
  /** Keys of deliveries received at or after this are still recognised, though the deliveries themselves may be gone. */
  readonly rememberSince: number;
};

export type LogHealth = {
  readonly ok: boolean;
  /** What is wrong, in one sentence; null while all is well. */
  readonly problem: string | null;
  /** Number of the newest delivery ever stored; 0 before the first. */
  readonly lastSeq: number;
  /** Everything up to this number has been trimmed; 0 where nothing has. */
  readonly trimmedThrough: number;
  /** Space taken on disk. */
  readonly bytes: number;
};

/**
 * A durable, ordered log of deliveries that knows a repeated one by its key.
 *
 * The engine assigns sequence numbers inside the commit, so a reader that follows "after my number" can miss nothing.
 * Every call may throw {@link LogFailure}.
 */
export type DeliveryLog = {
  /** Names this log for good. A cursor is worth something only together with the id of the log that it points into. */
  readonly id: string;
  /** Resolves after the delivery is durable, and rejects where it is not stored. */
  append(raw: RawDelivery, key: string): Promise<Appended>;
  /** At most `limit` deliveries after this number, in order. Trimmed ones are passed over. */
  readAfter(seq: number, limit: number): Promise<readonly StoredDelivery[]>;
  /** Calls the listener after each commit with the number of the newest delivery. Returns the way to stop listening. */
  onAppended(listener: (lastSeq: number) => void): () => void;
  /** Removes the oldest deliveries as far as allowed, and resolves with how many went. The newest number is never reused. */
  trim(allowed: Trim): Promise<number>;
  health(): Promise<LogHealth>;
  /** Commits what is waiting and lets go of the file or the server. */
  close(): Promise<void>;
};

/**
 * `full`: no space left. `io`: the disk failed. `corrupt`: the stored bytes are not a log. `newer`: written by a newer program.
 * `unreachable`: the server did not answer.
 */
export type LogFailureReason =
  | 'full'
  | 'io'
  | 'unreachable'
  | 'read-only'
  | 'busy'
  | 'corrupt'
  | 'newer'
  | 'closed'
  | 'other';

/**
 * The log could not do what was asked. Nothing of it was stored; where a server is `unreachable`, an append may yet turn out
 * to be, and its repeat is then recognised.
 */
export class LogFailure extends Error {
  override readonly name = 'LogFailure';
  readonly reason: LogFailureReason;

  constructor(reason: LogFailureReason, message: string, options?: ErrorOptions) {
    super(message, options);
    this.reason = reason;
  }
}
