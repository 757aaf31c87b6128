import fc from 'fast-check';
import { expect, test } from 'vitest';

import { Inbox, minute, part } from '#test/fixtures/part-inbox.ts';

test('many messages at once, shuffled and repeated, all come out whole and once', () => {
  const message = fc.array(fc.string({ minLength: 1, maxLength: 8 }), {
    minLength: 1,
    maxLength: 6,
  });
  const messages = fc.array(message, { minLength: 1, maxLength: 8 });
  const shuffled = messages.chain((all) => {
    const parts = all.flatMap((pieces, ref) =>
      pieces.map((text, i) => part(`${i + 1}/${pieces.length}`, text, { ref })),
    );
    const repeated = parts.filter(({ concatenation }) => (concatenation?.total ?? 0) > 1);
    const order = fc.shuffledSubarray([...parts, ...repeated], {
      minLength: parts.length + repeated.length,
    });
    return fc.tuple(fc.constant(all), order);
  });
  fc.assert(
    fc.property(shuffled, ([all, order]) => {
      const inbox = new Inbox();
      for (const each of order) inbox.accept(each);
      expect(inbox.texts.toSorted()).toEqual(all.map((pieces) => pieces.join('')).toSorted());
      expect(inbox.state.open).toEqual([]);
    }),
  );
});

test('no part is lost, whatever comes and however the clock runs', () => {
  const anyPart = fc.record({
    place: fc.constantFrom('1/2', '2/2', '1/3', '2/3', '3/3', '1/1', '4/3'),
    ref: fc.nat(2),
    pause: fc.constantFrom(0, 0, 0, 10 * minute, 40 * minute, 100 * minute),
  });
  fc.assert(
    fc.property(fc.array(anyPart, { maxLength: 60 }), (parts) => {
      const inbox = new Inbox({ maxSetsPerSender: 4 });
      parts.forEach(({ place, ref, pause }, i) => {
        inbox.wait(pause);
        inbox.accept(part(place, `<${i}>`, { ref }));
      });
      inbox.wait(1000 * minute);
      const seen = inbox.texts.join('').match(/<\d+>/gu) ?? [];
      expect(seen.toSorted()).toEqual(parts.map((_, i) => `<${i}>`).toSorted());
    }),
    { numRuns: 300 },
  );
});
