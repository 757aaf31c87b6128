import { useStore } from 'zustand';

import { useScreen } from '../screen/screen-context.ts';
import { isInTeam } from '../store/team-store.ts';
import type { TeamKnown } from '../store/team-store.ts';

/** What is shown for somebody who is on the team's list no more. */
export const formerMember = 'a former member';

/** The name of whose a conversation is; null where it is everybody's, or there is no team. */
export function assigneeName(known: TeamKnown, assignee: string | null): string | null {
  if (assignee === null || !isInTeam(known)) return null;
  const { desktop, name, members } = known.team ?? { desktop: null, name: null, members: [] };
  const member = members.find(({ id }) => id === assignee);
  return member?.name ?? (assignee === desktop ? name : formerMember);
}

/** The same for a part of the screen, drawn anew only when the name changes. */
export function useAssigneeName(assignee: string | null): string | null {
  return useStore(useScreen().team, (known) => assigneeName(known, assignee));
}
