import { describe, expect, it, onTestFinished } from 'vitest';

import { TeamOutboxDrain } from '#main/core/team/drain-team-outbox.ts';
import { keepTeamConnection } from '#main/history/team-connections.ts';
import { countUntold, listNext, tellTeam } from '#main/history/team-outbox.ts';
import { joinTeam } from '#main/history/team.ts';
import type { Appended } from '#main/relay/delivery-log.ts';
import { NotAppended } from '#main/relay/desktop-end/pending-appends.ts';
import { connectionIdSchema } from '#shared/message/line.ts';
import type { TeamEvent } from '#shared/team/team-event.ts';
import { historyDesk } from '#test/fakes/history-desk.ts';
import { settle } from '#test/fakes/manual-clock.ts';

const connectionId = connectionIdSchema.parse('team0001');
const place = (peer: string) => ({ connectionId, line: '+15550100001', peer });

type Asked = { readonly event: TeamEvent; answer(seq: number): void; refuse(again: boolean): void };

/** An outbox, and a relay that answers when the test says. */
function outboxDesk() {
  const { db, clock } = historyDesk();
  const at = clock.now();
  const team = { address: 'https://r', relay: 'r', desktop: 'd', name: 'D', workspace: 'main' };
  joinTeam(db, { ...team, joinedAt: at });
  const kept = { provider: 'fake', label: 'T', baseUrl: null, publicUrl: null, disabled: false };
  keepTeamConnection(db, { ...kept, id: connectionId }, at);
  const asked: Asked[] = [];
  const drain = new TeamOutboxDrain({
    db,
    clock,
    changed: () => undefined,
    append: (event) =>
      new Promise<Appended>((resolve, reject) =>
        asked.push({
          event,
          answer: (seq) => resolve({ seq, duplicate: false }),
          refuse: (again) => reject(new NotAppended('no room', again)),
        }),
      ),
  });
  onTestFinished(() => drain.pause());
  const note = (peer: string, text: string): void => {
    const uid = `01890000-0000-7000-8000-${String((notes += 1)).padStart(12, '0')}`;
    tellTeam(db, { kind: 'note-written', at, uid, place: place(peer), text });
    drain.wake();
  };
  let notes = 0;
  const words = (): string[] => asked.map(({ event }) => ('text' in event ? event.text : ''));
  return { db, clock, drain, asked, note, words };
}

describe('telling the team', () => {
  it('waits for a stream, then tells in order, of one conversation one at a time', async () => {
    const { db, drain, asked, note, words } = outboxDesk();
    for (const text of ['a1', 'a2', 'a3']) note('+15550100101', text);
    note('+15550100102', 'b1');
    await settle();
    expect(words()).toEqual([]);
    drain.begin();
    await settle();
    expect(words()).toEqual(['a1', 'b1']);
    asked[0]?.answer(1);
    await settle();
    await settle();
    expect(words()).toEqual(['a1', 'b1', 'a2']);
    expect(countUntold(db).waiting).toBe(3);
  });

  it('tells again after a growing pause what the relay could not take, and nothing of it is passed', async () => {
    const { clock, drain, asked, note, words } = outboxDesk();
    note('+15550100101', 'a1');
    note('+15550100101', 'a2');
    drain.begin();
    await settle();
    for (const pause of [500, 1_000, 2_000]) {
      const before = asked.length;
      asked.at(-1)?.refuse(true);
      await settle();
      await clock.advance(pause - 1);
      expect(asked).toHaveLength(before);
      await clock.advance(1);
      await settle();
    }
    expect(words()).toEqual(['a1', 'a1', 'a1', 'a1']);
    asked.at(-1)?.answer(1);
    await settle();
    await settle();
    expect(words().at(-1)).toBe('a2');
  });

  it('keeps and reports what the relay will never take, and goes on', async () => {
    const { db, drain, asked, note, words } = outboxDesk();
    note('+15550100101', 'a1');
    note('+15550100101', 'a2');
    drain.begin();
    await settle();
    asked[0]?.refuse(false);
    await settle();
    await settle();
    expect(words()).toEqual(['a1', 'a2']);
    expect(countUntold(db)).toEqual({ waiting: 1, refused: 'no room' });
    expect(db.prepare('SELECT count(*) FROM team_outbox').pluck().get()).toBe(2);
  });

  it('tells again on a new stream what has not come back by the log', async () => {
    const { db, drain, asked, note, words } = outboxDesk();
    note('+15550100101', 'a1');
    drain.begin();
    await settle();
    asked[0]?.answer(7);
    await settle();
    expect(listNext(db, 10)).toEqual([]);
    drain.pause();
    drain.begin();
    await settle();
    expect(words()).toEqual(['a1', 'a1']);
    expect(asked[0]?.event.id).toBe(asked[1]?.event.id);
  });
});
