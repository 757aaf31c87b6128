import type { FailureKind, SendFailure } from '#shared/provider/send-failure.ts';

/** Codes of the Messages API, in refusals and in receipts. */
const messageKinds: ReadonlyMap<string, FailureKind> = new Map([
  ['1000', 'rate-limited'],
  ['1030', 'carrier-trouble'],
  ['1040', 'invalid-number'],
  ['1050', 'not-allowed'],
  ['1060', 'not-allowed'],
  ['1070', 'balance'],
  ['1080', 'not-allowed'],
  ['1090', 'too-long'],
  ['1100', 'carrier-trouble'],
  ['1120', 'not-allowed'],
  ['1140', 'not-allowed'],
  ['1160', 'not-allowed'],
  ['1170', 'invalid-number'],
  ['1180', 'unreachable'],
  ['1190', 'unknown-number'],
  ['1200', 'carrier-trouble'],
  ['1210', 'filtered'],
  ['1220', 'unreachable'],
  ['1230', 'carrier-trouble'],
  ['1240', 'opted-out'],
  ['1241', 'rate-limited'],
  ['1250', 'unknown-number'],
  ['1260', 'unknown-number'],
  ['1270', 'filtered'],
  ['1280', 'filtered'],
  ['1290', 'unreachable'],
  ['1331', 'carrier-trouble'],
  ['1360', 'expired'],
  ['1380', 'media'],
  ['1381', 'media'],
  ['1382', 'media'],
]);

/** The `status` of an answer of the SMS API. */
const submitKinds: ReadonlyMap<string, FailureKind> = new Map([
  ['1', 'rate-limited'],
  ['4', 'credentials'],
  ['5', 'carrier-trouble'],
  ['6', 'invalid-number'],
  ['7', 'not-allowed'],
  ['8', 'not-allowed'],
  ['9', 'balance'],
  ['10', 'rate-limited'],
  ['11', 'not-allowed'],
  ['12', 'too-long'],
  ['14', 'credentials'],
  ['15', 'not-allowed'],
  ['22', 'invalid-number'],
  ['29', 'not-allowed'],
  ['32', 'credentials'],
  ['33', 'unknown-number'],
]);

/** The `err-code` of a receipt of the SMS API. */
const receiptKinds: ReadonlyMap<string, FailureKind> = new Map([
  ['2', 'unreachable'],
  ['3', 'unknown-number'],
  ['4', 'opted-out'],
  ['5', 'carrier-trouble'],
  ['6', 'filtered'],
  ['7', 'unreachable'],
  ['8', 'carrier-trouble'],
  ['9', 'opted-out'],
  ['10', 'content'],
  ['11', 'unknown-number'],
  ['12', 'unknown-number'],
  ['13', 'filtered'],
  ['14', 'filtered'],
  ['15', 'unreachable'],
  ['50', 'filtered'],
  ['51', 'filtered'],
  ['52', 'filtered'],
  ['53', 'filtered'],
  ['54', 'filtered'],
]);

const tables = { message: messageKinds, submit: submitKinds, receipt: receiptKinds } as const;

/** The kind a code stands for; undefined where it is not known or, like "unknown error", says nothing. */
export function kindOfCode(table: keyof typeof tables, code: string): FailureKind | undefined {
  return tables[table].get(code);
}

/** A code as a failure of ours; an unknown one is `unmapped`. `raw` keeps the code and the carrier's words. */
export function failureOfCode(
  table: keyof typeof tables,
  code: string,
  words: string | null | undefined,
): SendFailure {
  const kind = kindOfCode(table, code) ?? 'unmapped';
  return { kind, raw: [code, words ?? ''].filter((part) => part !== '').join(': ') };
}
