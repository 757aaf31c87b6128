import type { MessageRow, TwilioAccount } from './twilio-account.ts';
import {
  type ApiCall,
  Refused,
  type Reply,
  checkNames,
  listPage,
  notFound,
  passesFilter,
  writeTime,
} from './twilio-reply.ts';

/** Recipients that are refused, as the carrier's own test numbers are. */
const refusedTo: ReadonlyMap<string, readonly [number, string]> = new Map([
  ['+15005550001', [21211, "The 'To' number +15005550001 is not a valid phone number."]],
  ['+15005550002', [21612, "The 'To' phone number is not currently reachable via SMS."]],
  ['+15005550003', [21408, 'Permission to send an SMS has not been enabled for the region.']],
  ['+15005550004', [21610, 'Attempt to send to unsubscribed recipient']],
  ['+15005550009', [21614, "'To' number is not a valid mobile number"]],
]);
/** Sending to this one is too fast. */
export const tooFast = '+15005550429';
/** A number of the account whose queue is full. */
export const fullQueue = '+15005550008';

/** Takes a text, or refuses it. */
export function createMessage(account: TwilioAccount, { form }: ApiCall): Reply {
  const once = ['To', 'From', 'Body', 'MessagingServiceSid', 'StatusCallback'];
  checkNames(form, { once, often: ['MediaUrl'] });
  checkParties(account, form);
  checkContent(form);
  checkCallback(form.get('StatusCallback'));
  const media = form.getAll('MediaUrl');
  const body = form.get('Body') ?? '';
  const row: MessageRow = {
    sid: account.nextSid(media.length > 0 ? 'MM' : 'SM'),
    from: form.get('From') ?? '',
    to: form.get('To') ?? '',
    body,
    direction: 'outbound-api',
    media: media.map(() => ({
      sid: account.nextSid('ME'),
      type: 'image/jpeg',
      bytes: new Uint8Array(),
    })),
    service: form.get('MessagingServiceSid'),
    statusCallback: form.get('StatusCallback'),
    createdAt: Date.now(),
    status: form.has('MessagingServiceSid') ? 'accepted' : 'queued',
    sentAt: null,
    price: null,
    segments: form.has('MessagingServiceSid') ? 0 : Math.max(1, Math.ceil(body.length / 160)),
    error: null,
  };
  account.messages.push(row);
  return { status: 201, body: writeMessage(account, row) };
}

function checkParties(account: TwilioAccount, form: URLSearchParams): void {
  const [to, from] = [form.get('To'), form.get('From')];
  if (!to) throw new Refused(400, [21604, "A 'To' phone number is required."]);
  if (!from) throw new Refused(400, [21603, "A 'From' phone number is required."]);
  if (!/^\+[1-9]\d{6,14}$/.test(to))
    throw new Refused(400, [21211, `Invalid 'To' Phone Number: ${to}`]);
  if (!/^(\+[1-9]\d{6,14}|\d{5,6}|[A-Za-z0-9 ]{1,11})$/.test(from))
    throw new Refused(400, [21212, `Invalid 'From' Phone Number: ${from}`]);
  if (![...account.numbers.map(({ number }) => number), ...codesOf(account)].includes(from))
    throw new Refused(400, [21606, `The 'From' phone number ${from} is not message-capable.`]);
  const service = form.get('MessagingServiceSid');
  if (service !== null && !account.services.some(({ sid }) => sid === service))
    throw new Refused(404, [21705, 'The Messaging Service Sid is invalid.']);
  if (from === fullQueue)
    throw new Refused(400, [21611, "This 'From' number has exceeded its queue of messages."]);
  if (to === tooFast) throw new Refused(429, [20429, 'Too Many Requests'], { 'retry-after': '1' });
  const refusal = refusedTo.get(to);
  if (refusal !== undefined) throw new Refused(400, refusal);
}

function codesOf({ shortCodes }: TwilioAccount): string[] {
  return shortCodes.map(({ code }) => code);
}

function checkContent(form: URLSearchParams): void {
  const [body, media] = [form.get('Body'), form.getAll('MediaUrl')];
  if (!body && media.length === 0)
    throw new Refused(400, [21619, 'A text message body or media urls must be specified.']);
  if ((body ?? '').length > 1_600)
    throw new Refused(400, [21617, 'The concatenated message body exceeds 1600 characters.']);
  if (media.length > 10) throw new Refused(400, [21623, 'Number of media files exceeds limit']);
  if (!media.every((url) => /^https?:\/\/[^/]+\//.test(url)))
    throw new Refused(400, [21620, 'Invalid media URL(s)']);
}

function checkCallback(url: string | null): void {
  if (url === null) return;
  const good = URL.canParse(url) && /^https?:$/.test(new URL(url).protocol) && url.length <= 4_000;
  if (!good || new URL(url).hostname.includes('_'))
    throw new Refused(400, [21609, `The StatusCallback URL ${url} is not a valid URL.`]);
}

/** The messages of the account, newest first, as far as the list has caught up. */
export function listMessages(account: TwilioAccount, call: ApiCall): Reply {
  const { query } = call;
  const rows = account.messages.filter(
    (row) =>
      Date.now() - row.createdAt >= account.listLagMs &&
      [row.to, null].includes(query.get('To')) &&
      [row.from, null].includes(query.get('From')) &&
      passesFilter(query, 'DateSent', row.sentAt ?? row.createdAt),
  );
  return listPage(call, {
    key: 'messages',
    rows: rows.toReversed(),
    filters: ['To', 'From', 'DateSent', 'DateSent<', 'DateSent>'],
    write: (row) => writeMessage(account, row),
  });
}

/** What a message came with. */
export function listMedia(
  account: TwilioAccount,
  call: ApiCall,
  [sid = '']: readonly string[],
): Reply {
  const message = account.messages.find((row) => row.sid === sid);
  if (message === undefined) throw notFound(call.path);
  return listPage(call, {
    key: 'media_list',
    rows: message.media,
    filters: [],
    write: (media) => ({
      sid: media.sid,
      account_sid: account.sid,
      parent_sid: sid,
      content_type: media.type,
      date_created: writeTime(message.createdAt),
      date_updated: writeTime(message.createdAt),
      uri: `${uriOf(account, sid)}/Media/${media.sid}.json`,
    }),
  });
}

function uriOf(account: TwilioAccount, sid: string): string {
  return `/2010-04-01/Accounts/${account.sid}/Messages/${sid}`;
}

/** A message as the carrier shows it: counts and prices as strings. */
export function writeMessage(account: TwilioAccount, row: MessageRow): unknown {
  return {
    sid: row.sid,
    account_sid: account.sid,
    api_version: '2010-04-01',
    messaging_service_sid: row.service,
    from: row.from,
    to: row.to,
    body: row.body,
    status: row.status,
    direction: row.direction,
    num_segments: String(row.segments),
    num_media: String(row.media.length),
    price: row.price,
    price_unit: row.price === null ? null : 'USD',
    error_code: row.error?.[0] ?? null,
    error_message: row.error?.[1] ?? null,
    date_created: writeTime(row.createdAt),
    date_sent: writeTime(row.sentAt),
    date_updated: writeTime(row.sentAt ?? row.createdAt),
    uri: `${uriOf(account, row.sid)}.json`,
    subresource_uris: { media: `${uriOf(account, row.sid)}/Media.json` },
  };
}
