import { systemClock } from '#main/log/system-clock.ts';
import { type DesktopKey, makeDesktopKey } from '#main/relay/desktop-end/desktop-key.ts';
import { pairDesktop } from '#main/relay/desktop-end/pair-desktop.ts';
import { readRelayAddress } from '#main/relay/desktop-end/read-relay-address.ts';
import { RemoteLog } from '#main/relay/desktop-end/remote-log.ts';
import { StreamClient } from '#main/relay/desktop-end/stream-client.ts';
import type { StreamEnd } from '#main/relay/desktop-end/stream-end.ts';
import { followLog } from '#main/relay/follow-log.ts';
import type { Clock } from '#shared/contract/clock.ts';

export type TakerIdentity = DesktopKey & { readonly desktop: string; readonly relay: string };

/** What outlives a kill: everything taken in for good, and where to go on. */
export type TakerStore = {
  log: string | null;
  cursor: number;
  readonly taken: { readonly seq: number; readonly text: string }[];
};

export const emptyStore = (): TakerStore => ({ log: null, cursor: 0, taken: [] });

export async function pairTaker(address: string, code: string): Promise<TakerIdentity> {
  const keys = makeDesktopKey();
  const { publicKey } = keys;
  const streamUrl = streamUrlOf(address);
  const outcome = await pairDesktop({ streamUrl, clock: systemClock, code, name: 'T', publicKey });
  if (outcome.kind !== 'paired') throw new Error(JSON.stringify(outcome));
  const { desktop, relay } = outcome;
  return { ...keys, desktop, relay };
}

export function streamUrlOf(address: string): string {
  const read = readRelayAddress(address);
  if (read.kind === 'bad') throw new Error(read.sentence);
  return read.streamUrl;
}

export type TakerOptions = {
  readonly address: string;
  readonly identity: TakerIdentity;
  readonly store: TakerStore;
  /**
   * `honest`: its place moves with what is taken in. `hasty`: with what has come, as of a program that acknowledges before it
   * has committed.
   */
  readonly manner: 'honest' | 'hasty';
  readonly clock?: Clock;
  /** 0 unless given, so that every new try comes at once. */
  readonly random?: number;
  /** How long taking one in lasts, milliseconds. */
  readonly takesMs?: () => number;
};

/** The client's own parts over a history in memory that is slow to take in; stopping it is a kill. */
export class StreamTaker {
  readonly ends: StreamEnd[] = [];
  welcomes = 0;
  readonly client: StreamClient;
  readonly #options: TakerOptions;
  #remote: RemoteLog | null = null;
  #stopFollowing: () => Promise<void> = () => Promise.resolve();
  #killed = false;

  constructor(options: TakerOptions) {
    this.#options = options;
    const { address, identity, store, clock = systemClock, random = 0 } = options;
    this.client = new StreamClient({
      streamUrl: streamUrlOf(address),
      desktop: identity.desktop,
      relay: identity.relay,
      privateKey: identity.privateKey,
      clock,
      random: () => random,
      cursor: () => ({ log: store.log, after: store.cursor }),
      onWelcome: (welcome) => {
        this.welcomes += 1;
        store.log = welcome.log;
        if (this.#remote === null) this.#follow(welcome, clock);
        else this.#remote.resume(welcome);
      },
      onTold: (told) => {
        if (told.type !== 'delivery') return true;
        if (options.manner === 'hasty') store.cursor = told.seq;
        return this.#remote?.push(told) ?? false;
      },
      onLost: (end) => void this.ends.push(end),
    });
  }

  /** Nothing of what is under way is kept. */
  async kill(): Promise<void> {
    this.#killed = true;
    this.client.close();
    await this.#stopFollowing();
  }

  #follow(welcome: { log: string; after: number; lastSeq: number }, clock: Clock): void {
    const { store, manner, takesMs } = this.#options;
    const remote = new RemoteLog({
      id: welcome.log,
      after: welcome.after,
      lastSeq: welcome.lastSeq,
      trimmedThrough: 0,
      committed: store.cursor,
      ready,
      acknowledge: (seq) => this.client.acknowledge(seq),
    });
    const { stop } = followLog({
      log: remote,
      clock,
      cursor: () => store.cursor,
      accept: async ({ seq, raw }) => {
        const ms = takesMs?.() ?? 0;
        if (ms > 0) await new Promise((resolve) => setTimeout(resolve, ms));
        if (this.#killed) throw new Error('killed');
        store.taken.push({ seq, text: Buffer.from(raw.body).toString() });
        if (manner === 'honest') store.cursor = seq;
      },
      onProblem: () => undefined,
    });
    this.#remote = remote;
    this.#stopFollowing = stop;
  }
}

const nothing = Promise.resolve();
const ready = (): Promise<void> => nothing;
