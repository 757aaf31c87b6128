import { afterEach, beforeEach, expect, test, vi } from 'vitest';

import { ClientTransactions } from '#main/providers/sip-message/agent/client-transactions.ts';
import { ServerTransactions } from '#main/providers/sip-message/agent/server-transactions.ts';
import type { Flow } from '#main/providers/sip-message/flow/flow.ts';
import type { Envelope } from '#main/providers/sip-message/wire/envelope.ts';
import type { SipResponse } from '#main/providers/sip-message/wire/message.ts';

/** A flow that remembers when each message was sent over it, and can be broken. */
class WrittenFlow implements Flow {
  readonly transport = 'UDP';
  readonly local = '127.0.0.1:1';
  readonly reliable: boolean;
  readonly sentAt: number[] = [];
  broken = false;
  readonly #start = performance.now();

  constructor(reliable: boolean) {
    this.reliable = reliable;
  }

  send(): boolean {
    if (!this.broken) this.sentAt.push(Math.round(performance.now() - this.#start));
    return !this.broken;
  }

  ping(): void {
    throw new Error('nobody pings here');
  }

  close(): void {
    this.broken = true;
  }
}

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const about = { branch: 'z9hG4bKone', method: 'MESSAGE' };
const bytes = Uint8Array.of(1);

function begin(reliable: boolean) {
  const flow = new WrittenFlow(reliable);
  const transactions = new ClientTransactions(() => flow);
  const ended = transactions.begin(bytes, about);
  return { flow, transactions, ended };
}

function response(status: number): SipResponse {
  return { kind: 'response', status, reason: '', headers: [], body: new Uint8Array(0) };
}

function envelope(change: { branch?: string; method?: string; count?: number } = {}): Envelope {
  const { branch = about.branch, method = about.method, count = 1 } = change;
  const address = { uri: 'sip:a@b', parameters: new Map<string, string>() };
  return {
    via: { sentBy: 'x', branch, count },
    from: address,
    to: address,
    callId: 'c',
    cseq: { number: 1, method },
  };
}

test('over UDP a request goes again at T1, doubling to T2, and ends after 64 T1', async () => {
  const { flow, ended } = begin(false);
  await vi.advanceTimersByTimeAsync(31_999);
  expect(flow.sentAt).toEqual([
    0, 500, 1_500, 3_500, 7_500, 11_500, 15_500, 19_500, 23_500, 27_500, 31_500,
  ]);
  await vi.advanceTimersByTimeAsync(1);
  expect(await ended).toEqual({ kind: 'silent' });
  await vi.advanceTimersByTimeAsync(10_000);
  expect(flow.sentAt).toHaveLength(11);
});

test('a provisional answer slows it down to T2, and does not end it', async () => {
  const { flow, transactions, ended } = begin(false);
  await vi.advanceTimersByTimeAsync(400);
  transactions.hear(response(100), envelope());
  await vi.advanceTimersByTimeAsync(12_100);
  expect(flow.sentAt).toEqual([0, 500, 4_500, 8_500, 12_500]);
  transactions.hear(response(200), envelope());
  expect(await ended).toMatchObject({ kind: 'answered', response: { status: 200 } });
});

test('over a stream it goes once', async () => {
  const { flow, ended } = begin(true);
  await vi.advanceTimersByTimeAsync(32_000);
  expect(await ended).toEqual({ kind: 'silent' });
  expect(flow.sentAt).toEqual([0]);
});

test('only the answer to this branch and method ends it, and only with one Via', async () => {
  const { transactions, ended } = begin(true);
  for (const other of [{ branch: 'z9hG4bKtwo' }, { method: 'REGISTER' }, { count: 2 }])
    transactions.hear(response(200), envelope(other));
  transactions.hear(response(486), envelope());
  transactions.hear(response(200), envelope());
  expect(await ended).toMatchObject({ response: { status: 486 } });
});

test('a flow that is gone takes nothing, and one that goes ends all with why', async () => {
  const { flow, transactions, ended } = begin(true);
  transactions.loseAll('The server hung up');
  expect(await ended).toEqual({ kind: 'lost', sentence: 'The server hung up' });
  flow.close();
  expect(await transactions.begin(bytes, about)).toEqual({ kind: 'not-sent' });
});

test('a request is served once; sent again it gets the answer it had, for 32 s', () => {
  const served = new ServerTransactions();
  expect(served.open(envelope(), 0)).toBe('new');
  expect(served.open(envelope(), 10)).toMatchObject({ answer: null });
  served.close(envelope(), bytes);
  expect(served.open(envelope(), 31_999)).toMatchObject({ answer: bytes });
  expect(served.open(envelope({ branch: 'other' }), 31_999)).toBe('new');
  expect(served.open(envelope(), 32_000)).toBe('new');
});

test('no more than 2,000 answers are kept', () => {
  const served = new ServerTransactions();
  for (let each = 0; each < 2_500; each += 1) served.open(envelope({ branch: `b${each}` }), 0);
  expect(served.open(envelope({ branch: 'b2499' }), 1)).not.toBe('new');
  expect(served.open(envelope({ branch: 'b0' }), 1)).toBe('new');
});
