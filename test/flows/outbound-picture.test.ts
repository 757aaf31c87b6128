import { randomUUID } from 'node:crypto';

import { expect, test } from 'vitest';

import { addAttachment, findAttachment } from '#main/history/attachments.ts';
import { listReceipts } from '#main/history/receipts.ts';
import { keepAttachment } from '#main/media/keep-attachment.ts';
import { sendMessage } from '#main/outbound/send-message.ts';
import { tryAgain } from '#main/outbound/try-again.ts';
import { FakeCarrier } from '#test/fakes/fake-carrier.ts';
import { settle } from '#test/fakes/manual-clock.ts';
import {
  type OutboundRoad,
  answers,
  outboundRoad,
  refused,
  shown,
} from '#test/fakes/outbound-road.ts';
import { png } from '#test/fixtures/media-bytes.ts';

const media = { maxTotalOctets: 10_000, maxCount: 3, types: ['image/png'] };
const mmsRoad = (): OutboundRoad => outboundRoad({ carrier: new FakeCarrier({ media }) });

function attached(road: OutboundRoad, letter: string): string {
  const id = letter.repeat(22);
  const file = { id, type: 'image/png', size: 100, width: 9, height: 9 };
  addAttachment(road.db, file, road.clock.now());
  return id;
}

async function sends(road: OutboundRoad, mediaIds: string[], text = '') {
  const target = { lineId: road.line.id, to: '+15550200001' };
  const { entry } = sendMessage(road, { uid: randomUUID(), target, text, media: mediaIds });
  road.drain.wake();
  await settle();
  return entry;
}

const failureOf = (deed: () => unknown): unknown => {
  try {
    return deed();
  } catch (error) {
    return (error as { failure?: unknown }).failure;
  }
};

test('links are made when the text leaves, in order, and again for the next attempt', async () => {
  const road = mmsRoad();
  const ids = [attached(road, 'b'), attached(road, 'a')];
  const entry = await sends(road, ids);
  const link = (nth: number): string => `https://links.example/media/secret-${nth}.png`;
  expect(road.carrier.sent.map(({ mediaUrls }) => mediaUrls)).toEqual([[link(1), link(2)]]);
  const request = road.db.prepare('SELECT request FROM outbox').pluck().get() as string;
  expect(request).not.toContain('secret');
  await answers(road, refused);
  tryAgain(road, entry.id);
  road.drain.wake();
  await settle();
  expect(road.carrier.sent[1]?.mediaUrls).toEqual([link(3), link(4)]);
  expect(road.mediaRoad.asked).toEqual([...ids, ...ids]);
});

test('nothing leaves without its picture: the attempt is unsent with the reason, and tried again', async () => {
  const road = mmsRoad();
  road.mediaRoad.notMade = 'The relay is full.';
  const entry = await sends(road, [attached(road, 'a')], 'Look');
  expect(road.carrier.sent).toEqual([]);
  expect(shown(road, entry.id).state).toBe('queued');
  expect(listReceipts(road.db, entry.id).at(-1)?.failure).toEqual({
    kind: 'no-link',
    raw: 'The relay is full.',
  });
  road.mediaRoad.notMade = null;
  await road.clock.advance(600_000);
  expect(road.carrier.sent).toHaveLength(1);
});

test('a complaint that repeats a link is kept without it', async () => {
  const road = mmsRoad();
  const entry = await sends(road, [attached(road, 'a')]);
  const raw = 'File at https://links.example/media/secret-1.png is too large: secret-1.png';
  await answers(road, { kind: 'refused', failure: { kind: 'media', raw } });
  expect(shown(road, entry.id).failure).toEqual({
    kind: 'media',
    raw: 'File at *** is too large: ***',
  });
});

test('a line that nobody could fetch from refuses pictures with the cure, and takes texts', async () => {
  const road = mmsRoad();
  road.mediaRoad.problem = { because: 'No public address.', cure: 'Give it one.' };
  const id = attached(road, 'a');
  const target = { lineId: road.line.id, to: '+15550200001' };
  const wanted = { uid: randomUUID(), target, text: 'Look', media: [id] };
  expect(failureOf(() => sendMessage(road, wanted))).toMatchObject({
    code: 'refused',
    field: 'media',
    message: 'No public address.',
    cure: 'Give it one.',
  });
  expect(findAttachment(road.db, id)).toBeDefined();
  expect((await sends(road, [], 'Look')).state).toBe('queued');
});

test('a carrier without pictures says so', async () => {
  const road = outboundRoad({ carrier: new FakeCarrier({ mms: false }) });
  const id = attached(road, 'a');
  const target = { lineId: road.line.id, to: '+15550200001' };
  const wanted = { uid: randomUUID(), target, text: '', media: [id] };
  expect(failureOf(() => sendMessage(road, wanted))).toMatchObject({
    field: 'media',
    message: 'Fake carries no pictures on this line.',
  });
});

test('a text that waited since before pictures could be sent still goes out', async () => {
  const road = mmsRoad();
  const target = { lineId: road.line.id, to: '+15550200001' };
  sendMessage(road, { uid: randomUUID(), target, text: 'Old' });
  road.db.exec(`UPDATE outbox SET request = json_remove(request, '$.mediaIds')`);
  road.drain.wake();
  await settle();
  expect(road.carrier.sent).toMatchObject([{ text: 'Old', mediaUrls: [] }]);
});

test('what was attached and not sent within a day is forgotten with the next', async () => {
  const road = mmsRoad();
  const file = { bytes: png(20, 20), declaredType: 'image/png' };
  const first = await keepAttachment(road, file);
  await road.clock.advance(86_400_000);
  const second = await keepAttachment(road, file);
  expect(findAttachment(road.db, first.id)).toBeDefined();
  await road.clock.advance(1);
  await keepAttachment(road, file);
  expect(findAttachment(road.db, first.id)).toBeUndefined();
  expect(findAttachment(road.db, second.id)).toBeDefined();
});

test.each([
  ['a page', Buffer.from('<html><body>Hello</body></html>'), '', 'Only pictures can be attached'],
  ['a page said to be a picture', Buffer.from('<html>'), 'image/png', 'Only pictures'],
  ['a picture said to be a page', png(20, 20), 'text/html', 'Only pictures'],
  ['a picture of 30,000 × 30,000', png(30_000, 30_000), 'image/png', '30,000 × 30,000'],
  ['half a picture', png(20, 20).subarray(0, 60), 'image/png', 'damaged'],
] as const)('%s is not kept', async (...[, bytes, declaredType, words]) => {
  const road = mmsRoad();
  await expect(keepAttachment(road, { bytes, declaredType })).rejects.toThrow(words);
  expect(road.db.prepare('SELECT count(*) FROM attachments').pluck().get()).toBe(0);
});
