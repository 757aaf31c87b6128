import type { ApiCall, ApiReply } from './loopback-api.ts';
import { isOfAccount, restAnswer, restUnauthorized } from './vonage-account.ts';
import type { BookedNumber, VonageBook } from './vonage-book.ts';

const listParameters = new Set([
  'api_key',
  'api_secret',
  'size',
  'index',
  'pattern',
  'search_pattern',
  'country',
  'application_id',
  'has_application',
  'features',
  'type',
]);
const settingNames = [
  'app_id',
  'moHttpUrl',
  'moSmppSysType',
  'voiceCallbackType',
  'voiceCallbackValue',
  'voiceStatusCallback',
];
const done = restAnswer(200, 'success');

/** The numbers of `rest.nexmo.com`: list, search, buy, update. */
export async function answerNumbers(call: ApiCall, book: VonageBook): Promise<ApiReply> {
  if (!isOfAccount(call, true)) return restUnauthorized;
  switch (`${call.method} ${call.path}`) {
    case 'GET /account/get-balance':
      return { status: 200, body: { value: book.balance, autoReload: false } };
    case 'GET /account/numbers':
      return list(call.query, book.numbers, asOwned);
    case 'GET /number/search':
      return search(call.query, book);
    case 'POST /number/buy':
      return buy(call, book);
    case 'POST /number/update':
      return await update(call, book);
    default:
      return { status: 404 };
  }
}

type Show = (number: BookedNumber) => object;

function asOwned({ settings, ...number }: BookedNumber): object {
  const { app_id: application, ...others } = settings;
  return {
    ...number,
    ...others,
    ...(application
      ? {
          app_id: application,
          messagesCallbackType: 'app',
          messagesCallbackValue: application,
        }
      : {}),
  };
}

const asOffer = ({ settings: _none, ...number }: BookedNumber): object => ({
  ...number,
  cost: '0.90',
});

function search(query: URLSearchParams, book: VonageBook): ApiReply {
  if (!/^[A-Z]{2}$/.test(query.get('country') ?? '')) return restAnswer(420, 'country is required');
  const type = query.get('type');
  const features = (query.get('features') ?? '').split(',').filter((each) => each !== '');
  const fitting = book.offered
    .filter((number) => type === null || number.type === type)
    .filter((number) => features.every((feature) => number.features.includes(feature)));
  return list(query, fitting, asOffer);
}

function list(query: URLSearchParams, all: readonly BookedNumber[], show: Show): ApiReply {
  if ([...query.keys()].some((name) => !listParameters.has(name)))
    return restAnswer(420, 'unknown parameter');
  const size = Number(query.get('size') ?? '10');
  const index = Number(query.get('index') ?? '1');
  if (!Number.isInteger(size) || size < 1 || size > 100) return restAnswer(420, 'size is wrong');
  if (!Number.isInteger(index) || index < 1) return restAnswer(420, 'index is wrong');
  const found = all.filter(({ msisdn }) => fits(msisdn, query));
  if (found.length === 0) return { status: 200, body: {} };
  const numbers = found.slice((index - 1) * size, index * size).map(show);
  return { status: 200, body: { count: found.length, numbers } };
}

function fits(msisdn: string, query: URLSearchParams): boolean {
  const pattern = query.get('pattern') ?? '';
  const how = query.get('search_pattern') ?? '0';
  if (how === '2') return msisdn.endsWith(pattern);
  return how === '1' ? msisdn.includes(pattern) : msisdn.startsWith(pattern);
}

function readForm({ headers, body }: ApiCall): Map<string, string> | null {
  if (headers['content-type'] !== 'application/x-www-form-urlencoded') return null;
  return new Map(new URLSearchParams(body.toString()));
}

function buy(call: ApiCall, book: VonageBook): ApiReply {
  const form = readForm(call);
  const wanted = book.offered.find(
    ({ country, msisdn }) => form?.get('country') === country && form.get('msisdn') === msisdn,
  );
  if (wanted === undefined)
    return restAnswer(420, 'method failed: the number is not to be had any more');
  book.offered = book.offered.filter((number) => number !== wanted);
  book.numbers = [...book.numbers, wanted];
  return done;
}

/** A change replaces all settings: what is not named is taken away. */
async function update(call: ApiCall, book: VonageBook): Promise<ApiReply> {
  const form = readForm(call);
  const number = book.numbers.find(({ msisdn }) => form?.get('msisdn') === msisdn);
  if (form === null || number === undefined || form.get('country') !== number.country)
    return restAnswer(420, 'method failed');
  const names = [...form.keys()].filter((name) => name !== 'country' && name !== 'msisdn');
  if (names.some((name) => !settingNames.includes(name))) return restAnswer(420, 'unknown field');
  if (form.has('voiceCallbackType') !== form.has('voiceCallbackValue'))
    return restAnswer(420, 'voiceCallbackType and voiceCallbackValue go together');
  const url = form.get('moHttpUrl') ?? '';
  if (url !== '' && !(await answersProbe(url)))
    return restAnswer(420, 'Invalid callback url: no 200 OK to a GET request');
  const settings = names.map((name) => [name, form.get(name) ?? ''] as const);
  const kept = Object.fromEntries(settings.filter(([, value]) => value !== ''));
  book.numbers = book.numbers.map((each) => (each === number ? { ...each, settings: kept } : each));
  return done;
}

async function answersProbe(url: string): Promise<boolean> {
  try {
    return (await fetch(url, { redirect: 'manual' })).status === 200;
  } catch {
    return false;
  }
}
