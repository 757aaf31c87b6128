import { createStore } from 'zustand/vanilla';
import type { StoreApi } from 'zustand/vanilla';

import type { Failure } from '#shared/contract/failure.ts';
import type { Team } from '#shared/contract/team-commands.ts';

/** The team of this desktop. `team` is null until the host has told it; `failure` says why it could not be had. */
export type TeamKnown = { readonly team: Team | null; readonly failure: Failure | null };

export const createTeamStore = (): StoreApi<TeamKnown> =>
  createStore<TeamKnown>(() => ({ team: null, failure: null }));

/** Is this desktop in a team, connected to its relay or not? */
export const isInTeam = ({ team }: TeamKnown): boolean => team !== null && team.state !== 'none';
