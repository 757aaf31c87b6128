import { describe, expect, it } from 'vitest';

import { findEntryByUid } from '#main/history/entries.ts';
import { readSpan } from '#main/hosts/cli/read-moment.ts';
import { wantedQuery } from '#main/review/wanted-entries.ts';
import { run } from '#main/sqlite/database.ts';
import { sql } from '#main/sqlite/sql.ts';
import { type ExportedRow, exportRows, exportText, rowsOf } from '#test/fakes/export-text.ts';
import { historyDesk, ourNumber } from '#test/fakes/history-desk.ts';
import { variedHistory } from '#test/fakes/varied-history.ts';
import { anotherLine, peerNumber, textIn, textOut } from '#test/fakes/write-history.ts';
import { parseCsv } from '#test/fixtures/parse-csv.ts';

describe('an export in lines of JSON', () => {
  it('tells every text to the letter, hostile or not, each on one line', async () => {
    const { road, texts } = await variedHistory();
    const jsonl = await exportText(road.dataFolder, { order: 'time' });
    const rows = rowsOf(jsonl);
    expect(rows.slice(0, texts.length).map(({ text }) => text)).toEqual(texts);
    expect(jsonl).not.toMatch(/[\r\u0085\u2028\u2029]/);
    expect(rows).toHaveLength(texts.length + 5);
    expect(new Set(rows.map((row) => Object.keys(row).join())).size).toBe(1);
  });

  it('tells of a text out what was tried, learnt and paid', async () => {
    const { road } = await variedHistory();
    const rows = await exportRows(road.dataFolder);
    const delivered = rows.find(({ text }) => text === 'Delivered');
    const at = '2026-01-01T00:01:00.000Z';
    const own = { at, attempt: 1, happenedAt: null, failure: null };
    expect(delivered).toMatchObject({
      kind: 'text',
      direction: 'out',
      at,
      line: ourNumber,
      lineLabel: 'Front desk',
      provider: 'fake',
      connection: 'fake0001',
      peer: peerNumber(1),
      name: null,
      state: 'delivered',
      undecided: false,
      failure: null,
      segments: 1,
      encoding: 'GSM-7',
      providerMessageId: 'fake-1',
      billing: { segments: 1, priceMicros: 7_500, feeMicros: null, currency: 'USD' },
      outcome: null,
      seconds: null,
      media: [],
      attempts: [
        { attempt: 1, connection: 'fake0001', startedAt: at, providerMessageId: 'fake-1' },
      ],
      receipts: [
        { ...own, state: 'queued', source: 'own' },
        { ...own, state: 'sending', source: 'own' },
        { ...own, state: 'accepted', source: 'answer' },
        { ...own, state: 'delivered', source: 'webhook', happenedAt: '2026-01-01T00:00:59.000Z' },
      ],
    });
    expect(delivered && findEntryByUid(road.db, delivered.uid)).toMatchObject({
      text: 'Delivered',
    });
    expect(rows.find(({ text }) => text === 'Refused')).toMatchObject({
      state: 'failed',
      failure: { kind: 'landline', meaning: 'landline', raw: '30006' },
    });
  });

  it('tells of calls and voicemails', async () => {
    const { road } = await variedHistory();
    const rows = await exportRows(road.dataFolder);
    const none = { text: null, state: null, segments: null, receipts: [], attempts: [] };
    expect(rows.find(({ kind }) => kind === 'call')).toMatchObject({
      ...none,
      outcome: 'missed',
      providerMessageId: 'call-1',
      seconds: 0,
      media: [],
    });
    expect(rows.find(({ kind }) => kind === 'voicemail')).toMatchObject({
      ...none,
      outcome: null,
      providerMessageId: 'call-1',
      seconds: 7,
      media: [{ state: 'fetching', type: 'audio/amr', size: 0 }],
    });
  });

  it('goes by conversation, or by time where asked to', async () => {
    const { road } = await variedHistory();
    const rows = await exportRows(road.dataFolder);
    const times = (of: readonly ExportedRow[]) => of.map(({ at }) => at);
    expect(rows.map(({ peer }) => peer)).toEqual(rows.map(({ peer }) => peer).toSorted());
    for (const peer of new Set(rows.map((row) => row.peer))) {
      const own = times(rows.filter((row) => row.peer === peer));
      expect(own).toEqual(own.toSorted());
    }
    const byTime = await exportRows(road.dataFolder, { order: 'time' });
    expect(times(byTime)).toEqual(times(rows).toSorted());
    expect(times(byTime)).not.toEqual(times(rows));
  });

  it('keeps on when a carrier named a moment that no calendar has', async () => {
    const { road } = await variedHistory();
    run(road.db, sql`UPDATE receipts SET happened_at = ${9e15} WHERE source = 'webhook'`);
    const rows = await exportRows(road.dataFolder);
    const receipts = rows.flatMap((row) => row['receipts'] as { happenedAt: string | null }[]);
    expect(receipts.every(({ happenedAt }) => happenedAt === null)).toBe(true);
  });
});

describe('an export as a table', () => {
  const undone = (cell: string): string => cell.replace(/^'(?='*[=+\-@\t\r\n＝＋－＠])/u, '');

  it('holds every text to the letter once the guard is taken away', async () => {
    const { road, texts } = await variedHistory();
    const [head = [], ...rows] = parseCsv(
      await exportText(road.dataFolder, { format: 'csv', order: 'time' }),
    );
    const at = head.indexOf('text');
    expect(rows.every((row) => row.length === head.length)).toBe(true);
    expect(rows.slice(0, texts.length).map((row) => undone(row[at] ?? ''))).toEqual(texts);
  });

  it('has no cell that a spreadsheet would take for a formula', async () => {
    const { road } = await variedHistory();
    run(road.db, sql`UPDATE threads SET peer = '=cmd' WHERE peer = ${peerNumber(0)}`);
    run(road.db, sql`UPDATE threads SET name = '@SUM(A1)'`);
    run(road.db, sql`UPDATE lines SET label = '-1+1'`);
    run(road.db, sql`UPDATE entries SET failure_raw = '=30006' WHERE failure_raw IS NOT NULL`);
    run(road.db, sql`UPDATE attempts SET provider_id = '+fake' WHERE provider_id IS NOT NULL`);
    const cells = parseCsv(await exportText(road.dataFolder, { format: 'csv' })).flat();
    const formulas = cells.filter((cell) => /^[=+\-@\t\r\n]/.test(cell));
    expect(new Set(formulas)).toEqual(new Set([ourNumber, peerNumber(1), peerNumber(2)]));
    for (const guarded of ["'=cmd", "'@SUM(A1)", "'-1+1", "'=30006", "'+fake", "'+15550100100"])
      expect(cells).toContain(guarded);
  });

  it('has the receipts and attempts of a text in its row', async () => {
    const { road } = await variedHistory();
    const [head = [], ...rows] = parseCsv(await exportText(road.dataFolder, { format: 'csv' }));
    const cell = (row: readonly string[], name: string) => row[head.indexOf(name)] ?? '';
    const delivered = rows.find((row) => cell(row, 'text') === 'Delivered') ?? [];
    expect(cell(delivered, 'provider_message_id')).toBe('fake-1');
    expect(cell(delivered, 'price_micros')).toBe('7500');
    expect(JSON.parse(cell(delivered, 'receipts'))).toHaveLength(4);
    expect(JSON.parse(cell(delivered, 'attempts'))).toHaveLength(1);
    const sound = rows.find((row) => cell(row, 'kind') === 'voicemail') ?? [];
    expect(cell(sound, 'media_types')).toBe('audio/amr');
  });
});

describe('what is exported', () => {
  async function threeDays() {
    const { road } = await variedHistory();
    const other = anotherLine(road, '+15550100002');
    textIn(road, { text: 'On the first', at: Date.parse('2026-02-01T23:59:59.999Z') });
    textOut(road, { text: 'On the second', at: Date.parse('2026-02-02T00:00:00Z') });
    textIn(road, { text: 'Also', at: Date.parse('2026-02-02T23:59:59.999Z'), line: other });
    textIn(road, { text: 'On the third', at: Date.parse('2026-02-03T00:00:00Z') });
    return async (since: string | null, until: string | null, line: string | null = null) => {
      const wanted = { ...readSpan(since, until), line, order: 'time' } as const;
      return (await exportRows(road.dataFolder, wanted)).map(({ text }) => text);
    };
  }

  it('is bounded by days, which are wholly meant, and by moments', async () => {
    const part = await threeDays();
    expect(await part('2026-02-02', null)).toEqual(['On the second', 'Also', 'On the third']);
    expect(await part('2026-02-01', '2026-02-02')).toEqual([
      'On the first',
      'On the second',
      'Also',
    ]);
    expect(await part('2026-02-02T12:00:00+01:00', '2026-02-03T00:00Z')).toEqual(['Also']);
  });

  it('is that of one line, however its number is written', async () => {
    const part = await threeDays();
    expect(await part(null, null, '(555) 010-0002')).toEqual(['Also']);
    expect(await part(null, null, '+15550100002')).toEqual(['Also']);
    expect(await part('2026-02-01', null, ourNumber)).toHaveLength(3);
  });

  it('is what stood there when it began, whatever is written meanwhile', async () => {
    const { road, texts } = await variedHistory();
    let pieces = 0;
    const long = 'y'.repeat(2_000);
    for (let count = 0; count < 100; count += 1) textIn(road, { text: long });
    const rows = await exportRows(road.dataFolder, {
      onPiece() {
        pieces += 1;
        textIn(road, { text: 'Meanwhile' });
        run(road.db, sql`UPDATE entries SET state = 'failed' WHERE direction = 'out'`);
        run(road.db, sql`DELETE FROM receipts`);
      },
    });
    expect(pieces).toBeGreaterThan(3);
    expect(rows).toHaveLength(texts.length + 105);
    expect(rows.find(({ text }) => text === 'Delivered')).toMatchObject({ state: 'delivered' });
    expect(rows.find(({ text }) => text === 'On its way')?.['receipts']).toHaveLength(2);
  });

  it.each(['thread', 'time'] as const)('is read in the order of %s without sorting', (order) => {
    const desk = historyDesk();
    for (let count = 0; count < 50; count += 1) textIn(desk, { peer: peerNumber(count) });
    desk.db.exec('ANALYZE');
    const wanted = { line: ourNumber, since: 1, until: 9e15, order };
    const { text, values } = wantedQuery(wanted);
    const plan = desk.db.prepare(`EXPLAIN QUERY PLAN ${text}`).all(...values);
    expect(JSON.stringify(plan)).not.toContain('TEMP B-TREE');
  });
});
