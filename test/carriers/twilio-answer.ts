import type { TwilioAccount } from './twilio-account.ts';
import { createMessage, listMedia, listMessages, writeMessage } from './twilio-messages.ts';
import { answerMessaging } from './twilio-messaging.ts';
import {
  buyNumber,
  changeNumber,
  changeShortCode,
  listCalls,
  listNumbers,
  listShortCodes,
  readCall,
  readNumber,
  searchOffers,
} from './twilio-numbers.ts';
import { type ApiCall, Refused, type Reply, notFound } from './twilio-reply.ts';

/** Who calls, and where pictures lie. */
export type Around = { readonly authorization: string; readonly storageUrl: string };

/** Answers one call of the API. @throws Refused */
export function answerTwilio(account: TwilioAccount, call: ApiCall, around: Around): Reply {
  const byKey = authenticate(account, around.authorization);
  checkKey(account, call, byKey);
  if (call.path.startsWith('/v1/PhoneNumbers/Countries/')) return readPrices(call);
  if (call.path.startsWith('/v1/')) return answerMessaging(account, call);
  const base = `/2010-04-01/Accounts/${account.sid}/`;
  if (!call.path.startsWith(base)) throw notFound(call.path);
  return answerAccount(account, call, { ...around, rest: call.path.slice(base.length) });
}

/** Is the call made with the API key rather than a token? @throws Refused where it is made with neither */
function authenticate({ sid, tokens, key }: TwilioAccount, authorization: string): boolean {
  const [, encoded = ''] = /^Basic (\S+)$/.exec(authorization) ?? [];
  const said = Buffer.from(encoded, 'base64').toString();
  if (said === `${key.sid}:${key.secret}`) return true;
  if (tokens.some((token) => said === `${sid}:${token}`)) return false;
  throw new Refused(401, [20003, 'Authenticate']);
}

const notForRestrictedKeys = /Balance\.json$|ShortCodes|^\/v1\//;

function checkKey(account: TwilioAccount, { path }: ApiCall, byKey: boolean): void {
  const accountItself = path === `/2010-04-01/Accounts/${account.sid}.json`;
  const restricted = account.keyIsRestricted && notForRestrictedKeys.test(path);
  if (byKey && (accountItself || restricted)) throw new Refused(401, [20003, 'Permission denied']);
}

type Within = Around & { readonly rest: string };
type Route = readonly [
  method: string,
  pattern: RegExp,
  answer: (account: TwilioAccount, call: ApiCall, found: readonly string[]) => Reply,
];

const routes: readonly Route[] = [
  ['POST', /^Messages\.json$/, createMessage],
  ['GET', /^Messages\.json$/, listMessages],
  ['GET', /^Messages\/(\w+)\.json$/, readMessage],
  ['GET', /^Messages\/(\w+)\/Media\.json$/, listMedia],
  ['GET', /^IncomingPhoneNumbers\.json$/, listNumbers],
  ['POST', /^IncomingPhoneNumbers\.json$/, buyNumber],
  ['GET', /^IncomingPhoneNumbers\/(\w+)\.json$/, readNumber],
  ['POST', /^IncomingPhoneNumbers\/(\w+)\.json$/, changeNumber],
  ['GET', /^SMS\/ShortCodes\.json$/, listShortCodes],
  ['POST', /^SMS\/ShortCodes\/(\w+)\.json$/, changeShortCode],
  ['GET', /^AvailablePhoneNumbers\/(US|CA)\/(Local|TollFree)\.json$/, searchOffers],
  ['GET', /^Calls\.json$/, listCalls],
  ['GET', /^Calls\/(\w+)\.json$/, readCall],
  [
    'GET',
    /^Balance\.json$/,
    ({ sid }) => ({ status: 200, body: { account_sid: sid, balance: '12.34', currency: 'USD' } }),
  ],
];

function answerAccount(account: TwilioAccount, call: ApiCall, { rest, storageUrl }: Within): Reply {
  const [, media] = /^Messages\/\w+\/Media\/(\w+)$/.exec(rest) ?? [];
  if (media !== undefined && call.method === 'GET')
    return { status: 307, body: null, headers: { location: `${storageUrl}/${media}` } };
  for (const [method, pattern, answer] of routes) {
    const found = pattern.exec(rest);
    if (found !== null && call.method === method) return answer(account, call, found.slice(1));
  }
  throw notFound(call.path);
}

function readMessage(account: TwilioAccount, { path }: ApiCall, found: readonly string[]): Reply {
  const row = account.messages.find(({ sid }) => sid === found[0]);
  if (row === undefined) throw notFound(path);
  return { status: 200, body: writeMessage(account, row) };
}

function readPrices({ path }: ApiCall): Reply {
  const country = path.slice(path.lastIndexOf('/') + 1);
  const phone_number_prices = [
    { number_type: 'local', base_price: '1.15', current_price: '1.15' },
    { number_type: 'toll free', base_price: '2.15', current_price: '2.15' },
  ];
  return { status: 200, body: { iso_country: country, price_unit: 'USD', phone_number_prices } };
}
