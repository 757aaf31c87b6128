import type { TeamDesk } from '#main/commands/desk.ts';
import { findTeam } from '#main/history/team.ts';
import { log } from '#main/log/log.ts';
import type { Appended } from '#main/relay/delivery-log.ts';
import { offline } from '#main/relay/desktop-end/pending-appends.ts';
import type { Tell } from '#shared/contract/contract.ts';
import { noTeam, type Team, type TeamHealth } from '#shared/contract/team-commands.ts';
import { connectionIdSchema } from '#shared/message/line.ts';
import type { SessionArrival } from '#shared/provider/provider.ts';

import type { SecretStore } from '../host-services.ts';
import { joinByCode } from './join-team.ts';
import { leave } from './leave-team.ts';
import { readTeamKey } from './team-key.ts';
import { type LinkParts, TeamLink } from './team-link.ts';
import { viewTeam } from './view-team.ts';

/** Milliseconds between two words about the team at least: it changes with every delivery. */
const tellEveryMs = 100;

export type TeamParts = Omit<LinkParts, 'team' | 'privateKey' | 'changed'> & {
  readonly secrets: SecretStore;
  readonly tell: Tell;
};

type Arrival = SessionArrival & { readonly connectionId: string };

/** This desktop's place in a team: joined or not, it answers for it and keeps it in step. */
export class TeamOfDesk implements TeamDesk {
  readonly #parts: TeamParts;
  #link: TeamLink | null = null;
  #told = '';
  #callOff: (() => void) | null = null;
  /** Joining and leaving are done one after the other. */
  #last: Promise<unknown> = Promise.resolve();
  #stopped = false;

  constructor(parts: TeamParts) {
    this.#parts = parts;
  }

  /** Connects where a team was joined before. */
  start(): Promise<void> {
    return this.#inTurn(() => this.#connect());
  }

  view(): Team {
    const joined = findTeam(this.#parts.db);
    return joined === undefined ? noTeam : viewTeam(this.#parts.db, joined, this.#link);
  }

  join(input: Parameters<TeamDesk['join']>[0]): Promise<Team> {
    return this.#inTurn(async () => {
      await joinByCode(this.#parts, input);
      await this.#connect();
      return this.#tellNow();
    });
  }

  leave(): Promise<Team> {
    return this.#inTurn(async () => {
      const { db, secrets, clock, book, health, connectionsChanged } = this.#parts;
      await this.#disconnect();
      for (const id of await leave({ db, secrets, now: clock.now() })) {
        book.close(id);
        health.forget(id);
      }
      connectionsChanged();
      return this.#tellNow();
    });
  }

  /** What the status bar says; null where there is no team. */
  health(): TeamHealth | null {
    const { state, sentence, lag } = this.view();
    return state === 'none' ? null : { state, sentence, lag };
  }

  /** Something may have been done that is to be told to the team. */
  wake(): void {
    this.#link?.wake();
  }

  /** Tells the screens; what is told to them may be to be told to the team, too. */
  wakeAfter(tell: Tell): Tell {
    return (name, payload) => {
      tell(name, payload);
      this.wake();
    };
  }

  /** What came in over a session of one of the team's connections: resolves once the relay has it for good. */
  async appendArrival(arrival: Arrival): Promise<Appended> {
    const { key, headers, body } = arrival;
    if (this.#link === null) throw offline();
    return this.#link.append({
      type: 'append-arrival',
      connectionId: connectionIdSchema.parse(arrival.connectionId),
      key,
      headers: { ...headers },
      body: Buffer.from(body).toString('base64'),
    });
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    this.#callOff?.();
    await this.#last;
    await this.#disconnect();
  }

  async #connect(): Promise<void> {
    const { db, secrets } = this.#parts;
    const team = findTeam(db);
    if (team === undefined || this.#stopped) return;
    const privateKey = await readTeamKey(secrets).catch((error: unknown) => {
      log('team.key-unreadable', { reason: error instanceof Error ? error.name : 'unknown' });
      return null;
    });
    this.#link = new TeamLink({
      ...this.#parts,
      team,
      privateKey,
      changed: () => this.#tellSoon(),
    });
  }

  async #disconnect(): Promise<void> {
    await this.#link?.stop();
    this.#link = null;
  }

  #inTurn<Result>(deed: () => Promise<Result>): Promise<Result> {
    const next = this.#last.then(deed);
    this.#last = next.catch(() => undefined);
    return next;
  }

  #tellSoon(): void {
    if (this.#stopped) return;
    this.#callOff ??= this.#parts.clock.after(tellEveryMs, () => void this.#tellNow());
  }

  #tellNow(): Team {
    this.#callOff?.();
    this.#callOff = null;
    const team = this.view();
    this.#noteReached(team);
    const written = JSON.stringify(team);
    if (written !== this.#told) this.#parts.tell('team.changed', { team });
    this.#told = written;
    return team;
  }

  /** What the relay lends is only as well as the way to the relay. */
  #noteReached({ state, sentence }: Team): void {
    const { health, connectionsChanged } = this.#parts;
    const away = state === 'connecting' || state === 'stopped' ? sentence : null;
    if (health.teamAway === away) return;
    health.teamAway = away;
    connectionsChanged();
  }
}
