import { addLine, findLineByNumber } from '#main/history/lines.ts';
import { findOrStartThread } from '#main/history/threads.ts';
import type { WritableDb } from '#main/sqlite/database.ts';
import type { ThreadId } from '#shared/message/entry.ts';
import type { ConnectionId, Line } from '#shared/message/line.ts';

/** Which of our numbers and which of theirs something is between. */
export type Between = {
  readonly connectionId: string;
  readonly line: string;
  readonly peer: string;
  readonly at: number;
};

/**
 * The thread these two numbers share. A number of ours that is not listed here yet becomes a line: what was written to it
 * must not be lost because somebody bought it elsewhere.
 */
export function findPlace(db: WritableDb, { connectionId, line, peer, at }: Between): ThreadId {
  const ours =
    findLineByNumber(db, connectionId, line) ?? adopt(db, { connectionId, line, peer, at });
  return findOrStartThread(db, { lineId: ours.id, peer }, at);
}

function adopt(db: WritableDb, { connectionId, line, at }: Between): Line {
  return addLine(
    db,
    {
      connectionId: connectionId as ConnectionId,
      number: line,
      numberType: 'other',
      label: line,
      colour: '#6e6d67',
    },
    at,
  );
}
