import { expect, it } from 'vitest';

import { Uploads } from '#main/media/uploads.ts';
import { ManualClock } from '#test/fakes/manual-clock.ts';

const open = (): { uploads: Uploads; clock: ManualClock } => {
  const clock = new ManualClock();
  return { uploads: new Uploads(clock), clock };
};
const bytes = (...octets: number[]): Uint8Array => Uint8Array.from(octets);

it('puts pieces together in order, whatever their size, and passes over a repeated one', () => {
  const { uploads } = open();
  const id = uploads.begin(5, 'image/png');
  uploads.append(id, 0, bytes(1, 2));
  uploads.append(id, 0, bytes(1, 2));
  uploads.append(id, 2, bytes(3, 4, 5));
  expect(uploads.end(id)).toEqual({ bytes: bytes(1, 2, 3, 4, 5), declaredType: 'image/png' });
  expect(uploads.size).toBe(0);
});

it.each([
  ['a gap', [3, bytes(1)]],
  ['a step back that is no repeat', [1, bytes(9, 9, 9)]],
  ['more than was announced', [2, bytes(1, 1, 1, 1)]],
] as const)('ends at %s', (_what, [at, piece]) => {
  const { uploads } = open();
  const id = uploads.begin(5, '');
  uploads.append(id, 0, bytes(1, 2));
  expect(() => uploads.append(id, at, piece)).toThrow('did not come in order');
  expect(() => uploads.end(id)).toThrow('no longer on its way');
});

it('does not hand over half a file', () => {
  const { uploads } = open();
  const id = uploads.begin(5, '');
  uploads.append(id, 0, bytes(1, 2));
  expect(() => uploads.end(id)).toThrow('did not come whole');
  expect(uploads.size).toBe(0);
});

it('forgets an upload of which nothing came for a minute, and no sooner', async () => {
  const { uploads, clock } = open();
  const id = uploads.begin(5, '');
  await clock.advance(59_999);
  uploads.append(id, 0, bytes(1));
  await clock.advance(59_999);
  expect(uploads.size).toBe(1);
  await clock.advance(1);
  expect(uploads.size).toBe(0);
  expect(() => uploads.append(id, 1, bytes(2))).toThrow('no longer on its way');
  expect(clock.planned).toBe(0);
});

it('takes eight at once and the ninth once one has ended', () => {
  const { uploads } = open();
  const ids = Array.from({ length: 8 }, () => uploads.begin(1, ''));
  expect(() => uploads.begin(1, '')).toThrow('Too many files');
  uploads.discard(ids[0] ?? '');
  expect(uploads.begin(1, '')).toMatch(/^[\w-]{22}$/);
});
