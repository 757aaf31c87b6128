import { type Cell, guardCell, toCsvRow } from '#shared/table/csv-row.ts';

import type { ExportFormat } from './export-format.ts';
import type { ExportedEntry } from './exported-entry.ts';

const columns: readonly (readonly [string, (entry: ExportedEntry) => Cell])[] = [
  ['uid', ({ uid }) => uid],
  ['at', ({ at }) => at],
  ['line', ({ line }) => number(line)],
  ['line_label', ({ lineLabel }) => guardCell(lineLabel)],
  ['peer', ({ peer }) => number(peer)],
  ['name', ({ name }) => guardCell(name)],
  ['kind', ({ kind }) => kind],
  ['direction', ({ direction }) => direction],
  ['author', ({ author }) => guardCell(author)],
  ['text', ({ text }) => guardCell(text)],
  ['state', ({ state }) => state],
  ['undecided', ({ undecided }) => undecided],
  ['failure', ({ failure }) => failure?.kind],
  ['failure_meaning', ({ failure }) => guardCell(failure?.meaning)],
  ['failure_raw', ({ failure }) => guardCell(failure?.raw)],
  ['segments', ({ segments }) => segments],
  ['encoding', ({ encoding }) => encoding],
  ['outcome', ({ outcome }) => outcome],
  ['seconds', ({ seconds }) => seconds],
  ['provider', ({ provider }) => guardCell(provider)],
  ['connection', ({ connection }) => guardCell(connection)],
  ['provider_message_id', ({ providerMessageId }) => guardCell(providerMessageId)],
  ['billed_segments', ({ billing }) => billing?.segments],
  ['price_micros', ({ billing }) => billing?.priceMicros],
  ['fee_micros', ({ billing }) => billing?.feeMicros],
  ['currency', ({ billing }) => guardCell(billing?.currency)],
  ['thread', ({ thread }) => thread],
  ['media_ids', ({ media }) => guardCell(media.map(({ id }) => id).join(' '))],
  ['media_types', ({ media }) => guardCell(media.map(({ type }) => type).join(' '))],
  ['media', ({ media }) => listed(media)],
  ['attempts', ({ attempts }) => listed(attempts)],
  ['receipts', ({ receipts }) => listed(receipts)],
];

/** A table by RFC 4180: a row of names, comma, CRLF, quotes where they are needed. Lists within a cell are JSON. */
export const csvFormat: ExportFormat = {
  head: () => toCsvRow(columns.map(([name]) => name)),
  entry: (entry) => toCsvRow(columns.map(([, cell]) => cell(entry))),
  foot: () => '',
};

const listed = (list: readonly unknown[]): string =>
  list.length === 0 ? '' : JSON.stringify(list);

/* A plus and digits alone come to a number in every spreadsheet, and whoever joins tables by it needs it as it is. */
const number = (written: string): string | null =>
  /^\+\d+$/.test(written) ? written : guardCell(written);
