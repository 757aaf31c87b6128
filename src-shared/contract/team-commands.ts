import { z } from 'zod';

import { memberSchema } from '../team/stream-frames.ts';

/**
 * How this desktop stands to its team's relay. `none`: it is in no team. `connecting`: it has no stream now and tries again by
 * itself. `behind`: connected, with deliveries still to take in. `stopped`: it does not try again until a person acts.
 */
export const teamStateSchema = z.enum(['none', 'connecting', 'connected', 'behind', 'stopped']);
export type TeamState = z.infer<typeof teamStateSchema>;

/** The team as its page shows it. */
export const teamSchema = z.object({
  state: teamStateSchema,
  /** The state in words, with what to do where something is to be done. */
  sentence: z.string(),
  /** Where the relay is, as it was entered; null where there is no team. */
  address: z.string().nullable(),
  workspace: z.string().nullable(),
  /** This desktop as the team knows it: its id, which is whose a conversation is, and its name. */
  desktop: z.string().nullable(),
  name: z.string().nullable(),
  members: z.array(memberSchema),
  /** Deliveries of the relay that are not in the history here yet, as far as is known. */
  lag: z.int().nonnegative(),
  /** Deeds of this desktop that the others have not been told yet. */
  waiting: z.int().nonnegative(),
  /** Why a deed of this desktop could not be told and is kept, as a sentence; null where none was refused. */
  refused: z.string().nullable(),
});
export type Team = z.infer<typeof teamSchema>;

/** The team of a desktop that is in none. */
export const noTeam: Team = {
  state: 'none',
  sentence: 'This desktop is in no team.',
  address: null,
  workspace: null,
  desktop: null,
  name: null,
  members: [],
  lag: 0,
  waiting: 0,
  refused: null,
};

/** What the status bar says of the team. */
export const teamHealthSchema = teamSchema.pick({ state: true, sentence: true, lag: true });
export type TeamHealth = z.infer<typeof teamHealthSchema>;

const answer = z.object({ team: teamSchema });

/** The part of the contract that is about the team's relay. */
export const teamCommands = {
  'team.get': { input: z.strictObject({}), output: answer },
  /** Pairs this desktop with a relay by a one-time code, and connects. May take 15 s. */
  'team.join': {
    input: z.strictObject({
      /** `https://…` as the relay's operator tells it; `http://` for a relay on this computer alone. */
      address: z.string().trim().min(1).max(500),
      code: z.string().trim().min(1).max(64),
      /** How the team sees this desktop. */
      name: z.string().trim().min(1).max(60),
    }),
    output: answer,
  },
  /** Leaves the team: its connections are used no more, its conversations stay. The relay is not told. */
  'team.leave': { input: z.strictObject({}), output: answer },
} as const;

export const teamEvents = { 'team.changed': answer } as const;
