import { listConnections, markConnectionRemoved } from '#main/history/connections.ts';
import { findTeam, leaveTeam } from '#main/history/team.ts';
import { type WritableDb, transact } from '#main/sqlite/database.ts';
import { CommandFailure } from '#shared/contract/failure.ts';
import type { ConnectionId } from '#shared/message/line.ts';

import { forgetSecrets } from '../connections/credentials.ts';
import type { SecretStore } from '../host-services.ts';
import { forgetTeamKey } from './team-key.ts';

export type Leaving = {
  readonly db: WritableDb;
  readonly secrets: SecretStore;
  readonly now: number;
};

/**
 * Leaves the team: its connections are used no more and their secrets forgotten; conversations stay.
 * @returns the connections that were the team's
 * @throws {CommandFailure} where this desktop is in no team
 */
export async function leave({ db, secrets, now }: Leaving): Promise<ConnectionId[]> {
  if (findTeam(db) === undefined)
    throw new CommandFailure('refused', 'This desktop is in no team.', {
      cure: 'Nothing is to be done.',
    });
  const shared = listConnections(db)
    .filter(({ origin }) => origin === 'team')
    .map(({ id }) => id);
  transact(db, () => {
    for (const id of shared) markConnectionRemoved(db, id, now);
    leaveTeam(db);
  });
  await forgetTeamKey(secrets);
  for (const id of shared) await forgetSecrets(secrets, id);
  return shared;
}
