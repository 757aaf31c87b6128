import { failureOf } from '../../store/failure-of.ts';
import type { Screen } from '../../store/screen.ts';
import { carrierPatience } from '../change-connection.ts';
import { writtenFields } from '../CredentialFields.tsx';
import { changeEntered, connectingOf, enteredFor } from './connecting-store.ts';
import type { Entered, Trial } from './connecting-store.ts';
import { withFound } from './wanted-lines.ts';

/** Tries the credentials with the carrier, and goes on to its numbers where they are good. */
export async function tryCredentials(screen: Screen): Promise<void> {
  const entered = enteredFor(connectingOf(screen).getState());
  if (entered === null) return;
  const trying: Trial = { kind: 'trying' };
  changeEntered(screen, { trial: trying });
  const trial = await askCarrier(screen, entered);
  const now = enteredFor(connectingOf(screen).getState());
  // Something was changed in the meantime, so this says nothing about what stands there now.
  if (now?.trial !== trying) return;
  if (trial.kind !== 'good') return changeEntered(screen, { trial });
  changeEntered(screen, { trial, lines: withFound(now.lines, trial.numbers) });
  connectingOf(screen).setState({ step: 'numbers' });
}

async function askCarrier(screen: Screen, entered: Entered): Promise<Trial> {
  try {
    return await screen.host.call('connection.test', access(screen, entered), carrierPatience);
  } catch (error) {
    return { kind: 'failed', failure: failureOf(error) };
  }
}

/** How the carrier is reached: where it is and what it knows us by. */
export function access(screen: Screen, { credentials, baseUrl }: Entered) {
  const { carrierId } = connectingOf(screen).getState();
  const carrier = screen.connections.getState().carriers?.find(({ id }) => id === carrierId);
  return {
    provider: carrierId ?? '',
    baseUrl: baseUrl.trim() === '' ? null : baseUrl.trim(),
    credentials: writtenFields(carrier?.capabilities.credentials ?? [], credentials),
  };
}
