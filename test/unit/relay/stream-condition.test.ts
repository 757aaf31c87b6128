import type { StreamInfo } from '@nats-io/jetstream';
import { describe, expect, it } from 'vitest';

import { describeCondition } from '#main/relay/jetstream/stream-condition.ts';

type Given = {
  readonly away?: readonly string[];
  readonly leader?: string;
  readonly used?: number;
};

function conditionOf({ away = [], leader = 'n1', used = 0 }: Given) {
  const replicas = ['n2', 'n3'].map((name) => ({ name, offline: away.includes(name) }));
  const cluster = leader === '' ? { replicas } : { leader, replicas };
  const config = { num_replicas: 3, max_bytes: 1_000 };
  return describeCondition({ cluster, config, state: { bytes: used } } as unknown as StreamInfo);
}

describe('the condition of a stream', () => {
  it('is well with all copies and room', () => {
    expect(conditionOf({ used: 799 })).toEqual({ ok: true, problem: null });
  });

  it('gives notice of a missing copy, and fails where most are missing', () => {
    expect(conditionOf({ away: ['n3'] })).toEqual({
      ok: true,
      problem: 'The log has a copy less than it should: n3 is away.',
    });
    expect(conditionOf({ away: ['n2', 'n3'] }).ok).toBe(false);
  });

  it('fails without a leader', () => {
    expect(conditionOf({ leader: '' }).ok).toBe(false);
  });

  it('gives notice from 80 % of its room on', () => {
    expect(conditionOf({ used: 800 })).toEqual({
      ok: true,
      problem: 'The log has used 80 % of the room it may take on NATS.',
    });
  });
});
