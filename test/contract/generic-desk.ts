import { genericHttp } from '#main/providers/generic-http/adapter.ts';
import { credentialFields } from '#main/providers/generic-http/credential-fields.ts';
import type { HookAddress } from '#shared/provider/carrier-lists.ts';
import type { DeliveryEvent, RawDelivery } from '#shared/provider/delivery.ts';
import type { OutboundText, ProviderAdapter, WebhookGuard } from '#shared/provider/provider.ts';
import { account, ours } from '#test/carriers/generic-account.ts';

export type Credentials = Readonly<Record<string, string>>;
export type Opened = { readonly adapter: ProviderAdapter; readonly guard: WebhookGuard };

export const deadlineMs = 5_000;
export const webhookSecret = 'the webhook secret';
const { username, password, token } = account;

const errorKinds = JSON.stringify({
  sender: 'not-allowed',
  number: 'invalid-number',
  '4001': 'landline',
  '4002': 'opted-out',
  slow: 'rate-limited',
  length: 'too-long',
  media: 'media',
  account: 'credentials',
});

/** A template over JSON with a bearer token; texts and receipts come signed. */
export const inJson: Credentials = {
  contract: 'template',
  token,
  auth: 'bearer',
  sendPath: '/api/v1/messages',
  sendBody: `{
    "from": "{{from}}", "to": "{{to}}", "text": "{{text}}",
    "files": [{ "url": "{{media}}", "kind": "picture" }],
    "reference": "{{reference}}", "callback": "{{receiptUrl}}"
  }`,
  messageId: 'data[0].id',
  errorCode: 'errors.0.code',
  errorWords: 'errors.0.detail',
  errorKinds,
  checkPath: '/api/v1/balance',
  inbound: JSON.stringify({
    when: 'type=text.received',
    from: 'text.sender',
    to: 'text.recipient',
    text: 'text.words',
    id: 'text.id',
    time: 'at',
    media: 'text.files[*].url',
    mediaTypes: 'text.files[*].type',
  }),
  receipts: JSON.stringify({
    status: 'status',
    id: 'id',
    reference: 'reference',
    errorCode: 'error.code',
    errorWords: 'error.words',
    time: 'at',
  }),
  signatureHeader: 'X-Signature',
  signedContent: 'timestamp.body',
  timestampHeader: 'X-Timestamp',
  webhookSecret,
};

/** A template over a form with Basic authorization, answered in plain text. */
export const inForm: Credentials = {
  contract: 'template',
  username,
  password,
  auth: 'basic',
  sendPath: '/form/send',
  sendType: 'application/x-www-form-urlencoded',
  sendBody:
    'From={{from}}&To={{to}}&Body={{text}}&MediaUrl={{media}}&Ref={{reference}}&Notify={{receiptUrl}}',
  numberFormat: 'e164',
  messageId: 'OK ID: {{value}}',
  errorCode: 'ERR: {{value}}',
  errorKinds,
};

/** A template that is all query, answered with 200 whatever happens. */
export const inQuery: Credentials = {
  contract: 'template',
  username,
  password,
  sendMethod: 'GET',
  sendPath:
    '/rest/sendSMS?user={{username}}&pass={{password}}&did={{from}}&dst={{to}}&message={{text}}&media1={{media1}}&media2={{media2}}',
  numberFormat: 'nanp10',
  successField: 'status=success',
  messageId: 'sms',
  errorCode: 'status',
  errorKinds,
};

/** A template over XML that names the account in it. */
export const inXml: Credentials = {
  contract: 'template',
  username,
  password,
  sendPath: '/xml/send',
  sendType: 'text/xml',
  sendBody:
    '<?xml version="1.0" encoding="UTF-8"?><sms user="{{username}}" pass=\'{{password}}\'><from>{{from}}</from><to>{{to}}</to><text>{{text}}</text></sms>',
  messageId: 'reply.message.id',
  failureField: 'reply.error',
  errorCode: 'reply.error.@code',
  errorKinds,
};

/** The Acrobits contract with everything in the query. */
export const byAcrobits: Credentials = {
  contract: 'acrobits',
  username,
  password,
  sendPath:
    '/acro/send?user=%account[username]%&pass=%account[password]%&to=%sms_to%&body=%sms_body%&type=%content_type%',
  fetchPath:
    '/acro/fetch?user=%account[username]%&pass=%account[password]%&last=%last_known_sms_id%&last_sent=%last_known_sent_sms_id%&device=%installid%',
  numberFormat: 'e164',
};

/** The names that hold no secret. */
export const plainNames: readonly string[] = credentialFields
  .filter(({ secret }) => !secret)
  .map(({ name }) => name);

export type Opening = {
  readonly baseUrl?: string | null;
  readonly numbers?: readonly string[];
  readonly hooks?: readonly HookAddress[];
};

export function openGeneric(
  credentials: Credentials,
  { baseUrl = 'https://api.carrier.example', numbers = [ours], hooks = [] }: Opening = {},
): Opened {
  return genericHttp.open({ connectionId: 'c1', baseUrl, credentials, numbers, hooks });
}

let texts = 0;
export function textOf(change: Partial<OutboundText> = {}): OutboundText {
  texts += 1;
  return {
    uid: `01890000-0000-7000-8000-${String(texts).padStart(12, '0')}`,
    from: ours,
    to: '+15550100101',
    text: `Hello ${texts}`,
    mediaUrls: [],
    ...change,
  };
}

/** A call as the intake hands it on: JSON where the body is an object, else as it is. */
export function callOf(body: object | string, more: Partial<RawDelivery> = {}): RawDelivery {
  const isText = typeof body === 'string';
  const type = isText ? 'application/x-www-form-urlencoded' : 'application/json';
  return {
    provider: 'generic-http',
    connectionId: 'c1',
    method: 'POST',
    url: 'https://hooks.example/hooks/generic-http/c1',
    headers: { 'content-type': type },
    body: Buffer.from(isText ? body : JSON.stringify(body)),
    receivedAt: Date.now(),
    ...more,
  };
}

export function readCall(
  credentials: Credentials,
  body: object | string,
  more: Partial<RawDelivery> = {},
): readonly DeliveryEvent[] {
  return openGeneric(credentials).adapter.readDelivery(callOf(body, more));
}
