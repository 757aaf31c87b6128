import { expect, it } from 'vitest';

import { type MediaFacts, judgeMedia } from '#shared/compliance/judge-media.ts';

const rules: MediaFacts['rules'] = {
  maxTotalOctets: 600_000,
  maxCount: 2,
  types: ['image/jpeg', 'image/png', 'video/mp4'],
  problem: null,
};
const jpeg = (size: number) => ({ type: 'image/jpeg', size });

const becauseOf = (facts: Partial<MediaFacts>, text = ''): string | null =>
  judgeMedia({ files: [jpeg(1_000)], rules, ...facts }, text)?.because ?? null;

it('lets go what the carrier takes, to the last octet', () => {
  expect(becauseOf({})).toBeNull();
  expect(becauseOf({ files: [jpeg(300_000), jpeg(300_000)] })).toBeNull();
  expect(becauseOf({ files: [jpeg(599_997)] }, 'a')).toBeNull();
});

it('has nothing to say where nothing is attached, whatever the line', () => {
  const problem = { because: 'no', cure: 'none' };
  expect(judgeMedia({ files: [], rules: { ...rules, problem } }, 'x'.repeat(900_000))).toBeNull();
});

it.each([
  ['one octet too much', { files: [jpeg(600_001)] }, '', /601 kB; the carrier takes 600 kB/],
  ['no room for the words', { files: [jpeg(599_998)] }, 'a', /601 kB; the carrier takes 600 kB/],
  ['one too many', { files: [1, 2, 3].map(jpeg) }, '', /3 pictures are attached.* takes 2/],
  ['another type', { files: [{ type: 'image/webp', size: 1 }] }, '', /WEBP, only JPEG, PNG\./],
] as const)('refuses %s with the figures', (...[, facts, text, words]) => {
  expect(becauseOf(facts, text)).toMatch(words);
});

it('says what stands in the way of any picture first', () => {
  const problem = { because: 'This line has no public address.', cure: 'Give it one.' };
  const files = [jpeg(9_000_000), jpeg(1), jpeg(1)];
  expect(judgeMedia({ files, rules: { ...rules, problem } }, '')).toEqual(problem);
});
