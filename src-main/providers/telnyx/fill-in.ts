import { fromCarrier } from '#shared/phone/carrier-number.ts';
import type { Billing } from '#shared/provider/billing.ts';
import type { ListedText } from '#shared/provider/carrier-lists.ts';
import { referenceIn } from '#shared/provider/find-hook.ts';

import { type Access, type Reply, type Until, ask } from './ask.ts';
import { bill, billingOf, readMoney } from './billing-of.ts';
import type { TextRecord } from './list-wire-types.ts';
import { mediaOf } from './media-of.ts';
import { readStatus, standingOf } from './standing-of.ts';
import { type Message, messageAnswerShape } from './wire-types.ts';

/** For so long the carrier keeps what a text says. */
const keptMs = 10 * 86_400_000;
/** How many texts are asked for at once. */
const atOnce = 5;

/** Detail records as texts, with what the carrier still has of their words and attachments. */
export async function fillIn(
  access: Access,
  records: readonly TextRecord[],
  end: Until,
): Promise<Reply<readonly ListedText[]>> {
  const rows: ListedText[] = [];
  for (let start = 0; start < records.length; start += atOnce) {
    const some = records.slice(start, start + atOnce);
    const replies = await Promise.all(some.map((record) => findMessage(access, record, end)));
    for (const [index, reply] of replies.entries()) {
      const record = some[index];
      if (reply.kind === 'not-told') return reply;
      if (record !== undefined) rows.push(understand(record, reply.answer));
    }
  }
  return { kind: 'told', answer: rows };
}

/**
 * The text a record is about; null where the carrier keeps it no longer, or says that it has none. Where the question itself
 * failed, that is the answer: a text without its words could be taken for another.
 */
async function findMessage(
  access: Access,
  record: TextRecord,
  end: Until,
): Promise<Reply<Message | null>> {
  if (record.created_at < Date.now() - keptMs) return { kind: 'told', answer: null };
  const path = `/messages/${encodeURIComponent(record.uuid)}`;
  const reply = await ask(access, { method: 'GET', path, shape: messageAnswerShape }, end);
  if (reply.kind === 'told') return { kind: 'told', answer: reply.answer.data };
  const isGone = reply.status === 400 || reply.status === 404 || reply.status === 410;
  return isGone ? { kind: 'told', answer: null } : reply;
}

function understand(record: TextRecord, message: Message | null): ListedText {
  return {
    providerMessageId: record.uuid,
    from: fromCarrier(record.cli),
    to: fromCarrier(record.cld),
    createdAt: record.created_at,
    text: message?.text ?? null,
    media: message === null ? [] : mediaOf(message),
    billing: (message && billingOf(message)) ?? billingOfRecord(record),
    ...(record.direction === 'outbound' ? sentOf(record, message) : received),
  };
}

type Directed = Pick<ListedText, 'direction' | 'reference' | 'state' | 'failure'>;

const received: Directed = { direction: 'in', reference: null, state: null, failure: null };

function sentOf(record: TextRecord, message: Message | null): Directed {
  const { status, errors, delivery_status_webhook_url: hook } = record;
  const standing = (message && standingOf(message)) ?? readStatus(status, errors);
  return {
    direction: 'out',
    reference: referenceIn(hook ?? '') ?? referenceIn(message?.webhook_url ?? ''),
    state: standing?.state ?? 'accepted',
    failure: standing?.failure ?? null,
  };
}

function billingOfRecord({ cost, carrier_fee, currency, parts }: TextRecord): Billing | null {
  const total = readMoney(cost);
  if (total === null || currency == null) return null;
  return bill({ total, fee: readMoney(carrier_fee), currency, parts: parts ?? null });
}
