import { describe, expect, it, test } from 'vitest';

import { nextExpiry } from '#shared/text/reassemble-parts.ts';
import type { Reassembly } from '#shared/text/reassemble-parts.ts';
import { Inbox, minute, part } from '#test/fixtures/part-inbox.ts';

describe('parts in any order', () => {
  test.each([
    ['in order', ['1/3', '2/3', '3/3']],
    ['backwards', ['3/3', '2/3', '1/3']],
    ['mixed, one twice', ['2/3', '3/3', '2/3', '1/3']],
  ])('%s make one message at the last one', (_, places) => {
    const inbox = new Inbox();
    const texts: Record<string, string> = { '1/3': 'one ', '2/3': 'two ', '3/3': 'three' };
    for (const place of places.slice(0, -1)) {
      expect(inbox.accept(part(place, texts[place] ?? ''))).toEqual([]);
    }
    const last = places.at(-1) ?? '';
    expect(inbox.accept(part(last, texts[last] ?? ''))).toMatchObject([
      { kind: 'whole', text: 'one two three', sequences: [1, 2, 3], missing: [], total: 3 },
    ]);
    expect(inbox.state.open).toEqual([]);
  });

  it('keeps apart what differs in sender, recipient, width, reference or total', () => {
    const inbox = new Inbox();
    inbox.accept(part('1/2', 'a'));
    inbox.accept(part('2/2', 'from', { from: '+15550002' }));
    inbox.accept(part('2/2', 'to', { to: '+15558888' }));
    inbox.accept(part('2/2', 'width', { width: '16-bit' }));
    inbox.accept(part('2/2', 'reference', { ref: 13 }));
    inbox.accept(part('2/3', 'total'));
    expect(inbox.finished).toEqual([]);
    expect(inbox.accept(part('2/2', 'b'))).toMatchObject([{ text: 'ab' }]);
    expect(inbox.state.open).toHaveLength(5);
  });

  it('joins a surrogate pair that the sender cut in two, and repairs a lone one', () => {
    const inbox = new Inbox();
    inbox.accept(part('2/2', '\uDE00!\uD83D'));
    expect(inbox.accept(part('1/2', 'hi \uD83D'))).toMatchObject([{ text: 'hi 😀!\uFFFD' }]);
  });
});

describe('a part that is a message by itself', () => {
  test.each([
    ['no concatenation', { concatenation: undefined }],
    ['a total of one', part('1/1', 'x')],
    ['sequence 0', part('0/2', 'x')],
    ['total 0', part('1/0', 'x')],
    ['a sequence above the total', part('3/2', 'x')],
  ])('%s is shown at once', (_, given) => {
    const inbox = new Inbox();
    const single = { ...part('1/2', ''), ...given, text: 'hello' };
    expect(inbox.accept(single)).toMatchObject([{ kind: 'whole', text: 'hello', missing: [] }]);
    expect(inbox.state.open).toEqual([]);
  });
});

describe('a missing part', () => {
  it('shows as a gap once the wait is over, and not before', () => {
    const inbox = new Inbox();
    inbox.accept(part('1/4', 'one'));
    inbox.accept(part('4/4', 'four'));
    expect(nextExpiry(inbox.state, inbox.limits)).toBe(inbox.now + 30 * minute);
    expect(inbox.wait(30 * minute - 1)).toEqual([]);
    expect(inbox.wait(1)).toMatchObject([
      { kind: 'gapped', text: 'one […] four', sequences: [1, 4], missing: [2, 3] },
    ]);
    expect(nextExpiry(inbox.state, inbox.limits)).toBeUndefined();
  });

  test.each([
    ['the first', '2/2', ' […] x'],
    ['the last', '1/2', 'x […] '],
  ])('is marked when it is %s', (_, place, text) => {
    const inbox = new Inbox();
    inbox.accept(part(place, 'x'));
    expect(inbox.wait(minute * 30)).toMatchObject([{ text }]);
  });

  it('makes every newer part start the wait again', () => {
    const inbox = new Inbox();
    inbox.accept(part('1/3', 'a'));
    inbox.wait(20 * minute);
    inbox.accept(part('2/3', 'b'));
    expect(inbox.wait(20 * minute)).toEqual([]);
    expect(inbox.accept(part('3/3', 'c'))).toMatchObject([{ kind: 'whole', text: 'abc' }]);
  });

  it('is noticed by the next part of anyone, without a timer', () => {
    const inbox = new Inbox();
    inbox.accept(part('1/2', 'old'));
    inbox.now += 31 * minute;
    const shown = inbox.accept(part('1/2', 'new', { from: '+15550003' }));
    expect(shown).toMatchObject([{ kind: 'gapped', text: 'old […] ' }]);
  });
});

describe('a late part', () => {
  const late = () => {
    const inbox = new Inbox();
    inbox.accept(part('1/3', 'one '));
    inbox.wait(30 * minute);
    return inbox;
  };

  it('is shown alone, under the id of the message it completes', () => {
    const inbox = late();
    const [gapped] = inbox.finished;
    expect(inbox.accept(part('2/3', 'two '))).toMatchObject([
      { kind: 'late', id: gapped?.id, text: 'two ', sequences: [2], missing: [3] },
    ]);
    expect(inbox.accept(part('3/3', 'three'))).toMatchObject([
      { kind: 'late', text: 'three', missing: [] },
    ]);
  });

  it('is not shown twice, nor is what was shown before', () => {
    const inbox = late();
    inbox.accept(part('2/3', 'two '));
    expect(inbox.accept(part('2/3', 'two '))).toEqual([]);
    expect(inbox.accept(part('1/3', 'one '))).toEqual([]);
  });

  it('starts a message of its own when the old one is forgotten', () => {
    const inbox = late();
    inbox.wait(60 * minute);
    expect(inbox.state.shown).toEqual([]);
    expect(inbox.accept(part('2/3', 'two '))).toEqual([]);
    expect(inbox.state.open).toHaveLength(1);
  });
});

describe('a reference used again', () => {
  it('closes the message that bore it, when the same part has another text', () => {
    const inbox = new Inbox();
    inbox.accept(part('1/2', 'old'));
    expect(inbox.accept(part('1/2', 'new '))).toMatchObject([
      { kind: 'gapped', text: 'old […] ', missing: [2] },
    ]);
    expect(inbox.accept(part('2/2', 'message'))).toMatchObject([
      { kind: 'whole', text: 'new message' },
    ]);
  });

  it('starts a new message after a whole one', () => {
    const inbox = new Inbox();
    for (const text of ['a', 'b', 'c']) {
      inbox.accept(part('1/2', `${text}1`));
      inbox.accept(part('2/2', `${text}2`));
    }
    expect(inbox.texts).toEqual(['a1a2', 'b1b2', 'c1c2']);
  });

  it('is told by the service centre stamp when parts of two messages come together', () => {
    const inbox = new Inbox();
    const monday = 1_000_000_000_000;
    inbox.accept(part('1/2', 'monday', { sentAt: monday }));
    const shown = inbox.accept(part('2/2', 'tuesday', { sentAt: monday + 24 * 60 * minute }));
    expect(shown).toMatchObject([{ kind: 'gapped', text: 'monday […] ' }]);
    expect(inbox.state.open).toHaveLength(1);
  });

  it('does not stop parts that were sent minutes apart', () => {
    const inbox = new Inbox();
    inbox.accept(part('1/2', 'a', { sentAt: 5 * minute }));
    expect(inbox.accept(part('2/2', 'b', { sentAt: 0 }))).toMatchObject([{ text: 'ab' }]);
  });

  it('brings nothing when a whole message is delivered again', () => {
    const inbox = new Inbox();
    inbox.accept(part('1/2', 'a'));
    inbox.accept(part('2/2', 'b'));
    const before = inbox.state;
    expect([...inbox.accept(part('1/2', 'a')), ...inbox.accept(part('2/2', 'b'))]).toEqual([]);
    expect(inbox.state).toBe(before);
  });
});

describe('bounds', () => {
  it('shows the oldest of a sender when he has too many', () => {
    const inbox = new Inbox({ maxSetsPerSender: 3 });
    for (const ref of [1, 2, 3]) inbox.accept(part('1/2', `${ref}`, { ref }));
    inbox.accept(part('1/2', 'other', { ref: 1, from: '+15550002' }));
    expect(inbox.finished).toEqual([]);
    inbox.accept(part('1/2', '4', { ref: 4 }));
    expect(inbox.texts).toEqual(['1 […] ']);
  });

  it('shows the least recently fed when there are too many in all', () => {
    const inbox = new Inbox({ maxSets: 2 });
    inbox.accept(part('1/3', 'a', { ref: 1 }));
    inbox.accept(part('1/3', 'b', { ref: 2 }));
    inbox.accept(part('2/3', 'A', { ref: 1 }));
    inbox.accept(part('1/3', 'c', { ref: 3 }));
    expect(inbox.texts).toEqual(['b […] ']);
  });

  it('holds under a flood of parts from many senders', () => {
    const inbox = new Inbox({ maxSets: 50, maxParts: 300 });
    for (let i = 0; i < 3000; i += 1) {
      const given = { ref: i % 256, from: `+1555${i % 97}` };
      inbox.accept(part(`${1 + (i % 9)}/255`, `${i}`, given));
    }
    const held = inbox.state.open.reduce((sum, { parts }) => sum + parts.length, 0);
    const shown = inbox.state.shown.reduce((sum, { parts }) => sum + parts.length, 0);
    expect(inbox.state.open.length).toBeLessThanOrEqual(50);
    expect(inbox.state.shown.length).toBeLessThanOrEqual(50);
    expect(held).toBeLessThanOrEqual(300);
    expect(shown).toBeLessThanOrEqual(300);
    expect(inbox.finished.flatMap(({ sequences }) => sequences).length + held).toBe(3000);
  });
});

test('the state survives being stored and read back', () => {
  const inbox = new Inbox();
  inbox.accept(part('1/2', 'a'));
  inbox.state = JSON.parse(JSON.stringify(inbox.state)) as Reassembly;
  expect(inbox.accept(part('2/2', 'b'))).toMatchObject([{ kind: 'whole', text: 'ab' }]);
});

test('a clock that is set back shows nothing early', () => {
  const inbox = new Inbox();
  inbox.accept(part('1/2', 'a'));
  expect(inbox.wait(-1000 * minute)).toEqual([]);
  expect(inbox.accept(part('2/2', 'b'))).toMatchObject([{ kind: 'whole', text: 'ab' }]);
});
