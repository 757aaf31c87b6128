import type { AuditRow, AuditSum, CostRow } from '../contract/cost-commands.ts';
import type { Line } from '../message/line.ts';
import { guardCell, toCsvRow } from '../table/csv-row.ts';
import { priceWords } from './price-words.ts';

const digits = new Intl.NumberFormat();
const counted = (count: number, one: string): string =>
  `${digits.format(count)} ${count === 1 ? one : `${one}s`}`;

/** "3 messages were billed for 4 segments more than they have, $0.028 too much." */
export function auditSumWords({ messages, segments, money, unpriced }: AuditSum): string {
  if (messages === 0) return 'No message was billed for more segments than it has.';
  const sums = money.map(({ micros, currency }) => priceWords([micros, micros], currency));
  const amount = sums.length === 0 ? '' : `, ${sums.join(' and ')} too much`;
  const rest = unpriced === 0 ? '' : ` Of ${digits.format(unpriced)} no price is known.`;
  const [were, they] = messages === 1 ? ['was', 'it has'] : ['were', 'they have'];
  return `${counted(messages, 'message')} ${were} billed for ${counted(segments, 'segment')} more than ${they}${amount}.${rest}`;
}

/** One difference as it may be sent to the carrier: what it is, when, and both counts. */
export function evidenceWords(row: AuditRow): string {
  const { providerMessageId, uid, at, length, encoding, ours, theirs } = row;
  return [
    `Message ${providerMessageId ?? '(no id)'}`,
    `our id ${uid}`,
    new Date(at).toISOString(),
    `${counted(length, 'character')} in ${encoding}`,
    `${counted(ours, 'segment')} by our count`,
    `${digits.format(theirs)} billed`,
  ].join(' · ');
}

export const auditHead = toCsvRow([
  'uid',
  'provider_message_id',
  'connection',
  'at',
  'characters',
  'encoding',
  'segments',
  'billed_segments',
  'over',
  'currency',
]);

/** One difference as a row of a table, money as a decimal. */
export const auditCsvRow = (row: AuditRow): string =>
  toCsvRow([
    row.uid,
    guardCell(row.providerMessageId),
    guardCell(row.connectionLabel),
    new Date(row.at).toISOString(),
    row.length,
    row.encoding,
    row.ours,
    row.theirs,
    row.overMicros === null ? null : decimal(row.overMicros),
    guardCell(row.currency),
  ]);

export const costsHead = toCsvRow([
  'day',
  'line',
  'number',
  'texts',
  'segments',
  'mms',
  'currency',
  'billed',
  'estimated_from',
  'estimated_to',
]);

/** What a line cost on a day as rows of a table, one for each currency. */
export function costsCsvRows(row: CostRow, line: Line | undefined): string {
  const { day, texts, segments, mms, sums } = row;
  return sums
    .map(({ currency, billed, estimated: [from, to] }) =>
      toCsvRow([
        day,
        guardCell(line?.label),
        line?.number,
        texts,
        segments,
        mms,
        guardCell(currency),
        decimal(billed),
        decimal(from),
        decimal(to),
      ]),
    )
    .join('');
}

const decimal = (micros: number): string => (micros / 1_000_000).toFixed(6);
