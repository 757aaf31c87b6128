import { type RelayFrame, streamLimits } from '#shared/team/stream-frames.ts';

import type { DeliveryLog, LogHealth, StoredDelivery } from '../delivery-log.ts';

/** What is read, and so acknowledged, at once at most. */
const pageSize = 32;
/** More than the relay may have under way breaks what was agreed upon, and is not kept. */
const mostBuffered = 2 * streamLimits.unacknowledged;

type Pushed = Extract<RelayFrame, { type: 'delivery' }>;

/** Where a stream begins: the number before the first delivery that it will push, and the newest there is. */
export type Beginning = { readonly after: number; readonly lastSeq: number };

export type RemoteLogParts = Beginning & {
  /** The relay's name of the log. */
  readonly id: string;
  /** Everything up to this number left the log before it could be pushed; 0 where nothing did. */
  readonly trimmedThrough: number;
  /** Number of the last delivery that is in the history already; the relay may begin before it. */
  readonly committed: number;
  /** Resolves when what was told before the deliveries pushed so far is kept; nothing is handed over before. */
  ready(): Promise<unknown>;
  /** Tells the relay that everything up to this number is committed. */
  acknowledge(seq: number): void;
};

/**
 * The reading half of a delivery log that is elsewhere, over what its relay pushed and the history has not committed yet. It
 * holds no more than the relay's window; whatever else there is stays in the relay's log.
 *
 * Its reader asks for what comes after the last delivery that it has committed, so that asking acknowledges.
 */
export class RemoteLog implements Pick<DeliveryLog, 'id' | 'readAfter' | 'onAppended' | 'health'> {
  readonly id: string;
  readonly #parts: RemoteLogParts;
  readonly #listeners = new Set<(lastSeq: number) => void>();
  #buffer: StoredDelivery[] = [];
  #lastSeq: number;
  /** Number of the last delivery pushed on this stream: nothing after it may be acknowledged. */
  #pushed: number;
  #committed: number;
  #acknowledged: number;
  #stopped = false;

  constructor(parts: RemoteLogParts) {
    this.id = parts.id;
    this.#parts = parts;
    this.#lastSeq = parts.lastSeq;
    this.#pushed = parts.after;
    this.#committed = parts.committed;
    this.#acknowledged = parts.after;
  }

  /** Deliveries of the log that are not committed here, as far as is known. */
  get lag(): number {
    return Math.max(0, this.#lastSeq - this.#committed);
  }

  /** Another stream of the same log has begun: what was not committed before it is pushed again. */
  resume({ after, lastSeq }: Beginning): void {
    this.#buffer = [];
    this.#lastSeq = lastSeq;
    this.#pushed = after;
    this.#acknowledged = after;
  }

  /** Takes what the relay pushed; false where it goes back or is more than was agreed upon. */
  push({ seq, raw, line }: Pushed): boolean {
    if (seq <= this.#pushed || this.#buffer.length >= mostBuffered) return false;
    this.#pushed = seq;
    const body = Buffer.from(raw.body, 'base64');
    this.#buffer.push({ seq, raw: { ...raw, body }, line: line ?? null });
    this.noteTip(seq);
    for (const tell of this.#listeners) tell(this.#lastSeq);
    return true;
  }

  noteTip(lastSeq: number): void {
    this.#lastSeq = Math.max(this.#lastSeq, lastSeq);
  }

  async readAfter(seq: number, limit: number): Promise<readonly StoredDelivery[]> {
    this.#noteCommitted(seq);
    for (let kept = null; kept !== this.#parts.ready(); await kept) kept = this.#parts.ready();
    return this.#buffer.filter((each) => each.seq > seq).slice(0, Math.min(limit, pageSize));
  }

  onAppended(listener: (lastSeq: number) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  health(): Promise<LogHealth> {
    const { trimmedThrough } = this.#parts;
    const lastSeq = this.#lastSeq;
    return Promise.resolve({ ok: true, problem: null, lastSeq, trimmedThrough, bytes: 0 });
  }

  /** Acknowledges nothing more: another log has taken its place, or there is none any more. */
  stop(): void {
    this.#stopped = true;
  }

  #noteCommitted(seq: number): void {
    this.#committed = Math.max(this.#committed, seq);
    const kept = this.#buffer.findIndex((each) => each.seq > this.#committed);
    this.#buffer.splice(0, kept < 0 ? this.#buffer.length : kept);
    // On a new stream, what was committed while the old one broke comes once more before it can be acknowledged.
    const due = Math.min(this.#committed, this.#pushed);
    if (this.#stopped || due <= this.#acknowledged) return;
    this.#acknowledged = due;
    this.#parts.acknowledge(due);
  }
}
