import type { ConnectionsDesk } from '#main/commands/desk.ts';
import { changeLine, findLine } from '#main/history/lines.ts';
import type { WritableDb } from '#main/sqlite/database.ts';
import { CommandFailure } from '#shared/contract/failure.ts';
import type { ConnectionId, Line, LineId } from '#shared/message/line.ts';

import { allNumbers, buyOffer, searchOffers, writeHooks } from './carrier-numbers.ts';
import { keepLine, mustBeOwn } from './change-connections.ts';
import type { ConnectionBook, OpenedConnection } from './connection-book.ts';
import type { ConnectionTools } from './connections-desk.ts';
import { hookAddresses, isOnThisMachine } from './hook-addresses.ts';
import { takeRegistrations } from './take-registrations.ts';

type About =
  | 'connection.numbers'
  | 'connection.write-hooks'
  | 'numbers.search'
  | 'numbers.buy'
  | 'line.add'
  | 'line.change';

/** Answers what the screen asks about a connection's numbers and our lines. */
export function numbersDesk(tools: ConnectionTools): Pick<ConnectionsDesk, About> {
  const { db, book, keeping, changed } = tools;
  const adapterOf = (id: ConnectionId) => mustBeOpen(book, id).adapter;
  const lineAdded = async (line: Line) => {
    await book.open(line.connectionId);
    changed();
    return { line };
  };
  return {
    'connection.numbers': async ({ connectionId }) => {
      const numbers = await allNumbers(adapterOf(connectionId));
      takeRegistrations(tools, connectionId, numbers);
      return { numbers };
    },
    'connection.write-hooks': async ({ connectionId, numbers }) => {
      mustBeOwn(db, connectionId);
      const opened = mustBeOpen(book, connectionId);
      const hooks = reachableHooks(opened, tools.relayUrl);
      return { outcomes: await writeHooks(opened.adapter, hooks, numbers), hooks };
    },
    'numbers.search': async (input) => ({
      offers: await searchOffers(adapterOf(input.connectionId), input),
    }),
    'numbers.buy': async ({ connectionId, offer, label }) => {
      mustBeOwn(db, connectionId);
      const { number, numberType } = await buyOffer(adapterOf(connectionId), offer);
      return lineAdded(keepLine(keeping(), { connectionId, number, label, numberType }));
    },
    'line.add': (input) => {
      mustBeOwn(db, input.connectionId);
      return lineAdded(keepLine(keeping(), input));
    },
    'line.change': ({ lineId, label, colour }) => {
      mustBeOwn(db, mustFindLine(db, lineId).connectionId);
      changeLine(db, lineId, { label, colour });
      changed();
      return { line: mustFindLine(db, lineId) };
    },
  };
}

/** Addresses at which the carrier can truly reach us; none where it cannot. */
function reachableHooks(
  { connection, baseUrl, pathSecret, adapter }: OpenedConnection,
  relayUrl: string,
) {
  const base = connection.publicUrl ?? (isOnThisMachine(baseUrl) ? relayUrl : null);
  if (base === null) return [];
  return hookAddresses({ connection, capabilities: adapter.capabilities, pathSecret }, base);
}

/** A connection that is in use, or a failure that says why it is not. */
export function mustBeOpen(book: ConnectionBook, id: ConnectionId): OpenedConnection {
  const opened = book.get(id);
  if (opened !== undefined) return opened;
  const why = book.problemOf(id) ?? 'This connection is no longer there.';
  throw new CommandFailure('refused', why, {
    field: 'connectionId',
    cure: 'Look at it under Connections.',
  });
}

function mustFindLine(db: WritableDb, id: LineId): Line {
  const line = findLine(db, id);
  if (line !== undefined) return line;
  throw new CommandFailure('not-found', 'This line is no longer there.', { field: 'lineId' });
}
