import { randomUUID } from 'node:crypto';

import { describe, expect, test } from 'vitest';

import { findThread } from '#main/history/threads.ts';
import { sendAnyway } from '#main/outbound/decide-held.ts';
import { changeTime, scheduleText, sendNow } from '#main/outbound/schedule-text.ts';
import { CommandFailure } from '#shared/contract/failure.ts';
import type { TextEntry } from '#shared/message/entry.ts';
import { ConsentRoad } from '#test/fakes/consent-road.ts';
import { settle } from '#test/fakes/manual-clock.ts';
import { shown } from '#test/fakes/outbound-road.ts';
import { peerNumber } from '#test/fakes/write-history.ts';

const hour = 3_600_000;
const zone = 'America/Chicago';

type Meant = { text?: string; inMs?: number; even?: boolean; peer?: number };

function schedule(consent: ConsentRoad, meant: Meant = {}): TextEntry {
  const { text = 'Later', inMs = 2 * hour, even = false, peer = 0 } = meant;
  const { road } = consent;
  return scheduleText(road, {
    uid: randomUUID(),
    target: { lineId: road.line.id, to: peerNumber(peer) },
    text,
    dueAt: road.clock.now() + inMs,
    zone,
    evenIfTheyWrite: even,
  }).entry;
}

describe('a text for later', () => {
  test('waits with its reason, and leaves once when its time has come', async () => {
    const consent = new ConsentRoad();
    const { road } = consent;
    const dueAt = road.clock.now() + 2 * hour;
    const entry = schedule(consent);
    expect(entry).toMatchObject({
      state: 'queued',
      waiting: { reason: 'scheduled', until: dueAt, who: 'agent' },
    });
    road.drain.wake();
    await road.clock.advance(2 * hour - 1_000);
    expect(consent.sent).toEqual([]);
    await road.clock.advance(1_000);
    expect(consent.sent).toEqual(['Later']);
    expect(shown(road, entry.id)).toMatchObject({ state: 'accepted', waiting: null });
  });

  test('goes back to the draft where they write first, and is shown as cancelled', async () => {
    const consent = new ConsentRoad();
    const entry = schedule(consent);
    schedule(consent, { text: 'To another', peer: 1 });
    await consent.hears('Already sorted, thanks');
    expect(shown(consent.road, entry.id)).toMatchObject({
      state: 'failed',
      failure: { kind: 'cancelled', raw: 'They wrote first, so it was taken back.' },
    });
    expect(findThread(consent.road.db, entry.threadId)?.draft).toBe('Later');
    await consent.road.clock.advance(3 * hour);
    expect(consent.sent).toEqual(['To another']);
  });

  test('leaves all the same where that was asked for', async () => {
    const consent = new ConsentRoad();
    schedule(consent, { even: true });
    await consent.hears('Already sorted, thanks');
    await consent.road.clock.advance(2 * hour);
    expect(consent.sent).toEqual(['Later']);
  });

  test('is cancelled by a STOP, also where it was to leave all the same, and makes no draft', async () => {
    const consent = new ConsentRoad();
    const entries = [schedule(consent), schedule(consent, { even: true })];
    await consent.hears('STOP');
    for (const { id } of entries) expect(shown(consent.road, id).failure?.kind).toBe('cancelled');
    expect(findThread(consent.road.db, entries[0]!.threadId)?.draft).toBe('');
    await consent.road.clock.advance(3 * hour);
    expect(consent.sent).not.toContain('Later');
  });

  test('can be given another time, and be sent now', async () => {
    const consent = new ConsentRoad();
    const { road } = consent;
    const entry = schedule(consent);
    const dueAt = road.clock.now() + 5 * hour;
    changeTime(road, { entryId: entry.id, dueAt, zone, evenIfTheyWrite: false });
    road.drain.wake();
    await road.clock.advance(3 * hour);
    expect(consent.sent).toEqual([]);
    sendNow(road, entry.id);
    road.drain.wake();
    await road.clock.advance(0);
    expect(consent.sent).toEqual(['Later']);
    expect(() => sendNow(road, entry.id)).toThrow(CommandFailure);
  });

  test('whose time passed while nothing ran is asked about, and leaves when told', async () => {
    const consent = new ConsentRoad();
    const { road } = consent;
    const entry = schedule(consent);
    road.drain.stop();
    // The machine sleeps: no time passes for anybody, and the clock is on when it wakes.
    road.clock.jump(2 * hour + 16 * 60_000);
    const again = new ConsentRoad({
      dataFolder: road.dataFolder,
      carrier: road.carrier,
      clock: road.clock,
    });
    again.road.drain.wake();
    await road.clock.advance(60_000);
    expect(again.sent).toEqual([]);
    expect(shown(again.road, entry.id).waiting).toMatchObject({ reason: 'paused', who: 'agent' });
    sendAnyway(again.road, entry.id);
    again.road.drain.wake();
    await road.clock.advance(0);
    expect(again.sent).toEqual(['Later']);
  });

  test('that is a little late leaves without a question, also after a restart', async () => {
    const consent = new ConsentRoad();
    const { road } = consent;
    schedule(consent);
    road.drain.stop();
    road.clock.jump(2 * hour + 14 * 60_000);
    const again = new ConsentRoad({
      dataFolder: road.dataFolder,
      carrier: road.carrier,
      clock: road.clock,
    });
    again.road.drain.wake();
    await road.clock.advance(0);
    expect(again.sent).toEqual(['Later']);
  });

  test.each([
    [-1, 'This time is past.'],
    [367 * 24 * hour, 'This is more than a year away.'],
  ])('%i ms from now is refused', (inMs, message) => {
    const consent = new ConsentRoad();
    expect(() => schedule(consent, { inMs })).toThrow(message);
    expect(consent.lines()).toEqual([]);
  });

  test('twice with one uid is one text', async () => {
    const consent = new ConsentRoad();
    const { road } = consent;
    const input = {
      uid: randomUUID(),
      target: { lineId: road.line.id, to: peerNumber(0) },
      text: 'Once',
      dueAt: road.clock.now() + hour,
      zone,
      evenIfTheyWrite: false,
    };
    expect(scheduleText(road, input).entry.id).toBe(scheduleText(road, input).entry.id);
    road.drain.wake();
    await settle();
    await road.clock.advance(2 * hour);
    expect(consent.sent).toEqual(['Once']);
  });
});
