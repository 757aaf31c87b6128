import type { IntakeParts } from './intake.ts';
import type { ServedWorkspace } from './serve-workspaces.ts';

/** Finds a connection, and with it the log of its workspace, in whichever workspace has it. */
export function routeConnections(
  workspaces: readonly Pick<ServedWorkspace, 'findConnection' | 'log'>[],
): IntakeParts['findConnection'] {
  return (provider, connectionId) => {
    for (const { findConnection, log } of workspaces) {
      const connection = findConnection(provider, connectionId);
      if (connection !== null) return { ...connection, log };
    }
    return null;
  };
}
