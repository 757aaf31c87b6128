import type { Billing } from '#shared/provider/billing.ts';
import type { Asked, ListPage, ListedText, TextQuery } from '#shared/provider/carrier-lists.ts';
import { readMicros } from '#shared/provider/read-micros.ts';
import type { SendFailure } from '#shared/provider/send-failure.ts';

import type { Access } from './access.ts';
import { failureOfCode } from './failure-codes.ts';
import { stateOfMessage } from './read-message.ts';
import { type RecordsAsked, readRecords } from './read-records.ts';
import { failureOfSms, smsCurrency, stateOfSms } from './read-sms.ts';
import { fromVonage, toVonage } from './vonage-number.ts';
import { type TextRecord, textRecordShape } from './wire-types.ts';

/** Which of the two APIs a connection sends by; each has reports of its own. */
export type ReportedProduct = 'MESSAGES' | 'SMS';

/** One page of texts in both directions from the Reports API, newest first, with what they cost. */
export async function listTexts(
  { access, product }: { readonly access: Access; readonly product: ReportedProduct },
  query: TextQuery,
  deadlineMs: number,
): Promise<Asked<ListPage<ListedText>>> {
  return await readRecords(
    access,
    {
      ...query,
      asked: [askedFor(product, 'outbound', query), askedFor(product, 'inbound', query)],
      understand: (record, asked) => {
        const read = textRecordShape.safeParse(record).data;
        return read === undefined ? null : listed(read, asked);
      },
      madeAt: ({ createdAt }) => createdAt,
    },
    deadlineMs,
  );
}

function askedFor(
  product: ReportedProduct,
  direction: 'outbound' | 'inbound',
  { between }: TextQuery,
): RecordsAsked {
  const line = between === null ? null : toVonage(between.line);
  const peer = between === null ? null : toVonage(between.peer);
  const [from, to] = direction === 'outbound' ? [line, peer] : [peer, line];
  return {
    product,
    filters: {
      direction,
      include_message: 'true',
      ...(from === null || to === null ? {} : { from, to }),
    },
  };
}

/** Reports of the Messages API hold other channels too. */
const channels: ReadonlySet<string> = new Set(['sms', 'mms']);

function listed(record: TextRecord, { product, filters }: RecordsAsked): readonly ListedText[] {
  if (product === 'MESSAGES' && !channels.has(record.provider?.toLowerCase() ?? 'sms')) return [];
  const direction = filters['direction'] === 'outbound' ? 'out' : 'in';
  return [
    {
      providerMessageId: record.message_id,
      direction,
      reference: direction === 'out' ? record.client_ref || null : null,
      from: fromVonage(record.from),
      to: fromVonage(record.to),
      text: isWhole(record, direction) ? (record.message_body ?? null) : null,
      media: [],
      createdAt: record.date_received,
      billing: billingOf(record),
      ...(direction === 'out' ? standingOf(record, product) : { state: null, failure: null }),
    },
  ];
}

/** Reports hold the words at most: of a picture that came in they would show less than was sent. */
function isWhole({ provider }: TextRecord, direction: ListedText['direction']): boolean {
  return direction === 'out' || provider?.toLowerCase() !== 'mms';
}

type Standing = Pick<ListedText, 'state' | 'failure'>;

/** A text in the list was taken, whatever word stands for its state. */
function standingOf(record: TextRecord, product: RecordsAsked['product']): Standing {
  const status = record.status ?? '';
  const state = (product === 'SMS' ? stateOfSms(status) : stateOfMessage(status)) ?? 'accepted';
  return { state, failure: state === 'failed' ? failureOf(record, product) : null };
}

function failureOf(
  { status, error_code: code }: TextRecord,
  product: RecordsAsked['product'],
): SendFailure {
  if (product === 'SMS') return failureOfSms(status ?? '', code);
  return code == null || code === '' || code === '0'
    ? { kind: 'unmapped', raw: status ?? null }
    : failureOfCode('message', code, status);
}

function billingOf({ total_price: price, currency }: TextRecord): Billing | null {
  const priceMicros = readMicros(price);
  if (priceMicros === null) return null;
  return { segments: null, priceMicros, feeMicros: null, currency: currency || smsCurrency };
}
