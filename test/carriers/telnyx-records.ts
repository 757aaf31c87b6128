import type { TelnyxAccount, TelnyxMessage } from './telnyx-account.ts';
import { Refusal, type TelnyxAnswer, pageOf } from './telnyx-answer.ts';
import type { TelnyxQuery } from './telnyx-query.ts';

type Row = Readonly<Record<string, unknown>>;

/** More rows to a page are never given. */
const largestPage = 50;

/** The records search: texts and legs of calls, always newest first, whatever sort is asked for. */
export function searchRecords(account: TelnyxAccount, query: TelnyxQuery): TelnyxAnswer {
  const type = query.take('filter[record_type]');
  if (type === undefined) return recordTypeMissing;
  const filters = query.takeFilters();
  const timeField = type === 'messaging' ? 'created_at' : 'started_at';
  const sort = query.take('sort') ?? timeField;
  if (sort.replace(/^-/, '') !== timeField)
    throw new Refusal('10015', { detail: `sort by ${sort} is not possible` });
  const page = query.takePage(largestPage);
  const fields = type === 'messaging' ? fieldsOfTexts : fieldsOfCalls;
  for (const { field } of filters)
    if (field !== 'date_range' && !fields.has(field))
      throw new Refusal('10015', { detail: `${field} is no field of ${type}` });
  const rows = rowsOf(account, type).filter((row) => filters.every((each) => holds(row, each)));
  return pageOf(rows, page);
}

/** As measured: the code of rate limits with the status and title of a bad request. */
const recordTypeMissing: TelnyxAnswer = {
  status: 400,
  body: { errors: [{ code: '10011', title: 'Bad Request', detail: 'Record type is missing' }] },
};

function rowsOf(account: TelnyxAccount, type: string): Row[] {
  if (type === 'sip-trunking')
    return account.calls.toSorted((a, b) => b.started_at.localeCompare(a.started_at));
  if (type !== 'messaging') return [];
  const now = Date.now();
  return [...account.messages.values()]
    .filter((message) => Date.parse(message.received_at) + account.listLagMs <= now)
    .toReversed()
    .map((message) => recordOf(account, message));
}

type Filter = { readonly field: string; readonly operator: string; readonly value: string };

function holds(row: Row, { field, operator, value }: Filter): boolean {
  if (field === 'date_range') return true;
  const found = String(row[field] ?? '');
  const time = (text: string): number => Date.parse(text);
  switch (operator) {
    case 'eq':
      return found === value;
    case 'gte':
      return time(found) >= time(value);
    case 'gt':
      return time(found) > time(value);
    case 'lte':
      return time(found) <= time(value);
    case 'lt':
      return time(found) < time(value);
    case 'contains':
      return found.includes(value);
    case 'starts_with':
      return found.startsWith(value);
    case 'ends_with':
      return found.endsWith(value);
    default:
      throw new Refusal('10015', { detail: `${operator} is unknown` });
  }
}

/** The records have words of their own for how a text ended. */
const statuses: Readonly<Record<string, string>> = {
  delivery_unconfirmed: 'dlr_unconfirmed',
  delivery_failed: 'failed',
  sending_failed: 'gw_reject',
  expired: 'gw_timeout',
  webhook_delivered: 'received',
};

/** Times of records are whole seconds. */
const wholeSeconds = (time: string | null): string | null =>
  time === null ? null : new Date(time).toISOString().replace(/\.\d+Z$/, 'Z');

function recordOf(account: TelnyxAccount, message: TelnyxMessage): Row {
  const [recipient] = message.to;
  const status = recipient?.status ?? '';
  const profile = account.profiles.get(message.messaging_profile_id);
  return {
    record_type: 'message_detail_record',
    uuid: message.id,
    direction: message.direction,
    cli: message.from.phone_number,
    cld: recipient?.phone_number,
    message_type: message.type,
    status: statuses[status] ?? status,
    errors: message.errors.map(({ code }) => code),
    parts: message.parts,
    ...chargesOf(message),
    carrier: message.from.carrier,
    country_code: 'US',
    source_country_code: 'US',
    on_net: false,
    fteu: false,
    tags: '',
    created_at: wholeSeconds(message.received_at),
    sent_at: wholeSeconds(message.sent_at),
    completed_at: wholeSeconds(message.completed_at),
    updated_at: wholeSeconds(message.received_at),
    profile_id: message.messaging_profile_id,
    profile_name: profile?.name ?? '',
    delivery_status: '',
    delivery_status_webhook_url: message.webhook_url,
    delivery_status_failover_url: message.webhook_failover_url,
    user_id: 'user-1',
  };
}

function chargesOf({ cost, cost_breakdown: breakdown }: TelnyxMessage): Row {
  return {
    rate: breakdown?.rate.amount ?? null,
    cost: cost?.amount ?? null,
    carrier_fee: breakdown?.carrier_fee.amount ?? null,
    currency: 'USD',
  };
}

const fieldsOfTexts: ReadonlySet<string> = new Set(
  'uuid direction cli cld message_type status errors parts rate cost carrier_fee currency carrier country_code source_country_code on_net fteu tags created_at sent_at completed_at updated_at profile_id profile_name'.split(
    ' ',
  ),
);

const fieldsOfCalls: ReadonlySet<string> = new Set(
  'id telnyx_session_id direction cli cld started_at answered_at finished_at call_sec billed_sec hangup_cause connection_id'.split(
    ' ',
  ),
);
