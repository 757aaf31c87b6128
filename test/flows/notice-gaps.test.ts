import { describe, expect, it } from 'vitest';

import { gapsSay, showGaps } from '#main/commands/gaps.ts';
import type { OpenedConnection } from '#main/core/connections/connection-book.ts';
import { GapFilling } from '#main/core/connections/fill-gaps.ts';
import { syncHistory } from '#main/core/connections/sync-history.ts';
import { findConnection } from '#main/history/connections.ts';
import { meetLog } from '#main/history/line-counts.ts';
import { acceptDelivery } from '#main/inbound/accept-delivery.ts';
import { noticeSetBack } from '#main/inbound/notice-gaps.ts';
import type { ListedText } from '#shared/provider/carrier-lists.ts';
import { FakeCarrier, deliveryOf } from '#test/fakes/fake-carrier.ts';
import {
  type HistoryDesk,
  fakeConnection,
  historyDesk,
  ourNumber,
} from '#test/fakes/history-desk.ts';

const hour = 3_600_000;
const start = Date.UTC(2026, 0, 1);
const peer = '+15550100100';

/** Takes in the text of this number in the log, `count` the how many-th on the line, null where the log does not count. */
function take(desk: HistoryDesk, seq: number, count: number | null): void {
  const receivedAt = start + seq * hour;
  acceptDelivery(desk, {
    log: 'log',
    seq,
    raw: deliveryOf(
      {
        kind: 'text-received',
        providerMessageId: `m${seq}`,
        from: peer,
        to: ourNumber,
        text: `text ${seq}`,
        media: [],
        part: null,
        sentAt: null,
      },
      { receivedAt },
    ),
    line: count === null ? null : { number: ourNumber, count },
  });
}

const listed = (seq: number): ListedText => ({
  providerMessageId: `m${seq}`,
  direction: 'in',
  reference: null,
  from: peer,
  to: ourNumber,
  text: `text ${seq}`,
  media: [],
  createdAt: start + seq * hour,
  state: null,
  failure: null,
  billing: null,
});

function opened(desk: HistoryDesk): OpenedConnection {
  const connection = findConnection(desk.db, fakeConnection);
  if (connection === undefined) throw new Error('the desk has no connection');
  const guard = {
    authenticate: () => 'forged' as const,
    dedupeKey: () => '',
    reply: () => ({ status: 200, type: '', body: '' }),
  };
  return { connection, adapter: desk.carrier.adapter, guard, baseUrl: null, pathSecret: null };
}

async function fill(desk: HistoryDesk): Promise<void> {
  await desk.clock.advance(30 * 24 * hour - desk.clock.now() + start);
  const filling = new GapFilling({ ...desk, now: () => desk.clock.now() });
  await filling.fill(opened(desk), () => false);
}

const sentences = (desk: HistoryDesk): string[] => showGaps(desk).map(({ sentence }) => sentence);

describe('a hole in what came in for a line', () => {
  it('is noticed by the counts, and its time lies between what came before and after', () => {
    const desk = historyDesk();
    take(desk, 1, 1);
    take(desk, 2, 4);
    expect(showGaps(desk)).toMatchObject([
      { line: ourNumber, missing: 2, since: start + hour, until: start + 2 * hour, state: 'open' },
    ]);
    expect(sentences(desk)).toEqual([
      '2 texts or calls to Front desk are missing; the carrier’s list is being read',
    ]);
  });

  it('is noticed before the first that came in at all', () => {
    const desk = historyDesk();
    take(desk, 2, 2);
    expect(showGaps(desk)).toMatchObject([{ missing: 1, since: start, until: start + 2 * hour }]);
  });

  it('is none where every count follows the one before, nor where a delivery is told twice', () => {
    const desk = historyDesk();
    for (const seq of [1, 2, 2, 3]) take(desk, seq, seq);
    expect(showGaps(desk)).toEqual([]);
  });

  it('is none where the log had trimmed what came before it was met', () => {
    const desk = historyDesk();
    meetLog(desk.db, 'log', 40);
    take(desk, 41, 12);
    take(desk, 42, 13);
    expect(showGaps(desk)).toEqual([]);
    take(desk, 43, 15);
    expect(showGaps(desk)).toMatchObject([{ missing: 1 }]);
  });

  it('cannot be noticed on the line without counts: then the numbers of the log show it', () => {
    const desk = historyDesk();
    take(desk, 1, null);
    take(desk, 2, null);
    expect(showGaps(desk)).toEqual([]);
    take(desk, 5, null);
    expect(showGaps(desk)).toMatchObject([{ line: null, missing: null, state: 'open' }]);
  });

  it('is told once: what the line’s counts tell takes the place of what the log’s numbers did', () => {
    const desk = historyDesk();
    take(desk, 1, 1);
    take(desk, 4, null);
    expect(showGaps(desk)).toMatchObject([{ line: null }]);
    take(desk, 5, 3);
    expect(showGaps(desk)).toMatchObject([{ line: ourNumber, missing: 1, since: start + hour }]);
  });

  it('may be what an older log that was put back does not hold', () => {
    const desk = historyDesk();
    take(desk, 1, 1);
    take(desk, 2, 2);
    noticeSetBack(desk.db, 'log', start + 9 * hour);
    expect(showGaps(desk)).toMatchObject([{ line: null, until: start + 9 * hour }]);
    take(desk, 3, 2);
    expect(showGaps(desk)).toHaveLength(1);
  });

  it('is seen by a count that goes back, where the log that was put back has grown past the old one', () => {
    const desk = historyDesk();
    for (const seq of [1, 2, 3]) take(desk, seq, seq);
    take(desk, 4, 2);
    const [since, until] = [start + 3 * hour, start + 4 * hour];
    expect(showGaps(desk)).toMatchObject([{ line: null, since, until }]);
    take(desk, 5, 3);
    expect(showGaps(desk)).toHaveLength(1);
  });
});

describe('what is missing', () => {
  it('is found in the carrier’s list, shown once, and counted', async () => {
    const desk = historyDesk();
    take(desk, 1, 1);
    take(desk, 4, 4);
    desk.carrier.list = [listed(4), listed(3), listed(2), listed(1)];
    await fill(desk);
    expect(sentences(desk)).toEqual([
      'Recovered 2 of 2 texts or calls to Front desk from the carrier’s list',
    ]);
    expect(desk.toldAs('entry.added')).toHaveLength(4);
    expect(desk.carrier.asked).toMatchObject([
      { since: start + hour - 15 * 60_000, until: start + 4 * hour + 15 * 60_000 },
    ]);
    expect(gapsSay(desk, fakeConnection)?.state).toBe('ok');
  });

  it('counts as found though an earlier look into the list had found it before the hole was noticed', async () => {
    const desk = historyDesk();
    take(desk, 1, 1);
    desk.carrier.list = [listed(2)];
    await syncHistory(
      { ...desk, now: () => start + 2 * hour },
      {
        opened: opened(desk),
        span: { since: 0, until: start + 9 * hour, unread: true, calls: false },
        onProgress: () => undefined,
        isCancelled: () => false,
      },
    );
    take(desk, 3, 3);
    await fill(desk);
    expect(showGaps(desk)).toMatchObject([{ state: 'filled', found: 1 }]);
    expect(desk.toldAs('entry.added')).toHaveLength(3);
  });

  it('does not count what the list showed and the webhook told after all', async () => {
    const desk = historyDesk();
    take(desk, 1, 1);
    take(desk, 4, 3);
    desk.carrier.list = [listed(5)];
    const filling = new GapFilling({ ...desk, now: () => start + 30 * hour });
    take(desk, 5, 4);
    await filling.fill(opened(desk), () => false);
    expect(showGaps(desk)).toMatchObject([{ state: 'not-found', found: 0 }]);
  });

  it('may be shown by the list in part, or not at all', async () => {
    const desk = historyDesk();
    take(desk, 1, 1);
    take(desk, 4, 4);
    desk.carrier.list = [listed(3)];
    await fill(desk);
    expect(sentences(desk)).toEqual([
      'Recovered 1 of 2 texts or calls to Front desk from the carrier’s list; it does not show the rest',
    ]);
    take(desk, 6, 6);
    desk.carrier.list = [];
    await fill(desk);
    expect(sentences(desk)[0]).toBe(
      '1 text or call to Front desk is missing; the carrier’s list does not show it',
    );
    expect(gapsSay(desk, fakeConnection)?.state).toBe('trouble');
  });

  it('stays open while the list cannot be read, and is looked for again', async () => {
    const desk = historyDesk();
    take(desk, 1, 1);
    take(desk, 3, 3);
    desk.carrier.list = null;
    await fill(desk);
    expect(showGaps(desk)).toMatchObject([{ state: 'open', canDismiss: false }]);
    desk.carrier.list = [listed(2)];
    await fill(desk);
    expect(showGaps(desk)).toMatchObject([{ state: 'filled', found: 1, canDismiss: true }]);
  });

  it('stays open where the carrier has no list, says so, and can be put away', () => {
    const carrier = new FakeCarrier({ listsMessages: false });
    const desk = historyDesk({ carrier });
    take(desk, 1, 1);
    take(desk, 3, 3);
    expect(sentences(desk)).toEqual([
      '1 text or call to Front desk is missing; the carrier has no list in which to look',
    ]);
    expect(showGaps(desk)).toMatchObject([{ state: 'open', canDismiss: true }]);
  });
});
