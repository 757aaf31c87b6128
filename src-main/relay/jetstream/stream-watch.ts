import type { StreamInfo } from '@nats-io/jetstream';

import type { Appended, LogFailure, LogHealth } from '../delivery-log.ts';
import type { LogStreams } from './log-streams.ts';
import type { NatsLink } from './nats-link.ts';
import { describeCondition } from './stream-condition.ts';

/** Between two looks at the stream, which find what the server's own word of it was lost on the way. Milliseconds. */
const lookEveryMs = 2_000;
/** A leader that was away and does not know of the next one yet shows an older end for a moment. Milliseconds. */
const staleForMs = 1_500;
/** How long an append that failed for good speaks against the log's health while nobody appends. Milliseconds. */
const failureCountsMs = 10_000;

/** An older state was put back, or a server without fsync lost power. Readers notice when they begin anew. */
function wentBack(end: number, { lastSeq }: Pick<LogHealth, 'lastSeq'>): string {
  return `NATS has lost deliveries: the log ends at ${end}, and went up to ${lastSeq}. Start the relay again.`;
}

const notShown = 'The NATS servers do not show the newest deliveries at the moment.';

type Look = Pick<LogHealth, 'ok' | 'problem' | 'lastSeq' | 'bytes'>;

/**
 * Knows the newest number, whoever appended it: from acknowledgements, from the server, which publishes a note without
 * contents for each delivery stored, and from looking now and then.
 */
export class StreamWatch {
  readonly #link: NatsLink;
  readonly #streams: LogStreams;
  readonly #listeners = new Set<(lastSeq: number) => void>();
  readonly #timer: NodeJS.Timeout;
  #lastSeq: number;
  #bytes: number;
  /** When the stream was first found to end before what is known; null while it does not. */
  #endsEarlySince: number | null = null;
  #failure: { readonly failure: LogFailure; readonly at: number } | null = null;

  constructor(link: NatsLink, streams: LogStreams, { state }: StreamInfo) {
    this.#link = link;
    this.#streams = streams;
    this.#lastSeq = state.last_seq;
    this.#bytes = state.bytes;
    link.nats.subscribe(streams.storedSubjects, {
      callback: (_error, note) => this.#note(Number(note.headers?.get('Nats-Sequence'))),
    });
    link.onReconnected(() => void this.look());
    this.#timer = setInterval(() => void this.look(), lookEveryMs).unref();
  }

  get lastSeq(): number {
    return this.#lastSeq;
  }

  onAppended(listener: (lastSeq: number) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  noteAppended({ seq, duplicate }: Appended): void {
    if (!duplicate) this.#failure = null;
    this.#note(seq);
  }

  noteFailure(failure: LogFailure): void {
    this.#failure = { failure, at: performance.now() };
  }

  /** Asks the stream's leader how the stream is. Never throws: that it does not answer is a finding. */
  async look(): Promise<Look> {
    const known = { lastSeq: this.#lastSeq, bytes: this.#bytes };
    try {
      const { jsm } = this.#link;
      const info = await this.#link.ask(() => jsm.streams.info(this.#streams.deliveries));
      const { bytes, last_seq: end } = info.state;
      this.#bytes = bytes;
      if (end < known.lastSeq) return this.#judgeEarlyEnd(end, known);
      this.#endsEarlySince = null;
      this.#note(end);
      return { ...this.#judge(info), lastSeq: this.#lastSeq, bytes };
    } catch (error) {
      const problem = error instanceof Error ? error.message : String(error);
      return { ok: false, problem, ...known };
    }
  }

  stop(): void {
    clearInterval(this.#timer);
  }

  #judgeEarlyEnd(end: number, known: Pick<Look, 'lastSeq' | 'bytes'>): Look {
    this.#endsEarlySince ??= performance.now();
    const bytes = this.#bytes;
    if (performance.now() - this.#endsEarlySince >= staleForMs)
      return { ok: false, problem: wentBack(end, known), lastSeq: end, bytes };
    return { ok: false, problem: notShown, lastSeq: known.lastSeq, bytes };
  }

  #judge(info: StreamInfo): Pick<Look, 'ok' | 'problem'> {
    const recent = this.#failure;
    if (recent !== null && performance.now() - recent.at < failureCountsMs)
      return { ok: false, problem: recent.failure.message };
    return describeCondition(info);
  }

  #note(seq: number): void {
    if (!(seq > this.#lastSeq)) return;
    this.#lastSeq = seq;
    for (const listener of this.#listeners) listener(seq);
  }
}
