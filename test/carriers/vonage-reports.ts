import type { ApiCall, ApiReply } from './loopback-api.ts';
import { apiKey, isOfAccount, problem, unauthorized } from './vonage-account.ts';
import type { BookedCall, BookedText, VonageBook } from './vonage-book.ts';

const dayMs = 86_400_000;
const known = new Set([
  'account_id',
  'product',
  'direction',
  'date_start',
  'date_end',
  'include_message',
  'show_concatenated',
  'status',
  'from',
  'to',
  'client_ref',
  'cursor',
  'iv',
]);

const invalid = (name: string, reason: string): ApiReply =>
  problem(422, '/reports#unprocessable-entity', {
    title: 'Unprocessable entity',
    detail: 'The request parameters are wrong.',
    invalid_parameters: [{ name, reason }],
  });

/** `2026-11-21T10:00:00+0000`, as reports write a time. */
const timeOf = (at: number): string => `${new Date(at).toISOString().slice(0, 19)}+0000`;

/** `GET /v2/reports/records`: synchronous, newest first, so many records a page. */
export function answerRecords(
  call: ApiCall,
  book: VonageBook,
  { ownUrl, pageSize }: { readonly ownUrl: string; readonly pageSize: number },
): ApiReply {
  const { query } = call;
  if (!isOfAccount(call)) return unauthorized;
  const wrong = complaintAbout(query);
  if (wrong !== null) return wrong;
  const all = recordsFor(query, book);
  const offset = Number(Buffer.from(query.get('cursor') ?? 'MA', 'base64url').toString());
  const records = all.slice(offset, offset + pageSize);
  const more = offset + pageSize < all.length;
  const here = `${ownUrl}${call.path}`;
  const next = new URLSearchParams(query);
  next.set('cursor', Buffer.from(String(offset + pageSize)).toString('base64url'));
  next.set('iv', '0123456789abcdef');
  const links = {
    self: { href: `${here}?${query.toString()}` },
    ...(more ? { next: { href: `${here}?${next.toString()}` } } : {}),
  };
  const body = {
    _links: links,
    request_id: '00000000-0000-4000-8000-000000000000',
    request_status: 'SUCCESS',
    received_at: timeOf(Date.now()),
    items_count: records.length,
    product: query.get('product'),
    records,
  };
  return { status: 200, body };
}

function complaintAbout(query: URLSearchParams): ApiReply | null {
  const stranger = [...query.keys()].find((name) => !known.has(name));
  if (stranger !== undefined) return invalid(stranger, 'Unknown parameter');
  if (query.get('account_id') !== apiKey)
    return problem(403, '#forbidden', {
      title: 'Forbidden',
      detail: 'User not authorized to query the requested data.',
    });
  const product = query.get('product') ?? '';
  if (!['MESSAGES', 'SMS', 'VOICE-CALL', 'VOICE-FAILED'].includes(product))
    return invalid('product', 'Could not resolve product name.');
  const isVoice = product.startsWith('VOICE');
  if (!isVoice && !['inbound', 'outbound'].includes(query.get('direction') ?? ''))
    return invalid('direction', 'Missing required parameter');
  if (isVoice && query.has('include_message'))
    return invalid('include_message', 'Not a parameter of this product');
  if (query.has('cursor') !== query.has('iv')) return invalid('iv', 'Must come with cursor');
  return complaintAboutDates(query);
}

const date = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{3})?(Z|[+-]\d\d:?\d\d)$/;

function complaintAboutDates(query: URLSearchParams): ApiReply | null {
  const [start = '', end = ''] = [query.get('date_start') ?? '', query.get('date_end') ?? ''];
  if (!date.test(start)) return invalid('date_start', 'Missing required parameter');
  if (!date.test(end)) return invalid('date_end', 'Missing required parameter');
  const span = Date.parse(end) - Date.parse(start);
  if (span <= 0 || span > dayMs)
    return invalid('date_end', 'Must be no more than 24 hours later than date_start');
  return null;
}

function recordsFor(query: URLSearchParams, book: VonageBook): object[] {
  const start = Date.parse(query.get('date_start') ?? '');
  const end = Date.parse(query.get('date_end') ?? '');
  const isWithin = (at: number): boolean => Math.floor(at / 1_000) * 1_000 >= start && at < end;
  const product = query.get('product') ?? '';
  if (product.startsWith('VOICE'))
    return book.calls
      .filter((call) => isWithin(call.startedAt) && productOf(call) === product)
      .toReversed()
      .map(callRecord);
  const isShown = (at: number): boolean =>
    book.reportLagMs === 0 || at <= Date.now() - book.reportLagMs;
  const asked = (name: 'from' | 'to' | 'direction' | 'status', value: string): boolean =>
    !query.has(name) || query.get(name) === value;
  return book.texts
    .filter((text) => text.product === product && isWithin(text.receivedAt))
    .filter((text) => isShown(text.receivedAt) && asked('direction', text.direction))
    .filter((text) => asked('from', text.from) && asked('to', text.to))
    .toReversed()
    .map((text) => textRecord(text, query.get('include_message') === 'true'));
}

const productOf = (call: BookedCall): string =>
  call.status === 'FAILED' ? 'VOICE-FAILED' : 'VOICE-CALL';

function textRecord(text: BookedText, withBody: boolean): object {
  return {
    account_id: apiKey,
    message_id: text.id,
    ...(text.direction === 'outbound' ? { client_ref: text.clientRef } : {}),
    direction: text.direction,
    from: text.from,
    to: text.to,
    network: '310260',
    network_name: 'T-Mobile',
    country: 'US',
    country_name: 'United States',
    date_received: timeOf(text.receivedAt),
    latency: '42',
    status: text.direction === 'outbound' ? text.status : '',
    error_code: text.errorCode,
    total_price: text.price,
    currency: text.product === 'SMS' ? '' : 'EUR',
    ...(text.product === 'MESSAGES' ? { provider: text.provider } : { dcs: '0', udh: '' }),
    ...(withBody ? { message_body: text.text } : {}),
  };
}

function callRecord(call: BookedCall): object {
  return {
    account_id: apiKey,
    call_id: call.id,
    direction: call.direction,
    from: call.from,
    to: call.to,
    country: 'US',
    date_start: timeOf(call.startedAt),
    date_end: timeOf(call.startedAt + call.seconds * 1_000),
    duration: String(call.seconds),
    status: call.status,
    status_code: call.statusCode,
    ...(call.status === 'FAILED' ? {} : { price: '0.0108', total_price: '0.0054' }),
  };
}
