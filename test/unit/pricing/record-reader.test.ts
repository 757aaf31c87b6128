import { describe, expect, it } from 'vitest';

import type { NamedColumns } from '#shared/pricing/record-columns.ts';
import { RecordReader } from '#shared/pricing/record-reader.ts';

function read(text: string, named?: NamedColumns) {
  const reader = new RecordReader(named);
  const first = reader.push(text);
  const last = reader.end();
  return { rows: [...first.rows, ...last.rows], refused: [...first.refused, ...last.refused] };
}

const row = (more: object) => ({
  row: 1,
  providerMessageId: 'm1',
  segments: 2,
  priceMicros: null,
  feeMicros: null,
  currency: 'USD',
  ...more,
});

describe('a record file', () => {
  it.each([
    ['MessageSid,NumSegments,Price,PriceUnit\nm1,2,-0.0166,usd', { priceMicros: 16_600 }],
    [
      'uuid,parts,cost,carrier_fee,currency\nm1,2,0.008,0.006,EUR',
      { priceMicros: 8_000, feeMicros: 6_000, currency: 'EUR' },
    ],
    ['Message ID,Segments\nm1,2', {}],
    ['id,Total Amount\nm1,0.01', { segments: null, priceMicros: 10_000 }],
    ['id,segments,price\nm1,2,', {}],
  ])('%j', (text, more) => {
    expect(read(text)).toEqual({ rows: [row(more)], refused: [] });
  });

  it.each([
    [',2,1', 'It has no id.'],
    ['m1,two,1', '“two” is no number of segments.'],
    ['m1,0,1', '“0” is no number of segments.'],
    ['m1,1.5,1', '“1.5” is no number of segments.'],
    ['m1,1,free', '“free” is no amount of money.'],
    ['m1,1,1,dollars', 'Its currency is none.'],
  ])('refuses %j', (line, because) => {
    const text = `id,segments,price,currency\nm0,1,1\n${line}\n`;
    expect(read(text)).toMatchObject({ rows: [{ row: 1 }], refused: [{ row: 2, because }] });
  });

  it('goes by the names a person gives', () => {
    const text = 'id,sid,parts\nours,m1,2\n';
    expect(read(text, { id: 'SID' }).rows).toEqual([row({})]);
    expect(() => read(text, { price: 'Betrag' })).toThrow('There is no column “Betrag”');
  });

  it.each([
    ['', 'The file is empty.'],
    ['a,b\n1,2\n', 'the columns are a, b.'],
    ['id,b\n1,2\n', 'No column is known to hold segments or a price'],
  ])('of %j cannot be used', (text, sentence) => {
    expect(() => read(text)).toThrow(sentence);
  });
});
