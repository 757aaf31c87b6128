import type { Team } from '#shared/contract/team-commands.ts';

import { announce } from './announce.ts';
import { failureOf } from './failure-of.ts';
import type { Screen } from './screen.ts';
import { teamWords } from './team-words.ts';

/** Fetches how the team stands. */
export async function loadTeam(screen: Screen): Promise<void> {
  try {
    const { team } = await screen.host.call('team.get', {});
    hearTeam(screen, team);
  } catch (error) {
    screen.team.setState({ failure: failureOf(error) });
  }
}

/** The team stands otherwise than before; that it is reached, or no longer, is said aloud, counts are not. */
export function hearTeam(screen: Screen, team: Team): void {
  const before = screen.team.getState().team;
  screen.team.setState({ team, failure: null });
  if (before !== null && reach(before) !== reach(team)) announce(screen, teamWords(team));
}

/** What of the state is worth saying aloud: taking in a delivery makes a desktop behind for a moment, many times a minute. */
const reach = ({ state }: Team): Team['state'] => (state === 'behind' ? 'connected' : state);
