import { findTeam, joinTeam } from '#main/history/team.ts';
import { makeDesktopKey } from '#main/relay/desktop-end/desktop-key.ts';
import { type PairOutcome, pairDesktop } from '#main/relay/desktop-end/pair-desktop.ts';
import { readRelayAddress } from '#main/relay/desktop-end/read-relay-address.ts';
import { triesAgain } from '#main/relay/desktop-end/stream-end.ts';
import type { WritableDb } from '#main/sqlite/database.ts';
import type { Clock } from '#shared/contract/clock.ts';
import type { CommandInput } from '#shared/contract/contract.ts';
import { CommandFailure } from '#shared/contract/failure.ts';

import type { SecretStore } from '../host-services.ts';
import { forgetTeamKey, saveTeamKey } from './team-key.ts';

export type Joining = {
  readonly db: WritableDb;
  readonly secrets: SecretStore;
  readonly clock: Clock;
};

/**
 * Pairs this desktop with a relay by a one-time code and keeps what was agreed upon: the key in the secret store, the rest in
 * the history.
 * @throws {CommandFailure} with the field that is wrong and the cure
 */
export async function joinByCode(
  { db, secrets, clock }: Joining,
  { address, code, name }: CommandInput<'team.join'>,
): Promise<void> {
  mustBeInNone(db);
  const read = readRelayAddress(address);
  if (read.kind === 'bad')
    throw new CommandFailure('bad-input', read.sentence, { field: 'address', cure: read.cure });
  const { privateKey, publicKey } = makeDesktopKey();
  // Kept before the code is used up, so that no desktop is ever known at the relay whose key is lost.
  await saveTeamKey(secrets, privateKey);
  const { streamUrl } = read;
  const outcome = await pairDesktop({ streamUrl, clock, code, name, publicKey });
  if (outcome.kind !== 'paired') {
    await forgetTeamKey(secrets);
    throw failureOf(outcome);
  }
  const { desktop, relay, workspace } = outcome;
  joinTeam(db, { address: read.address, relay, desktop, name, workspace, joinedAt: clock.now() });
}

function mustBeInNone(db: WritableDb): void {
  if (findTeam(db) === undefined) return;
  throw new CommandFailure('refused', 'This desktop is in a team already.', {
    cure: 'Leave it first.',
  });
}

function failureOf(outcome: Exclude<PairOutcome, { kind: 'paired' }>): CommandFailure {
  if (outcome.kind === 'refused')
    return new CommandFailure('refused', outcome.sentence, {
      field: 'code',
    });
  const { sentence, cure } = outcome.end;
  return new CommandFailure('refused', sentence, {
    field: 'address',
    cure: cure === triesAgain ? 'Try again in a moment.' : cure,
  });
}
