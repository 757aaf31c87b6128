import type { ExportFormat } from './export-format.ts';
import type { ExportedEntry } from './exported-entry.ts';

type Cell = string | number | boolean | null | undefined;

const columns: readonly (readonly [string, (entry: ExportedEntry) => Cell])[] = [
  ['uid', ({ uid }) => uid],
  ['at', ({ at }) => at],
  ['line', ({ line }) => number(line)],
  ['line_label', ({ lineLabel }) => guard(lineLabel)],
  ['peer', ({ peer }) => number(peer)],
  ['name', ({ name }) => guard(name)],
  ['kind', ({ kind }) => kind],
  ['direction', ({ direction }) => direction],
  ['author', ({ author }) => guard(author)],
  ['text', ({ text }) => guard(text)],
  ['state', ({ state }) => state],
  ['undecided', ({ undecided }) => undecided],
  ['failure', ({ failure }) => failure?.kind],
  ['failure_meaning', ({ failure }) => guard(failure?.meaning)],
  ['failure_raw', ({ failure }) => guard(failure?.raw)],
  ['segments', ({ segments }) => segments],
  ['encoding', ({ encoding }) => encoding],
  ['outcome', ({ outcome }) => outcome],
  ['seconds', ({ seconds }) => seconds],
  ['provider', ({ provider }) => guard(provider)],
  ['connection', ({ connection }) => guard(connection)],
  ['provider_message_id', ({ providerMessageId }) => guard(providerMessageId)],
  ['billed_segments', ({ billing }) => billing?.segments],
  ['price_micros', ({ billing }) => billing?.priceMicros],
  ['fee_micros', ({ billing }) => billing?.feeMicros],
  ['currency', ({ billing }) => guard(billing?.currency)],
  ['thread', ({ thread }) => thread],
  ['media_ids', ({ media }) => guard(media.map(({ id }) => id).join(' '))],
  ['media_types', ({ media }) => guard(media.map(({ type }) => type).join(' '))],
  ['media', ({ media }) => listed(media)],
  ['attempts', ({ attempts }) => listed(attempts)],
  ['receipts', ({ receipts }) => listed(receipts)],
];

/** A table by RFC 4180: a row of names, comma, CRLF, quotes where they are needed. Lists within a cell are JSON. */
export const csvFormat: ExportFormat = {
  head: () => toRow(columns.map(([name]) => name)),
  entry: (entry) => toRow(columns.map(([, cell]) => cell(entry))),
  foot: () => '',
};

const toRow = (cells: readonly Cell[]): string => `${cells.map(quote).join(',')}\r\n`;

function quote(cell: Cell): string {
  const text = cell === null || cell === undefined ? '' : String(cell);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

const listed = (list: readonly unknown[]): string =>
  list.length === 0 ? '' : JSON.stringify(list);

/**
 * Text that a spreadsheet would take for a formula, with `'` put before it. Text that begins with such marks already gets one
 * more, so that taking one away from whatever begins so gives back every text as it was.
 */
export function guard(text: string | null | undefined): string | null {
  if (text === null || text === undefined) return null;
  return /^'*[=+\-@\t\r\n＝＋－＠]/u.test(text) ? `'${text}` : text;
}

/* A plus and digits alone come to a number in every spreadsheet, and whoever joins tables by it needs it as it is. */
const number = (written: string): string | null =>
  /^\+\d+$/.test(written) ? written : guard(written);
