import type { CallRow, NumberRow, ShortCodeRow, TwilioAccount } from './twilio-account.ts';
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

const hookNames = [
  'SmsUrl',
  'SmsMethod',
  'SmsApplicationSid',
  'StatusCallback',
  'StatusCallbackMethod',
];

export function listNumbers(account: TwilioAccount, call: ApiCall): Reply {
  return listPage(call, {
    key: 'incoming_phone_numbers',
    rows: account.numbers,
    filters: ['PhoneNumber', 'FriendlyName', 'Beta', 'Origin'],
    write: (row) => writeNumber(account, row),
  });
}

/** Sells a number that is on offer. */
export function buyNumber(account: TwilioAccount, { form }: ApiCall): Reply {
  checkNames(form, { once: ['PhoneNumber', ...hookNames] });
  const number = form.get('PhoneNumber');
  const at = account.offers.findIndex((offer) => offer.number === number);
  if (number === null) throw new Refused(400, [21421, 'PhoneNumber is invalid']);
  if (at < 0) throw new Refused(400, [21422, `${number} is not available.`]);
  account.offers.splice(at, 1);
  const row = account.addNumber(number);
  changeHooks(row, form);
  return { status: 201, body: writeNumber(account, row) };
}

export function readNumber(
  account: TwilioAccount,
  { path }: ApiCall,
  [sid = '']: readonly string[],
): Reply {
  const row = account.numbers.find((each) => each.sid === sid);
  if (row === undefined) throw notFound(path);
  return { status: 200, body: writeNumber(account, row) };
}

export function changeNumber(
  account: TwilioAccount,
  { path, form }: ApiCall,
  [sid = '']: readonly string[],
): Reply {
  checkNames(form, { once: hookNames });
  const row = account.numbers.find((each) => each.sid === sid);
  if (row === undefined) throw notFound(path);
  changeHooks(row, form);
  return { status: 200, body: writeNumber(account, row) };
}

function changeHooks(row: NumberRow, form: URLSearchParams): void {
  for (const name of ['SmsUrl', 'StatusCallback']) {
    const url = form.get(name);
    if (url && !URL.canParse(url)) throw new Refused(400, [21402, `${name} is not a valid URL`]);
  }
  for (const name of ['SmsMethod', 'StatusCallbackMethod'])
    if (!['GET', 'POST', null].includes(form.get(name)))
      throw new Refused(400, [21403, `${name} is not valid`]);
  row.smsUrl = form.get('SmsUrl') ?? row.smsUrl;
  row.smsApplication = form.get('SmsApplicationSid') ?? row.smsApplication;
  row.statusCallback = form.get('StatusCallback') ?? row.statusCallback;
}

function writeNumber(account: TwilioAccount, row: NumberRow): unknown {
  return {
    sid: row.sid,
    account_sid: account.sid,
    phone_number: row.number,
    friendly_name: row.name,
    capabilities: { ...row.capabilities, fax: false },
    sms_url: row.smsUrl,
    sms_method: 'POST',
    sms_fallback_url: row.smsFallbackUrl,
    sms_application_sid: row.smsApplication,
    status_callback: row.statusCallback,
    status_callback_method: 'POST',
    voice_url: null,
    trunk_sid: null,
    origin: 'twilio',
    beta: false,
    status: 'in-use',
    type: 'local',
  };
}

export function listShortCodes(account: TwilioAccount, call: ApiCall): Reply {
  return listPage(call, {
    key: 'short_codes',
    rows: account.shortCodes,
    filters: ['FriendlyName', 'ShortCode'],
    write: (row) => writeShortCode(account, row),
  });
}

export function changeShortCode(
  account: TwilioAccount,
  { path, form }: ApiCall,
  [sid = '']: readonly string[],
): Reply {
  checkNames(form, { once: ['SmsUrl', 'SmsMethod'] });
  const row = account.shortCodes.find((each) => each.sid === sid);
  if (row === undefined) throw notFound(path);
  row.smsUrl = form.get('SmsUrl') ?? row.smsUrl;
  return { status: 200, body: writeShortCode(account, row) };
}

function writeShortCode(account: TwilioAccount, { sid, code, smsUrl }: ShortCodeRow): unknown {
  const at = { account_sid: account.sid, friendly_name: code, sms_method: 'POST' };
  return { sid, short_code: code, sms_url: smsUrl === '' ? null : smsUrl, ...at };
}

/** Numbers on offer. This list is never paged, and writes some abilities in capitals. */
export function searchOffers(
  account: TwilioAccount,
  { query }: ApiCall,
  [country = '', kind = '']: readonly string[],
): Reply {
  checkNames(query, { once: ['AreaCode', 'Contains', 'SmsEnabled', 'PageSize'] });
  const areaCode = query.get('AreaCode');
  if (areaCode !== null && !/^\d{3}$/.test(areaCode))
    throw new Refused(400, [21451, 'AreaCode is invalid']);
  const contains = query.get('Contains');
  if (contains !== null && !/^\+?[\w*%]{2,16}$/.test(contains))
    throw new Refused(400, [21452, 'Contains is invalid']);
  const found = account.offers.filter(
    (offer) =>
      offer.country === country &&
      (kind === 'TollFree') === /^\+18(00|33|44|55|66|77|88)/.test(offer.number) &&
      offer.number.startsWith(areaCode === null ? '+' : `+1${areaCode}`) &&
      (contains?.startsWith('+') ? offer.number.startsWith(contains) : true),
  );
  const rows = found.slice(0, Number(query.get('PageSize') ?? 50)).map((offer) => ({
    phone_number: offer.number,
    friendly_name: offer.number,
    locality: offer.locality,
    region: offer.region,
    iso_country: country,
    capabilities: { voice: true, SMS: true, MMS: kind === 'Local' },
  }));
  return { status: 200, body: { available_phone_numbers: rows, uri: '' } };
}

export function listCalls(account: TwilioAccount, call: ApiCall): Reply {
  const rows = account.calls.filter(
    ({ startedAt }) => startedAt === null || passesFilter(call.query, 'StartTime', startedAt),
  );
  return listPage(call, {
    key: 'calls',
    rows: rows.toReversed(),
    filters: ['To', 'From', 'Status', 'StartTime', 'StartTime<', 'StartTime>', 'ParentCallSid'],
    write: writeCall,
  });
}

export function readCall(
  account: TwilioAccount,
  { path }: ApiCall,
  [sid = '']: readonly string[],
): Reply {
  const row = account.calls.find((each) => each.sid === sid);
  if (row === undefined) throw notFound(path);
  return { status: 200, body: writeCall(row) };
}

function writeCall(row: CallRow): unknown {
  return {
    sid: row.sid,
    parent_call_sid: row.parent,
    from: row.from,
    to: row.to,
    direction: row.direction,
    status: row.status,
    start_time: writeTime(row.startedAt),
    end_time: writeTime(row.startedAt),
    duration: row.seconds === null ? '' : String(row.seconds),
    price: null,
    price_unit: 'USD',
    date_created: writeTime(row.startedAt),
    queue_time: '0',
  };
}
