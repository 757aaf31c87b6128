import { contractVersion } from './contract.ts';
import { CommandFailure, type Failure, type FailureCode } from './failure.ts';
import { maxCallsInFlight } from './frames.ts';

/** What either end says of frames it does not take. */
export const frameFailures = {
  malformed: (message: string) => failure('malformed', message),
  oversize: (maxUnits: number) =>
    failure('oversize', `The frame is longer than ${maxUnits} characters.`, 'Send less at once.'),
  otherVersion: () =>
    failure(
      'version-mismatch',
      `The screen and the host do not both speak version ${contractVersion} of the contract.`,
      'Reload the screen.',
    ),
  usedId: (id: number) => failure('malformed', `The id ${id} was used before.`),
  tooManyCalls: () =>
    failure(
      'refused',
      `More than ${maxCallsInFlight} calls are under way.`,
      'Wait for an answer, then try again.',
    ),
  unknownCommand: () => failure('unknown-command', 'There is no such command.'),
  hostCloses: () => failure('closed', 'Trunkline is closing.', 'Start Trunkline again.'),
  lost: () =>
    failure(
      'closed',
      'The connection closed before the answer came.',
      'Look whether it was done, then try again.',
    ),
  screenClosed: () => failure('closed', 'This screen is closed.'),
  late: () => failure('deadline', 'Trunkline did not answer in time.', 'Try again.'),
  oddAnswer: () =>
    failure('internal', 'This screen does not understand the answer.', 'Reload the screen.'),
  internal: () =>
    failure(
      'internal',
      'Something went wrong inside Trunkline.',
      'Try again; if it stays so, restart Trunkline.',
    ),
} as const;

function failure(code: FailureCode, message: string, cure: string | null = null): Failure {
  return new CommandFailure(code, message, cure === null ? {} : { cure }).failure;
}
