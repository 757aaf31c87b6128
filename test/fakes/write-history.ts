import { randomUUID } from 'node:crypto';

import { findEntry } from '#main/history/entries.ts';
import { addLine } from '#main/history/lines.ts';
import { addWholeText } from '#main/inbound/add-whole-text.ts';
import { applyCall } from '#main/inbound/apply-call.ts';
import { addOutbound } from '#main/outbound/add-outbound.ts';
import { gatherFacts } from '#main/outbound/gather-facts.ts';
import { transact } from '#main/sqlite/database.ts';
import type { Entry, EntryId, TextEntry } from '#shared/message/entry.ts';
import type { Line } from '#shared/message/line.ts';

import { deliveryOf } from './fake-carrier.ts';
import { type HistoryDesk, fakeConnection, ourNumber } from './history-desk.ts';

export const peerNumber = (index: number): string => `+1555020${String(index).padStart(4, '0')}`;

type Written = {
  readonly peer?: string;
  readonly text?: string;
  /** Milliseconds since 1970; now where not given. */
  readonly at?: number;
  readonly line?: Line;
};

/** A text has come in by the road every text takes. */
export function textIn(desk: HistoryDesk, written: Written = {}): TextEntry {
  const { peer = peerNumber(0), text = 'Hello', at = desk.clock.now(), line } = written;
  const changes = transact(desk.db, () =>
    addWholeText(desk, {
      from: peer,
      to: line?.number ?? ourNumber,
      text,
      media: [],
      connectionId: fakeConnection,
      providerId: null,
      at,
    }),
  );
  const [change] = changes;
  return entryAt(desk, change?.kind === 'entry-added' ? change.entryId : (0 as EntryId));
}

/** A text is written down to go out. */
export function textOut(desk: HistoryDesk, written: Written = {}): TextEntry {
  const { peer = peerNumber(0), text = 'Hello', at = desk.clock.now(), line = desk.line } = written;
  const atThen = { ...desk, clock: { now: () => at, after: () => () => undefined } };
  const input = { uid: randomUUID(), target: { lineId: line.id, to: peer }, text };
  return entryAt(
    desk,
    transact(desk.db, () => addOutbound(atThen, input, gatherFacts(desk, input))),
  );
}

let calls = 0;

/** A call has come in or gone out. */
export function call(desk: HistoryDesk, direction: 'in' | 'out', peer = peerNumber(0)): void {
  calls += 1;
  transact(desk.db, () =>
    applyCall(desk.db, deliveryOf([], { receivedAt: desk.clock.now() }), {
      kind: 'call',
      providerCallId: `call-${calls}`,
      direction,
      line: ourNumber,
      peer,
      outcome: 'missed',
      seconds: 0,
    }),
  );
}

/** One more line of the same connection. */
export function anotherLine(desk: HistoryDesk, number: string): Line {
  return addLine(
    desk.db,
    {
      connectionId: fakeConnection,
      number,
      numberType: '10dlc',
      label: number,
      colour: '#222222',
    },
    desk.clock.now(),
  );
}

function entryAt(desk: HistoryDesk, id: EntryId): TextEntry {
  const entry: Entry | undefined = findEntry(desk.db, id);
  if (entry?.kind !== 'text') throw new Error('the text was not written down');
  return entry;
}
