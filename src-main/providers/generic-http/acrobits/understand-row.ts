import type { ListedText } from '#shared/provider/carrier-lists.ts';

import { type NumberFormat, fromCarrierNumber } from '../carrier-format.ts';
import { readMoment } from '../read-moment.ts';
import type { Row } from './fetched-shape.ts';
import { type Content, fileTransferType, readTransfer } from './file-transfer.ts';

/** Whose list it is. */
export type Owner = {
  /** The numbers of this connection; the account's own is the first. */
  readonly numbers: readonly string[];
  readonly numberFormat: NumberFormat;
};

const notForPeople = 'application/x-acro-disposition-notification';

/** A row as a text; `passed-over` where it is none for people, null where it cannot be understood. */
export function understandRow(
  { numbers, numberFormat }: Owner,
  direction: 'in' | 'out',
  row: Row,
): ListedText | 'passed-over' | null {
  if (row.content_type?.startsWith(notForPeople) === true) return 'passed-over';
  const [theirs, ours] =
    direction === 'in' ? [row.sender, row.recipient] : [row.recipient, row.sender];
  const peer = numberIn(numberFormat, theirs);
  const line = ownNumber(numbers, numberIn(numberFormat, ours));
  const createdAt = readDate(row.sending_date);
  const content = contentOf(row);
  if (peer === null || line === null || createdAt === null || content === null) return null;
  const sides = direction === 'in' ? { from: peer, to: line } : { from: line, to: peer };
  return {
    providerMessageId: row.sms_id,
    direction,
    reference: null,
    ...sides,
    ...content,
    createdAt,
    state: direction === 'in' ? null : 'accepted',
    failure: null,
    billing: null,
  };
}

function numberIn(format: NumberFormat, written: string | null | undefined): string | null {
  return written == null ? null : fromCarrierNumber(format, written);
}

/** One account has one number, and the older form does not name it. */
function ownNumber(numbers: readonly string[], said: string | null): string | null {
  return numbers.find((each) => each === said) ?? numbers[0] ?? said;
}

/** By RFC 3339, as the contract has it; some servers write the dates of mail. */
function readDate(written: string): number | null {
  const isMailDate = /^(?:mon|tue|wed|thu|fri|sat|sun), .+(?:GMT|UTC|[+-]\d{4})$/i.test(written);
  return readMoment(isMailDate ? toRfc3339(written) : written.trim());
}

function toRfc3339(written: string): string | null {
  const at = Date.parse(written);
  return Number.isNaN(at) ? null : new Date(at).toISOString();
}

function contentOf({ content_type: type, sms_text: text }: Row): Content | null {
  if (type?.startsWith(fileTransferType) === true) return readTransfer(text ?? '');
  return { text: text ?? '', media: [] };
}
