import type { Team } from '#shared/contract/team-commands.ts';

import { inDigits } from '../controls/tell-amount.ts';

/** How the team stands, short enough for the status bar. */
export function teamWords({ state, lag }: Pick<Team, 'state' | 'lag'>): string {
  switch (state) {
    case 'none':
      return 'In no team';
    case 'connecting':
      return 'Team relay not reached; trying again';
    case 'connected':
      return 'Team connected';
    case 'behind':
      return `Team connected, ${inDigits(lag)} behind`;
    case 'stopped':
      return 'Team not connected';
  }
}
