import type { StreamInfo } from '@nats-io/jetstream';

import { log as writeLog } from '#main/log/log.ts';
import type { RawDelivery } from '#shared/provider/delivery.ts';

import {
  LogFailure,
  type Appended,
  type DeliveryLog,
  type LogHealth,
  type StoredDelivery,
  type Trim,
} from './delivery-log.ts';
import { Appender } from './jetstream/appender.ts';
import { CopyWatch } from './jetstream/copy-watch.ts';
import { closedFailure } from './jetstream/describe-nats-error.ts';
import { FsyncWatch } from './jetstream/fsync-watch.ts';
import { keepTrying } from './jetstream/keep-trying.ts';
import { ensureStreams, nameStreams, type LogStreams } from './jetstream/log-streams.ts';
import { NatsLink } from './jetstream/nats-link.ts';
import { holdersOf, proveFsync } from './jetstream/prove-fsync.ts';
import { readDeliveries, type Source } from './jetstream/read-deliveries.ts';
import { assertKeepsCopiesAlike } from './jetstream/server-version.ts';
import { StreamWatch } from './jetstream/stream-watch.ts';
import { TrimMark } from './jetstream/trim-mark.ts';
import { trimStream } from './jetstream/trim-stream.ts';

const eightGibibytes = 8 * 1024 ** 3;
/** Longer than it takes three servers to choose a new leader, shorter than carriers wait. Milliseconds. */
const appendBoundMs = 10_000;
const openBoundMs = 10_000;
/** What waits when the log closes gets this long. Milliseconds. */
const closeGraceMs = 3_000;

export type JetstreamOptions = {
  /**
   * `nats://HOST:PORT` or `tls://HOST:PORT`, before the host `USER:PASSWORD@` or `TOKEN@` where the servers want it. One
   * suffices, which names the others of its cluster; several help while some are down.
   */
  readonly servers: readonly string[];
  /** Tells this log from others on the same servers: small letters, digits and dashes. */
  readonly workspace: string;
  /**
   * Copies of the log, each on a server of its own: three where the servers form a cluster, else one, unless set. One copy
   * outlives a restart, three also the loss of a server.
   */
  readonly replicas?: 1 | 3;
  /** Monitoring addresses (`http://HOST:8222`) of all servers that hold the log, which show that they sync before they acknowledge. */
  readonly monitors?: readonly string[];
  /** For trials: takes servers that do not show it. A power cut may then lose deliveries that were acknowledged. */
  readonly allowUnsyncedServer?: boolean;
  /** For tests alone: takes three copies on servers that may let them come apart. */
  readonly allowDivergingServer?: boolean;
  /** Between two comparisons of three copies, milliseconds; an hour by default. */
  readonly compareCopiesEveryMs?: number;
  /** Bytes a new log may take on each server, 8 GiB by default. At the limit appends fail; nothing is dropped. */
  readonly maxBytes?: number;
};

/**
 * Opens the log in a stream of NATS JetStream, making it where it is missing. Several relays may have the same log open.
 * Throws {@link LogFailure} with a sentence for the person.
 */
export async function openJetstreamLog(options: JetstreamOptions): Promise<DeliveryLog> {
  const streams = nameStreams(options.workspace);
  const link = await NatsLink.open(options.servers);
  try {
    const { maxBytes = eightGibibytes } = options;
    const replicas = chooseCopies(link, options);
    const until = performance.now() + openBoundMs;
    const info = await keepTrying(link, until, () =>
      ensureStreams(link, streams, { replicas, maxBytes }),
    );
    const prove = proverOf(link, options);
    await prove?.(info);
    const id = `${streams.deliveries}@${info.created}`;
    const mark = new TrimMark(link, streams, id);
    const trimmedThrough = await keepTrying(link, until, () => mark.read());
    const watch = new StreamWatch(link, streams, info);
    const { compareCopiesEveryMs: everyMs } = options;
    const comparing = replicas === 1 ? null : { everyMs };
    const fsync = prove && new FsyncWatch(async () => prove(await streamInfo(link, streams)));
    return new JetstreamLog({ id, link, streams, mark, watch, fsync, trimmedThrough, comparing });
  } catch (error) {
    await link.close();
    throw error;
  }
}

function chooseCopies({ server }: NatsLink, options: JetstreamOptions): 1 | 3 {
  const replicas = options.replicas ?? (server.inCluster ? 3 : 1);
  const copied = replicas === 3 && server.inCluster;
  if (copied && options.allowDivergingServer !== true) assertKeepsCopiesAlike(server);
  return replicas;
}

/** Has the servers that hold a stream show that they sync; null where they need not. */
function proverOf(
  link: NatsLink,
  { allowUnsyncedServer = false, monitors = [], workspace }: JetstreamOptions,
): ((info: StreamInfo) => Promise<void>) | null {
  if (!allowUnsyncedServer)
    return (info) => proveFsync(holdersOf(info, link.server.name), monitors);
  writeLog('relay.unsynced-server-allowed', { workspace });
  return null;
}

function streamInfo(link: NatsLink, { deliveries }: LogStreams): Promise<StreamInfo> {
  return link.ask(() => link.jsm.streams.info(deliveries));
}

type Parts = {
  readonly id: string;
  readonly link: NatsLink;
  readonly streams: LogStreams;
  readonly mark: TrimMark;
  readonly watch: StreamWatch;
  readonly fsync: FsyncWatch | null;
  readonly trimmedThrough: number;
  /** How often copies are compared; null where there is one alone. */
  readonly comparing: { readonly everyMs: number | undefined } | null;
};

/** The log of several machines: JetStream numbers, replicates and syncs, this asks it in the right way. */
class JetstreamLog implements DeliveryLog {
  readonly id: string;
  readonly #link: NatsLink;
  readonly #mark: TrimMark;
  readonly #watch: StreamWatch;
  readonly #fsync: FsyncWatch | null;
  readonly #copies: CopyWatch | null;
  readonly #appender: Appender;
  readonly #source: Source;
  readonly #underWay = new Set<Promise<unknown>>();
  #trimmedThrough: number;
  #trimming: Promise<unknown> = Promise.resolve();
  #closing: Promise<void> | null = null;

  constructor({ id, link, streams, mark, watch, fsync, trimmedThrough, comparing }: Parts) {
    this.id = id;
    this.#link = link;
    this.#mark = mark;
    this.#watch = watch;
    this.#fsync = fsync;
    this.#appender = new Appender(link, streams, appendBoundMs);
    this.#source = { link, streams, lastSeq: () => watch.lastSeq };
    this.#trimmedThrough = trimmedThrough;
    const stretch = () => ({ from: this.#trimmedThrough + 1, to: watch.lastSeq });
    this.#copies = comparing && new CopyWatch({ link, streams, stretch, ...comparing });
  }

  append(raw: RawDelivery, key: string): Promise<Appended> {
    if (this.#closing !== null) return Promise.reject(closedFailure());
    const appending = this.#append(raw, key);
    this.#underWay.add(appending);
    return appending.finally(() => this.#underWay.delete(appending));
  }

  async readAfter(seq: number, limit: number): Promise<readonly StoredDelivery[]> {
    return readDeliveries(this.#source, Math.max(seq, this.#trimmedThrough) + 1, limit);
  }

  onAppended(listener: (lastSeq: number) => void): () => void {
    return this.#watch.onAppended(listener);
  }

  trim(allowed: Trim): Promise<number> {
    const trimmed = this.#trimming.then(() => this.#trim(allowed));
    this.#trimming = trimmed.catch(() => undefined);
    return trimmed;
  }

  async health(): Promise<LogHealth> {
    const found = await this.#watch.look();
    if (found.ok) this.#trimmedThrough = await this.#mark.read().catch(() => this.#trimmedThrough);
    const problem = found.problem ?? this.#fsync?.problem ?? this.#copies?.problem ?? null;
    return { ...found, problem, trimmedThrough: this.#trimmedThrough };
  }

  close(): Promise<void> {
    this.#closing ??= this.#close();
    return this.#closing;
  }

  async #append(raw: RawDelivery, key: string): Promise<Appended> {
    try {
      const appended = await this.#appender.append(raw, key);
      this.#watch.noteAppended(appended);
      return appended;
    } catch (error) {
      if (error instanceof LogFailure) this.#watch.noteFailure(error);
      throw error;
    }
  }

  async #trim(allowed: Trim): Promise<number> {
    const { trimmed, through } = await trimStream(this.#source, this.#mark, allowed);
    this.#trimmedThrough = through;
    return trimmed;
  }

  async #close(): Promise<void> {
    this.#watch.stop();
    this.#fsync?.stop();
    this.#copies?.stop();
    let stopWaiting: () => void = () => undefined;
    const longEnough = new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, closeGraceMs);
      stopWaiting = () => clearTimeout(timer);
    });
    await Promise.race([Promise.allSettled(this.#underWay), longEnough]);
    stopWaiting();
    await this.#link.close();
    await this.#trimming;
  }
}
