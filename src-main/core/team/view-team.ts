import { countUntold } from '#main/history/team-outbox.ts';
import { listMembers, type TeamJoined } from '#main/history/team.ts';
import type { ReadableDb } from '#main/sqlite/database.ts';
import type { Team, TeamState } from '#shared/contract/team-commands.ts';
import type { Member } from '#shared/team/stream-frames.ts';

import type { LinkStanding, TeamLink } from './team-link.ts';

type Seen = Pick<TeamLink, 'standing' | 'members' | 'lag'>;

const notBegun: Seen = { standing: { kind: 'connecting', end: null }, members: [], lag: 0 };

/** The team as its page shows it; the link is null before the first try to connect. */
export function viewTeam(db: ReadableDb, joined: TeamJoined, link: Seen | null): Team {
  const { address, workspace, desktop, name } = joined;
  const { standing, members, lag } = link ?? notBegun;
  return {
    state: stateOf(standing, lag),
    sentence: sentenceOf(standing, lag),
    address,
    workspace,
    desktop,
    name,
    members: members.length > 0 ? [...members] : rememberedMembers(db),
    lag,
    ...countUntold(db),
  };
}

/** Before the relay has told anything: who is known of old. */
const rememberedMembers = (db: ReadableDb): Member[] =>
  listMembers(db).map((each) => ({ ...each, online: false }));

function stateOf(standing: LinkStanding, lag: number): TeamState {
  if (standing.kind !== 'connected') return standing.kind;
  return lag > 0 ? 'behind' : 'connected';
}

function sentenceOf(standing: LinkStanding, lag: number): string {
  if (standing.kind !== 'connected')
    return standing.end === null
      ? 'Connecting to the team’s relay…'
      : `${standing.end.sentence} ${standing.end.cure}`;
  if (lag === 0) return 'Connected to the team’s relay';
  const deliveries = lag === 1 ? '1 delivery' : `${lag.toLocaleString('en-US')} deliveries`;
  return `Catching up with the team: ${deliveries} to take in`;
}
