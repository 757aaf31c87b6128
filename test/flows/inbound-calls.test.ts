import { describe, expect, test } from 'vitest';

import { countAttention } from '#main/history/attention.ts';
import { pageEntries } from '#main/history/entries.ts';
import { listMedia } from '#main/history/media.ts';
import { findThread } from '#main/history/threads.ts';
import { acceptDelivery } from '#main/inbound/accept-delivery.ts';
import { type Entry, type ThreadId, entrySchema } from '#shared/message/entry.ts';
import type { CallReceived, DeliveryEvent, VoicemailReceived } from '#shared/provider/delivery.ts';
import { deliveryOf } from '#test/fakes/fake-carrier.ts';
import { type HistoryDesk, historyDesk, ourNumber } from '#test/fakes/history-desk.ts';

const between = { line: ourNumber, peer: '+15550100112' } as const;
const call = (id: string, more: Partial<CallReceived> = {}): CallReceived => ({
  kind: 'call',
  providerCallId: id,
  direction: 'in',
  ...between,
  outcome: 'missed',
  seconds: 0,
  ...more,
});
const voicemail = (id: string, more: Partial<VoicemailReceived> = {}): VoicemailReceived => ({
  kind: 'voicemail',
  providerCallId: id,
  direction: 'in',
  ...between,
  seconds: 12,
  media: [{ url: 'http://127.0.0.1:1/v.wav', type: 'audio/wav' }],
  ...more,
});

let told = 0;
function comes(desk: HistoryDesk, ...events: DeliveryEvent[]): void {
  told += 1;
  acceptDelivery(desk, { log: 'relay', seq: told, raw: deliveryOf(events) });
}

const timeline = (desk: HistoryDesk): Entry[] =>
  pageEntries(desk.db, { threadId: 1 as ThreadId, before: null, limit: 50 }).entries;

describe('calls', () => {
  test('stand in the thread of their two numbers, once each', () => {
    const desk = historyDesk();
    comes(desk, call('c1'));
    comes(desk, call('c1'));
    comes(desk, call('c2', { direction: 'out', outcome: 'answered', seconds: 95 }), call('c2'));
    expect(timeline(desk)).toMatchObject([
      { kind: 'call', direction: 'in', outcome: 'missed', seconds: 0 },
      { kind: 'call', direction: 'out', outcome: 'answered', seconds: 95 },
    ]);
    for (const entry of timeline(desk)) expect(entrySchema.parse(entry)).toEqual(entry);
  });

  test.each(['answered', 'missed', 'declined', 'busy'] as const)('may be %s', (outcome) => {
    const desk = historyDesk();
    comes(desk, call('c1', { outcome }));
    expect(timeline(desk)).toMatchObject([{ outcome }]);
  });

  test('await an answer where they came in, and none where they went out', () => {
    const desk = historyDesk();
    comes(desk, call('c1'));
    const thread = () => findThread(desk.db, 1 as ThreadId);
    expect(thread()).toMatchObject({ unread: 1, preview: { kind: 'call', outcome: 'missed' } });
    comes(desk, call('c2', { direction: 'out' }));
    expect(thread()).toMatchObject({ unread: 1, preview: { direction: 'out' } });
  });

  test.each([{ seconds: 12.5 }, { seconds: -1 }, { outcome: 'eaten' as never }])(
    'that make no sense need attention, and nothing is written: %j',
    (more) => {
      const desk = historyDesk();
      comes(desk, call('c1', more));
      expect(timeline(desk)).toEqual([]);
      expect(countAttention(desk.db)).toBe(1);
    },
  );
});

describe('a voicemail', () => {
  test('stands beside the call it belongs to, once, with its sound to fetch', () => {
    const desk = historyDesk();
    comes(desk, call('c1'), voicemail('c1'));
    comes(desk, voicemail('c1'), call('c1'));
    expect(timeline(desk)).toMatchObject([
      { kind: 'call' },
      { kind: 'voicemail', seconds: 12, media: [{ state: 'fetching' }] },
    ]);
    const [, sound] = timeline(desk);
    expect(listMedia(desk.db, sound?.id as never)).toHaveLength(1);
    for (const entry of timeline(desk)) expect(entrySchema.parse(entry)).toEqual(entry);
  });

  test('without a sound is still there', () => {
    const desk = historyDesk();
    comes(desk, voicemail('c1', { media: [] }));
    expect(timeline(desk)).toMatchObject([{ kind: 'voicemail', media: [] }]);
  });

  test('on a number of ours that is not listed makes a line', () => {
    const desk = historyDesk();
    comes(desk, voicemail('c1', { line: '+15550100555' }));
    expect(desk.toldAs('entry.added')[0]?.thread.lineId).not.toBe(desk.line.id);
  });
});
