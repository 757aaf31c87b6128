import { listLines } from '#main/history/lines.ts';
import type { ReadableDb } from '#main/sqlite/database.ts';
import type { SharedConnection } from '#shared/team/stream-frames.ts';

import type { ConnectionBook, OpenedConnection } from '../connections/connection-book.ts';
import { readCredentials } from '../connections/credentials.ts';
import type { SecretStore } from '../host-services.ts';

export type Sharing = {
  readonly db: ReadableDb;
  readonly secrets: SecretStore;
  readonly book: Pick<ConnectionBook, 'all'>;
};

/** A connection with its credentials; `publicUrl` is null where it says nothing else than the relay's own. */
type Shared = Omit<SharedConnection, 'publicUrl'> & { readonly publicUrl: string | null };

/** What desktops are given to send with: every connection in use, with its credentials. */
export async function shareConnections(sharing: Sharing): Promise<Shared[]> {
  const shared: Shared[] = [];
  for (const opened of sharing.book.all()) {
    const credentials = await readCredentials(sharing.secrets, opened.connection.id);
    if (credentials !== null) shared.push(share(sharing, opened, credentials));
  }
  return shared;
}

export function withAddress(shared: Shared, ownUrl: string): SharedConnection {
  return { ...shared, publicUrl: shared.publicUrl ?? ownUrl };
}

function share(
  { db }: Sharing,
  { connection, pathSecret }: OpenedConnection,
  credentials: SharedConnection['credentials'],
): Shared {
  const { id, provider, label, baseUrl, publicUrl, disabled } = connection;
  return {
    connectionId: id,
    provider,
    label,
    baseUrl,
    publicUrl,
    credentials,
    pathSecret,
    disabled,
    numbers: listLines(db)
      .filter((line) => line.connectionId === id)
      .map((line) => ({
        number: line.number,
        label: line.label,
        numberType: line.numberType,
        colour: line.colour,
      })),
  };
}
