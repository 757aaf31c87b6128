import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import type { OpenedConnection } from '#main/core/connections/connection-book.ts';
import { type Span, syncHistory } from '#main/core/connections/sync-history.ts';
import { listAttention } from '#main/history/attention.ts';
import { findBilling } from '#main/history/billing.ts';
import { findConnection } from '#main/history/connections.ts';
import { listMediaToFetch } from '#main/history/media.ts';
import { acceptDelivery } from '#main/inbound/accept-delivery.ts';
import { all } from '#main/sqlite/database.ts';
import { sql } from '#main/sqlite/sql.ts';
import type { Sync } from '#shared/contract/connection-shapes.ts';
import type { ListedCall, ListedText } from '#shared/provider/carrier-lists.ts';
import type { ProviderAdapter } from '#shared/provider/provider.ts';
import { deliveryOf } from '#test/fakes/fake-carrier.ts';
import {
  type HistoryDesk,
  fakeConnection,
  historyDesk,
  ourNumber,
} from '#test/fakes/history-desk.ts';

const peer = '+15550100100';
const hour = 3_600_000;

function textIn(id: string, more: Partial<ListedText> = {}): ListedText {
  return {
    providerMessageId: id,
    direction: 'in',
    reference: null,
    from: peer,
    to: ourNumber,
    text: `text ${id}`,
    media: [],
    createdAt: Date.UTC(2025, 0, 1),
    state: null,
    failure: null,
    billing: null,
    ...more,
  };
}

const textOut = (id: string, more: Partial<ListedText> = {}): ListedText =>
  textIn(id, { direction: 'out', from: ourNumber, to: peer, state: 'delivered', ...more });

type Lists = { texts: ListedText[]; calls?: ListedCall[]; pageSize?: number };

/** A connection whose carrier lists these, in pages, newest first. */
function opened(desk: HistoryDesk, { texts, calls = [], pageSize = 2 }: Lists): OpenedConnection {
  const page = <Row>(rows: readonly Row[], cursor: string | null) => {
    const from = Number(cursor ?? 0);
    const next = from + pageSize < rows.length ? String(from + pageSize) : null;
    return { kind: 'told' as const, answer: { rows: rows.slice(from, from + pageSize), next } };
  };
  const adapter: ProviderAdapter = {
    ...desk.carrier.adapter,
    listTexts: async ({ cursor }) => page(texts, cursor),
    listCalls: async ({ cursor }) => page(calls, cursor),
  };
  const connection = findConnection(desk.db, fakeConnection);
  if (connection === undefined) throw new Error('the desk has no connection');
  const guard = {
    authenticate: () => 'forged' as const,
    dedupeKey: () => '',
    reply: () => ({ status: 200, type: '', body: '' }),
  };
  return { connection, adapter, guard, baseUrl: null, pathSecret: null };
}

function sync(
  desk: HistoryDesk,
  lists: Lists,
  more: { span?: Partial<Span>; cancelAfter?: number } = {},
): Promise<Sync> {
  let reports = 0;
  return syncHistory(
    { ...desk, now: () => desk.clock.now() },
    {
      opened: opened(desk, lists),
      span: { since: 0, until: Number.MAX_SAFE_INTEGER, unread: false, calls: true, ...more.span },
      onProgress: () => (reports += 1),
      isCancelled: () => more.cancelAfter !== undefined && reports > more.cancelAfter,
    },
  );
}

const shown = (desk: HistoryDesk): string[] =>
  all<{ line: string }>(
    desk.db,
    sql`SELECT direction || ' ' || kind || ' ' || text AS line FROM entries ORDER BY id`,
  ).map((row) => row.line);

const unread = (desk: HistoryDesk): number =>
  all<{ unread: number }>(desk.db, sql`SELECT unread FROM threads`)[0]?.unread ?? 0;

describe('bringing in a carrier’s lists', () => {
  it('puts texts and calls where their time puts them, whatever order the pages have', async () => {
    const desk = historyDesk();
    const at = (n: number) => Date.UTC(2025, 0, 1) + n * hour;
    const texts = [
      textIn('c', { createdAt: at(3) }),
      textOut('b', { createdAt: at(2) }),
      textIn('a', { createdAt: at(0) }),
    ];
    const call = {
      providerCallId: 'k',
      direction: 'in',
      line: ourNumber,
      peer,
      outcome: 'missed',
      seconds: 0,
      startedAt: at(1),
    } as const;
    const done = await sync(desk, { texts, calls: [call] });
    expect(done).toMatchObject({ state: 'done', read: 4, texts: 3, calls: 1 });
    expect(shown(desk)).toEqual([
      'in text text a',
      'in call ',
      'out text text b',
      'in text text c',
    ]);
    expect(unread(desk)).toBe(0);
  });

  it('done again, and beside webhooks, it adds nothing', async () => {
    const desk = historyDesk();
    const texts = [textIn('b'), textIn('a'), textOut('c')];
    await sync(desk, { texts });
    const before = shown(desk);
    expect(await sync(desk, { texts })).toMatchObject({ texts: 0 });
    expect(shown(desk)).toEqual(before);
  });

  it('a text that a webhook should have told is news: it is unread', async () => {
    const desk = historyDesk();
    await sync(desk, { texts: [textIn('lost')] }, { span: { unread: true } });
    expect(unread(desk)).toBe(1);
    expect(desk.toldAs('entry.added')).toHaveLength(1);
  });

  it('learns the state and price of a text it knows, once', async () => {
    const desk = historyDesk();
    await sync(desk, { texts: [textOut('mine', { state: 'sent' })] });
    const billing = { segments: 1, priceMicros: 8_300, feeMicros: 3_000, currency: 'USD' };
    await sync(desk, { texts: [textOut('mine', { state: 'delivered', billing })] });
    await sync(desk, { texts: [textOut('mine', { state: 'delivered', billing })] });
    const [row] = all<{ id: number; state: string }>(desk.db, sql`SELECT id, state FROM entries`);
    expect(row?.state).toBe('delivered');
    expect(findBilling(desk.db, row?.id as never)).toEqual(billing);
    expect(all(desk.db, sql`SELECT 1 FROM receipts`)).toHaveLength(2);
  });

  it('a text whose content the carrier does not keep is put before the agent, once', async () => {
    const desk = historyDesk();
    await sync(desk, { texts: [textIn('gone', { text: null })] }, { span: { unread: true } });
    await sync(desk, { texts: [textIn('gone', { text: null })] }, { span: { unread: true } });
    expect(listAttention(desk.db).map((row) => row.problem)).toEqual([
      expect.stringContaining(peer),
    ]);
    expect(shown(desk)).toEqual([]);
  });

  it('and when it is told late after all, it is shown, and needs no attention any more', async () => {
    const desk = historyDesk();
    await sync(desk, { texts: [textIn('late', { text: null })] });
    const told = { kind: 'text-received', providerMessageId: 'late', text: 'Here I am' } as const;
    const raw = deliveryOf({
      ...told,
      from: peer,
      to: ourNumber,
      media: [],
      part: null,
      sentAt: null,
    });
    acceptDelivery(desk, { log: 'relay', seq: 1, raw });
    await sync(desk, { texts: [textIn('late', { text: null })] });
    expect(shown(desk)).toEqual(['in text Here I am']);
    expect(listAttention(desk.db)).toEqual([]);
  });

  it('a picture without words is no text without content', async () => {
    const desk = historyDesk();
    const media = [{ url: 'https://media.example/1.png', type: 'image/png' }];
    await sync(desk, { texts: [textIn('picture', { text: null, media })] });
    expect(shown(desk)).toEqual(['in text ']);
    expect(listMediaToFetch(desk.db, desk.clock.now(), 9)).toHaveLength(1);
    expect(listAttention(desk.db)).toEqual([]);
    expect(desk.woken.inbound).toBeGreaterThan(0);
  });

  it('old texts without content, brought in on purpose, flood nobody', async () => {
    const desk = historyDesk();
    await sync(desk, { texts: [textIn('old', { text: null })] });
    expect(listAttention(desk.db)).toEqual([]);
  });

  it('does not ask for call records where it need not', async () => {
    const desk = historyDesk();
    const call = {
      providerCallId: 'k',
      direction: 'in',
      line: ourNumber,
      peer,
      outcome: 'missed',
      seconds: 0,
      startedAt: Date.UTC(2025, 0, 1),
    } as const;
    const lists = { texts: [textIn('a')], calls: [call] };
    expect(await sync(desk, lists, { span: { calls: false } })).toMatchObject({
      texts: 1,
      calls: 0,
    });
    expect(await sync(desk, lists)).toMatchObject({ texts: 0, calls: 1 });
  });

  it('passes over numbers that are no lines here, and texts too young to be sure of', async () => {
    const desk = historyDesk();
    const now = desk.clock.now();
    const texts = [
      textIn('x', { to: '+12025550100' }),
      textOut('young', { createdAt: now - 1_000 }),
    ];
    expect(await sync(desk, { texts })).toMatchObject({ state: 'done', read: 2, texts: 0 });
    expect(shown(desk)).toEqual([]);
  });

  it('stops between two pages when cancelled, keeps what it took, and may be done again', async () => {
    const desk = historyDesk();
    const texts = Array.from({ length: 10 }, (_, n) => textIn(`t${n}`));
    const cancelled = await sync(desk, { texts }, { cancelAfter: 2 });
    expect(cancelled).toMatchObject({ state: 'cancelled' });
    const kept = shown(desk).length;
    expect(kept).toBeGreaterThan(0);
    expect(kept).toBeLessThan(10);
    expect(await sync(desk, { texts })).toMatchObject({ state: 'done', texts: 10 - kept });
  });

  it('any split into pages and any repetition ends in the same history', async () => {
    const desk = historyDesk();
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.nat(20), { maxLength: 30 }),
        fc.integer({ min: 1, max: 7 }),
        async (ids, pageSize) => {
          await sync(desk, {
            texts: ids.map((id) =>
              textIn(`p${id}`, { createdAt: Date.UTC(2025, 0, 2) + id * hour }),
            ),
            pageSize,
          });
          const lines = shown(desk);
          expect(new Set(lines).size).toBe(lines.length);
          expect(lines).toEqual(
            lines.toSorted((a, b) => Number(a.slice(14)) - Number(b.slice(14))),
          );
        },
      ),
      { numRuns: 30 },
    );
  });
});
