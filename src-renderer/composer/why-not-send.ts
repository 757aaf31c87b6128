import type { ConnectionState } from '#shared/contract/call-host.ts';

import { inDigits } from '../controls/tell-amount.ts';
import type { Attachment } from '../store/attachments-store.ts';
import type { Draft } from '../store/drafts-store.ts';
import { longestDraft } from '../store/save-drafts.ts';

type Situation = {
  readonly text: string;
  readonly phase: Draft['phase'];
  readonly connection: ConnectionState;
  /** What else stands in the way, such as a number that is none. */
  readonly blocked: string | null;
  readonly attachments: readonly Attachment[];
};

/** Why the text cannot go out now, in words that stand beside the button; null where it can. */
export function whyNotSend(situation: Situation): string | null {
  const { text, phase, connection, blocked, attachments } = situation;
  if (connection !== 'connected') return connectionWords[connection];
  if (phase === 'on-its-way') return 'On its way…';
  if (text.trim() === '' && attachments.length === 0) return 'Nothing written yet';
  if (text.length > longestDraft)
    return `Too long: ${inDigits(longestDraft)} characters at most, this has ${inDigits(text.length)}`;
  return whyNotAttached(attachments) ?? blocked;
}

function whyNotAttached(attachments: readonly Attachment[]): string | null {
  const kinds = attachments.map(({ standing }) => standing.kind);
  if (kinds.includes('coming')) return 'Attaching…';
  return kinds.includes('refused') ? 'Take out what cannot be attached' : null;
}

/** Why nothing can be taken while the host is not there. */
export const connectionWords: Readonly<Record<Exclude<ConnectionState, 'connected'>, string>> = {
  connecting: 'Connecting…',
  reconnecting: 'Reconnecting… what you write is kept',
  incompatible: 'Reload this screen first',
  closed: 'The connection is closed',
};
