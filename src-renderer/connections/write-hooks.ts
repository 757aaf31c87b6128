import type { CommandOutput } from '#shared/contract/contract.ts';
import type { ConnectionId } from '#shared/message/line.ts';

import type { Screen } from '../store/screen.ts';
import { carrierPatience } from './change-connection.ts';

type Told = CommandOutput<'connection.write-hooks'>['outcomes'][number];

/** What became of one number; `unlisted`: the carrier's list does not hold it, so it was left alone. */
export type HookOutcome = Told | { readonly number: string; readonly failure: 'unlisted' };

/** Milliseconds more for every number, as they are written one after the other. */
const patiencePerNumber = 5_000;

/** Has the carrier call us for these numbers. */
export async function writeHooks(
  { host }: Screen,
  connectionId: ConnectionId,
  numbers: readonly string[],
): Promise<readonly HookOutcome[]> {
  const patience = carrierPatience + numbers.length * patiencePerNumber;
  const input = { connectionId, numbers: [...numbers] };
  const { outcomes } = await host.call('connection.write-hooks', input, patience);
  const told = new Map(outcomes.map((outcome) => [outcome.number, outcome]));
  return numbers.map((number) => told.get(number) ?? { number, failure: 'unlisted' });
}
