import type { FindConnection } from '#main/relay/intake.ts';
import type { WebhookGuard } from '#shared/provider/provider.ts';

import type { ConnectionBook } from './connection-book.ts';
import type { ConnectionHealth } from './connection-health.ts';

/** Finds what the intake needs to know of the connections in use, and notes the calls that their guards turn away. */
export function findHookIn(
  book: Pick<ConnectionBook, 'get'>,
  health: Pick<ConnectionHealth, 'noteSignatureFailure'>,
): FindConnection {
  return (provider, connectionId) => {
    const found = book.get(connectionId);
    if (found?.connection.provider !== provider) return null;
    const { guard, pathSecret, connection } = found;
    const noted = countForged(guard, () => health.noteSignatureFailure(connectionId));
    return { guard: noted, pathSecret, publicUrl: connection.publicUrl };
  };
}

/** The same guard, which also says when it turned a call away. */
function countForged(guard: WebhookGuard, onForged: () => void): WebhookGuard {
  return {
    ...guard,
    authenticate(raw) {
      const verdict = guard.authenticate(raw);
      if (verdict === 'forged') onForged();
      return verdict;
    },
  };
}
