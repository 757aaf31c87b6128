import { describe, expect, it } from 'vitest';

import { readWhen } from '#shared/schedule/read-when.ts';
import { whenWords } from '#shared/schedule/when-words.ts';

/** Saturday, November 21, 2026: 10:15 in Chicago, 11:15 in New York. */
const now = Date.parse('2026-11-21T16:15:00Z');
const clocks = { now, theirs: 'America/Chicago', ours: 'America/New_York' };

/** What is written, and the moment it means; by their clock unless it says otherwise. */
const meanings: readonly (readonly [string, string])[] = [
  ['tomorrow 8am', '2026-11-22T14:00:00Z'],
  ['Tomorrow at 8:00 AM', '2026-11-22T14:00:00Z'],
  ['tmrw 8 am', '2026-11-22T14:00:00Z'],
  ['8am tomorrow', '2026-11-22T14:00:00Z'],
  ['8:00 their time', '2026-11-22T14:00:00Z'],
  ['8:00 my time', '2026-11-22T13:00:00Z'],
  ['8am our time tomorrow', '2026-11-22T13:00:00Z'],
  ['11:30', '2026-11-21T17:30:00Z'],
  ['11:30 pm', '2026-11-22T05:30:00Z'],
  ['today 2pm', '2026-11-21T20:00:00Z'],
  ['noon', '2026-11-21T18:00:00Z'],
  ['tomorrow afternoon', '2026-11-22T20:00:00Z'],
  ['Mon 9:30', '2026-11-23T15:30:00Z'],
  ['monday at 9:30am', '2026-11-23T15:30:00Z'],
  ['next Saturday 9am', '2026-11-28T15:00:00Z'],
  ['Sat 9am', '2026-11-28T15:00:00Z'],
  ['Sat 11am', '2026-11-21T17:00:00Z'],
  ['Wednesday 16:00', '2026-11-25T22:00:00Z'],
  ['thurs 8am', '2026-11-26T14:00:00Z'],
  ['tues 8am', '2026-11-24T14:00:00Z'],
  ['in 2 hours', '2026-11-21T18:15:00Z'],
  ['in 2h', '2026-11-21T18:15:00Z'],
  ['in an hour', '2026-11-21T17:15:00Z'],
  ['in half an hour', '2026-11-21T16:45:00Z'],
  ['in 1.5 hours', '2026-11-21T17:45:00Z'],
  ['in 45 min', '2026-11-21T17:00:00Z'],
  ['in 3 days', '2026-11-24T16:15:00Z'],
  ['Dec 3 at 14:00', '2026-12-03T20:00:00Z'],
  ['December 3rd, 2pm', '2026-12-03T20:00:00Z'],
  ['3 dec 14:00', '2026-12-03T20:00:00Z'],
  ['12/3 2pm', '2026-12-03T20:00:00Z'],
  ['Jan 5 8am', '2027-01-05T14:00:00Z'],
  ['Jul 4 2027 8am', '2027-07-04T13:00:00Z'],
  ['2026-12-03 14:00', '2026-12-03T20:00:00Z'],
  ['2026-12-03T14:00', '2026-12-03T20:00:00Z'],
  ['2026-12-03T14:00:00Z', '2026-12-03T14:00:00Z'],
  ['2026-12-03T14:00+01:00', '2026-12-03T13:00:00Z'],
  ['12am', '2026-11-22T06:00:00Z'],
  ['tomorrow 12:30 am', '2026-11-22T06:30:00Z'],
];

describe('a time for later', () => {
  it.each(meanings)('%s', (words, iso) => {
    const when = readWhen(words, clocks);
    expect(when.kind === 'at' ? new Date(when.at).toISOString() : when).toBe(
      new Date(iso).toISOString(),
    );
  });

  it.each([
    ['', 'No time yet.'],
    ['soon', 'This is not a time that can be read.'],
    ['tomorrow', 'The time of day is missing.'],
    ['Feb 30 8am', 'There is no such day.'],
    ['13pm', 'This is not a time that can be read.'],
    ['25:00', 'This is not a time that can be read.'],
    ['8:75', 'This is not a time that can be read.'],
    ['today 9am', 'This time is past.'],
    ['2026-11-20 14:00', 'This time is past.'],
    ['Dec 3 2028 8am', 'This is more than a year away.'],
    ['in 600 days', 'This is more than a year away.'],
    ['tomorrow 8am or 9am', '“or 9am” could not be read.'],
    ['tomorrow 8am please', '“please” could not be read.'],
  ])('%s is not read: %s', (words, reason) => {
    expect(readWhen(words, clocks)).toMatchObject({ kind: 'unclear', reason });
  });

  it('says how it read an hour that could be either', () => {
    expect(readWhen('tomorrow 8', clocks)).toMatchObject({
      notes: ['“8” was read as 8:00 AM: write am or pm.'],
    });
    expect(readWhen('tomorrow 5:30', clocks)).toMatchObject({
      notes: ['“5:30” was read as 5:30 AM: write am or pm.'],
    });
    expect(readWhen('tomorrow 8am', clocks)).toMatchObject({ notes: [] });
  });

  it('says of an hour that does not exist when it leaves instead', () => {
    const when = readWhen('Mar 14 2:30am', clocks);
    expect(when).toMatchObject({
      at: Date.parse('2027-03-14T08:00:00Z'),
      notes: expect.arrayContaining([expect.stringContaining('does not exist')]),
    });
  });

  it('says of an hour that comes twice that the first is meant', () => {
    const before = { ...clocks, now: Date.parse('2026-10-31T16:00:00Z') };
    expect(readWhen('tomorrow 1:30am', before)).toMatchObject({
      at: Date.parse('2026-11-01T06:30:00Z'),
      notes: [expect.stringContaining('comes twice')],
    });
  });
});

describe('a moment in words', () => {
  it.each([
    ['2026-11-23T14:00:00Z', 'Mon 8:00 AM their time (9:00 AM yours)'],
    ['2026-11-22T14:00:00Z', 'tomorrow 8:00 AM their time (9:00 AM yours)'],
    ['2026-11-22T05:30:00Z', 'today 11:30 PM their time (tomorrow 12:30 AM yours)'],
    ['2026-12-03T20:00:00Z', 'Thu, Dec 3 2:00 PM their time (3:00 PM yours)'],
    ['2027-01-05T14:00:00Z', 'Tue, Jan 5, 2027 8:00 AM their time (9:00 AM yours)'],
  ])('%s is %s', (iso, words) => {
    expect(whenWords(Date.parse(iso), clocks)).toBe(words);
  });

  it('is said once where both clocks show the same', () => {
    const same = { ...clocks, theirs: 'America/Detroit' };
    expect(whenWords(Date.parse('2026-11-22T13:00:00Z'), same)).toBe('tomorrow 8:00 AM');
  });
});
