import type { ConnectionState } from '#shared/contract/call-host.ts';

import { inDigits } from '../controls/tell-amount.ts';
import type { Draft } from '../store/drafts-store.ts';
import { longestDraft } from '../store/save-drafts.ts';

type Situation = {
  readonly text: string;
  readonly phase: Draft['phase'];
  readonly connection: ConnectionState;
  /** What else stands in the way, such as a number that is none. */
  readonly blocked: string | null;
};

/** Why the text cannot go out now, in words that stand beside the button; null where it can. */
export function whyNotSend({ text, phase, connection, blocked }: Situation): string | null {
  if (connection !== 'connected') return connectionWords[connection];
  if (phase === 'on-its-way') return 'On its way…';
  if (text.trim() === '') return 'Nothing written yet';
  if (text.length > longestDraft)
    return `Too long: ${inDigits(longestDraft)} characters at most, this has ${inDigits(text.length)}`;
  return blocked;
}

/** Why nothing can be taken while the host is not there. */
export const connectionWords: Readonly<Record<Exclude<ConnectionState, 'connected'>, string>> = {
  connecting: 'Connecting…',
  reconnecting: 'Reconnecting… what you write is kept',
  incompatible: 'Reload this screen first',
  closed: 'The connection is closed',
};
