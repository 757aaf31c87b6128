import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import {
  type DeliveryState,
  type StateEvent,
  deliveryStateSchema,
  deriveState,
  isFinal,
  rankOf,
} from '#shared/message/delivery-state.ts';

const outbound = deliveryStateSchema.options.filter((state) => state !== 'received');
const event = fc.record({
  attempt: fc.integer({ min: 1, max: 3 }),
  state: fc.constantFrom(...outbound),
});
const events = fc.array(event, { maxLength: 12 });
const inFirst = (...states: DeliveryState[]): StateEvent[] =>
  states.map((state) => ({ attempt: 1, state }));

describe('in whatever order and however often it is told', () => {
  test('the same set of receipts gives the same state', () => {
    const told = events.chain((set) =>
      fc.tuple(
        fc.constant(set),
        fc.shuffledSubarray(set, { minLength: set.length }),
        fc.array(fc.constantFrom(...(set.length === 0 ? inFirst('queued') : set))),
      ),
    );
    fc.assert(
      fc.property(told, ([set, shuffled, again]) => {
        expect(deriveState([...shuffled, ...again])).toBe(deriveState(set));
      }),
      { numRuns: 2_000 },
    );
  });

  test('one more receipt of the same attempt never lowers it', () => {
    fc.assert(
      fc.property(events, event, (before, late) => {
        const latest = Math.max(1, ...before.map(({ attempt }) => attempt));
        fc.pre(late.attempt <= latest);
        const [was, is] = [deriveState(before), deriveState([...before, late])];
        expect(rankOf(is)).toBeGreaterThanOrEqual(rankOf(was));
      }),
      { numRuns: 2_000 },
    );
  });

  test('a delivery is a delivery, whatever comes before or after it, in any attempt', () => {
    fc.assert(
      fc.property(events, fc.integer({ min: 1, max: 3 }), fc.nat(), (others, attempt, place) => {
        const at = place % (others.length + 1);
        const delivered = { attempt, state: 'delivered' } as const;
        expect(deriveState(others.toSpliced(at, 0, delivered))).toBe('delivered');
      }),
    );
  });
});

describe('the state shown', () => {
  test.each([
    [[], 'queued'],
    [['queued', 'sending'], 'sending'],
    [['queued', 'sending', 'unknown'], 'unknown'],
    [['queued', 'sending', 'unknown', 'accepted'], 'accepted'],
    [['sent', 'accepted'], 'sent'],
    [['failed', 'sent'], 'failed'],
    [['delivered', 'failed'], 'delivered'],
  ] as const)('of %j is %s', (states, shown) => {
    expect(deriveState(inFirst(...states))).toBe(shown);
  });

  test('begins anew with an attempt, and an old one says no more but that it was delivered', () => {
    const failed = inFirst('queued', 'sending', 'failed');
    const again: StateEvent[] = [...failed, { attempt: 2, state: 'queued' }];
    expect(deriveState(again)).toBe('queued');
    expect(deriveState([...again, ...inFirst('sent')])).toBe('queued');
    expect(deriveState([...again, ...inFirst('delivered')])).toBe('delivered');
  });
});

test('nothing more is expected of what came in, failed or was delivered', () => {
  expect(deliveryStateSchema.options.filter(isFinal).toSorted()).toEqual([
    'delivered',
    'failed',
    'received',
  ]);
});
