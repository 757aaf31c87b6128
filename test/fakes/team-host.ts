import type { ConnectionView } from '#shared/contract/connection-shapes.ts';
import { noTeam, type Team } from '#shared/contract/team-commands.ts';
import type { NoteEntry } from '#shared/message/entry.ts';

import { makeConnection } from './carrier-host.ts';
import { MemoryHost } from './memory-host.ts';
import { makeText, supportLine } from './small-world.ts';

export const kim = { id: 'desktop-kim', name: 'Kim Park', online: true } as const;
export const sam = { id: 'desktop-sam', name: 'Sam', online: false } as const;

/** A team of Kim, who sits here, and Sam, that is connected. */
export function makeTeam(more: Partial<Team> = {}): Team {
  return {
    ...noTeam,
    state: 'connected',
    sentence: 'Connected to the relay.',
    address: 'https://relay.example',
    workspace: 'main',
    desktop: kim.id,
    name: kim.name,
    members: [kim, sam],
    ...more,
  };
}

export function makeNote(more: Partial<NoteEntry> = {}): NoteEntry {
  const { id, uid, threadId, at } = makeText({ at: more.at ?? 1_760_000_000_700 });
  return {
    kind: 'note',
    id,
    uid,
    threadId,
    at,
    direction: 'out',
    author: null,
    text: 'Claim 88213',
    ...more,
  };
}

/** The connection of the lines: the team's where there is a team. */
const sandboxOf = ({ state }: Team): ConnectionView =>
  makeConnection({ id: supportLine.connectionId, origin: state === 'none' ? 'own' : 'team' });

/** A host in a team, or in none; it joins, leaves, assigns and takes notes as the real one does. */
export class TeamHost extends MemoryHost {
  team: Team;

  constructor(team: Team = makeTeam()) {
    super();
    this.team = team;
    const overview = this.answerOf('overview.get');
    this.answer('overview.get', async (input) => ({
      ...(await overview(input)),
      connections: [sandboxOf(this.team)],
    }));
    this.answer('team.get', () => ({ team: this.team }));
    this.answer('team.join', ({ address, name }) => this.#turnTo(makeTeam({ address, name })));
    this.answer('team.leave', () => this.#turnTo(noTeam));
    this.answer('thread.assign', ({ threadId, to }) => {
      this.update(threadId, { assignee: to });
      return { thread: this.thread(threadId) };
    });
    this.answer('note.add', ({ uid, threadId, text }) => {
      const known = (this.entries.get(threadId) ?? []).find((entry) => entry.uid === uid);
      if (known?.kind === 'note') return { entry: known, thread: this.thread(threadId) };
      this.now += 1_000;
      const entry = makeNote({ uid, threadId, text: text.trim(), at: this.now });
      return { entry, thread: this.receive(entry) };
    });
  }

  static withoutTeam(): TeamHost {
    return new TeamHost(noTeam);
  }

  /** The team stands otherwise now. */
  turn(more: Partial<Team>): { team: Team } {
    return this.#turnTo({ ...this.team, ...more });
  }

  #turnTo(team: Team): { team: Team } {
    this.team = team;
    this.tell('team.changed', { team });
    return { team };
  }
}
