import { readCursor } from '#main/history/deliveries-seen.ts';
import { findTeam, saveMembers, type TeamJoined } from '#main/history/team.ts';
import { log } from '#main/log/log.ts';
import type { Appended } from '#main/relay/delivery-log.ts';
import type { ToAppend } from '#main/relay/desktop-end/pending-appends.ts';
import { readRelayAddress } from '#main/relay/desktop-end/read-relay-address.ts';
import { StreamClient, type Told, type Welcome } from '#main/relay/desktop-end/stream-client.ts';
import { type StreamEnd, notKeptEnd } from '#main/relay/desktop-end/stream-end.ts';
import type { Member, SharedConnection } from '#shared/team/stream-frames.ts';

import { TeamOutboxDrain } from './drain-team-outbox.ts';
import { TeamLog, type TeamLogParts } from './follow-team-log.ts';
import { type KeepingShared, keepShared } from './keep-shared.ts';

export type LinkParts = Pick<TeamLogParts, 'clock' | 'take' | 'onGap'> &
  Omit<KeepingShared, 'now'> & {
    readonly team: TeamJoined;
    /** From the secret store; null where it is not there. */
    readonly privateKey: string | null;
    readonly random: () => number;
    /** Called after the team's connections changed. */
    connectionsChanged(): void;
    /** Called after anything about the team changed that its page shows. */
    changed(): void;
  };

/** How the stream stands; an end says why there is none, null before the first. */
export type LinkStanding =
  | { readonly kind: 'connected' }
  | { readonly kind: 'connecting' | 'stopped'; readonly end: StreamEnd | null };

/** Everything that keeps one desktop and its team's relay in step, from being joined to leaving. */
export class TeamLink {
  readonly #parts: LinkParts;
  readonly #client: StreamClient;
  readonly #log: TeamLog;
  readonly #drain: TeamOutboxDrain;
  /** What was told of connections is kept one after the other, and before the deliveries that follow it. */
  #keeping: Promise<unknown> = Promise.resolve();
  #standing: LinkStanding = { kind: 'connecting', end: null };
  #members: readonly Member[] = [];

  constructor(parts: LinkParts) {
    this.#parts = parts;
    const { db, clock, changed } = parts;
    this.#log = new TeamLog({
      ...parts,
      ready: () => this.#keeping,
      onCommitted: (seq) => {
        this.#client.acknowledge(seq);
        changed();
      },
      onFailure: (error) => this.#giveUp(error),
    });
    const append = (event: Extract<ToAppend, { type: 'append' }>['event']) =>
      this.append({ type: 'append', event });
    this.#drain = new TeamOutboxDrain({ db, clock, append, changed });
    this.#client = this.#connect();
  }

  get standing(): LinkStanding {
    return this.#standing;
  }

  /** The team as the relay told of it last; nobody is online while there is no stream. */
  get members(): readonly Member[] {
    if (this.#standing.kind === 'connected') return this.#members;
    return this.#members.map((each) => ({ ...each, online: false }));
  }

  get lag(): number {
    return this.#log.lag;
  }

  /** Resolves once the relay's log has it for good; rejects with `NotAppended`. */
  append(wanted: ToAppend): Promise<Appended> {
    return this.#client.append(wanted);
  }

  /** Something may have been put into the outbox of events. */
  wake(): void {
    this.#drain.wake();
  }

  /** Takes in nothing more; resolves when what is under way is done with. */
  async stop(): Promise<void> {
    this.#drain.pause();
    this.#client.close();
    await this.#log.stop();
    await this.#keeping.catch(() => undefined);
  }

  #connect(): StreamClient {
    const { team, privateKey, clock, random, db } = this.#parts;
    const read = readRelayAddress(team.address);
    if (read.kind === 'bad') throw new Error('an address was kept that is none');
    return new StreamClient({
      streamUrl: read.streamUrl,
      desktop: team.desktop,
      relay: team.relay,
      privateKey,
      clock,
      random,
      cursor() {
        const followed = findTeam(db)?.log ?? null;
        return { log: followed, after: followed === null ? 0 : readCursor(db, followed) };
      },
      onWelcome: (welcome) => this.#begin(welcome),
      onTold: (told) => this.#hear(told),
      onLost: (end) => this.#lose(end),
    });
  }

  #begin(welcome: Welcome): void {
    this.#standing = { kind: 'connected' };
    this.#log.begin(welcome);
    this.#drain.begin();
    this.#parts.changed();
  }

  #hear(told: Told): boolean {
    switch (told.type) {
      case 'connections':
        this.#keep(told.connections);
        return true;
      case 'members':
        this.#hearMembers(told.members);
        return true;
      case 'tip':
        this.#log.noteTip(told.lastSeq);
        this.#parts.changed();
        return true;
      case 'delivery':
        this.#parts.changed();
        return this.#log.push(told);
    }
  }

  #hearMembers(members: readonly Member[]): void {
    this.#members = members;
    try {
      saveMembers(this.#parts.db, members);
    } catch (error) {
      this.#giveUp(error);
    }
    this.#parts.changed();
  }

  #keep(shared: readonly SharedConnection[]): void {
    const { clock, connectionsChanged } = this.#parts;
    const keeping = this.#keeping
      .catch(() => undefined)
      .then(() => keepShared({ ...this.#parts, now: clock.now() }, shared));
    this.#keeping = keeping;
    keeping.then(
      (changed) => {
        if (changed) connectionsChanged();
      },
      (error: unknown) => this.#giveUp(error),
    );
  }

  /* What the relay told could not be kept, so it has to tell it once more. */
  #giveUp(error: unknown): void {
    log('team.not-kept', { reason: error instanceof Error ? error.name : 'unknown' });
    this.#client.beginAnew(notKeptEnd);
  }

  #lose(end: StreamEnd): void {
    this.#standing = { kind: end.final ? 'stopped' : 'connecting', end };
    this.#drain.pause();
    log('team.lost', { final: end.final, reason: end.sentence });
    this.#parts.changed();
  }
}
