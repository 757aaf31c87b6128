import type { DeliveryLog } from '#main/relay/delivery-log.ts';

import type { ConnectionBook } from '../connections/connection-book.ts';
import type { TeamOfDesk } from './team-desk.ts';

export type SessionRoad = {
  readonly book: Pick<ConnectionBook, 'get'>;
  readonly team: Pick<TeamOfDesk, 'appendArrival'>;
  /** The log of this desktop's own connections. */
  readonly own: Pick<DeliveryLog, 'append'>;
};

/** Where what comes in over a standing session is kept: with the team where the connection is the team's, else here. */
export function sessionRoad({ book, team, own }: SessionRoad): Pick<DeliveryLog, 'append'> {
  return {
    append(raw, key) {
      if (book.get(raw.connectionId)?.connection.origin !== 'team') return own.append(raw, key);
      // The relay puts whose key it is before it by itself.
      const scope = `${raw.provider}/${raw.connectionId}/`;
      return team.appendArrival({ ...raw, key: key.slice(scope.length) });
    },
  };
}
