import type { CredentialField } from '#shared/provider/capabilities.ts';
import { failureKindSchema } from '#shared/provider/send-failure.ts';

import { numberFormats } from './carrier-format.ts';
import { bodyTypes } from './template/body-template.ts';

export const contracts = ['template', 'acrobits'] as const;
export const methods = ['POST', 'GET', 'PUT'] as const;
export const authWays = ['none', 'basic', 'bearer', 'header'] as const;
export const algorithms = ['sha256', 'sha1', 'sha512'] as const;
export const encodings = ['hex', 'base64'] as const;
export const signedContents = ['body', 'timestamp.body'] as const;

type More = Partial<Omit<CredentialField, 'name' | 'label' | 'hint'>>;

function field(name: string, words: readonly [string, string], more: More = {}): CredentialField {
  const [label, hint] = words;
  return { name, label, hint, secret: false, optional: true, ...more };
}

const needed = { optional: false };
const secret = { secret: true };
const lines = { multiline: true };
const where =
  'A path such as data.0.id into JSON, a form or XML, or the text around it such as ID: {{value}}.';

/** How a text is sent. */
const sending: readonly CredentialField[] = [
  field(
    'sendPath',
    [
      'Path to send at',
      'The address of the request below the API address, with its query: /sms/send?to={{to}}. Placeholders: {{from}} {{to}} {{text}} {{media}} ' +
        '{{media1}} {{reference}} {{receiptUrl}} {{username}} {{password}} {{token}}; with acrobits %sms_to%, %sms_body% and their like.',
    ],
    needed,
  ),
  field('sendMethod', ['Method', 'With acrobits it is GET where there is no body.'], {
    choices: methods,
  }),
  field('sendType', ['Type of the body', 'How placeholders are escaped in it.'], {
    choices: bodyTypes,
  }),
  field(
    'sendBody',
    [
      'Body',
      'With the same placeholders. {{media}} in a list or a form pair stands there once for each attachment; what is not there is left out.',
    ],
    lines,
  ),
  field(
    'sendHeaders',
    [
      'Headers',
      'One a line, Name: value. Placeholders: the account’s, {{from}}, {{to}}, {{reference}}.',
    ],
    lines,
  ),
  field('numberFormat', ['Numbers', '+15550100001, 15550100001 or 5550100001.'], {
    choices: numberFormats,
  }),
];

/** What the answer to a text means. */
const answers: readonly CredentialField[] = [
  field('successStatuses', [
    'Statuses of success',
    'Such as 200, 202 or 2xx. 2xx where not given.',
  ]),
  field('unsentStatuses', [
    'Statuses of nothing taken',
    'Where the carrier surely took nothing and the text may be tried again: 429 where not given.',
  ]),
  field('successField', [
    'Sign of success',
    'A path that must be there, path=value or path=one|other, or "text in quotes".',
  ]),
  field('failureField', ['Sign of failure', 'The same; where it is there, the text was refused.']),
  field('messageId', ['Id of a text', where]),
  field('errorCode', ['Error code', where]),
  field('errorWords', ['Error in words', where]),
  field(
    'errorKinds',
    [
      'Meaning of error codes',
      `JSON from code to kind: {"21610":"opted-out"}. Kinds: ${failureKindSchema.options.join(', ')}.`,
    ],
    lines,
  ),
];

/** What the carrier tells us of. */
const webhooks: readonly CredentialField[] = [
  field(
    'inbound',
    [
      'Texts in',
      'JSON of paths into the call: {"from":"","to":"","text":"","id":"","time":"","media":"files[*].url","mediaTypes":"","when":"type=received","list":""}.',
    ],
    lines,
  ),
  field(
    'receipts',
    [
      'Receipts',
      'JSON of paths into the call: {"status":"","id":"","reference":"","errorCode":"","errorWords":"","time":""}.',
    ],
    lines,
  ),
  field(
    'receiptStates',
    [
      'Meaning of statuses',
      'JSON from the carrier’s word to accepted, sent, delivered or failed, beside the usual ones.',
    ],
    lines,
  ),
  field('webhookReply', ['Reply to a call', 'What the carrier wants to read; {} where not given.']),
  field('signatureHeader', ['Signature header', 'The header of an HMAC over the call, if any.']),
  field('signatureAlgorithm', ['Signature algorithm', 'Of the HMAC.'], { choices: algorithms }),
  field('signatureEncoding', ['Signature encoding', 'Of the HMAC.'], { choices: encodings }),
  field('signedContent', ['Signed content', 'The body, or the timestamp, a dot and the body.'], {
    choices: signedContents,
  }),
  field('timestampHeader', ['Timestamp header', 'Holds seconds or milliseconds since 1970.']),
  field('toleranceSeconds', ['Oldest signature', 'In seconds; 300 where not given.']),
  field('webhookSecret', ['Webhook secret', 'The key of the HMAC.'], secret),
  field(
    'previousWebhookSecret',
    ['Previous webhook secret', 'Good beside the new one while a rotation is under way.'],
    secret,
  ),
];

/** Fetching, where the contract has it, and what else belongs to the account. */
const rest: readonly CredentialField[] = [
  field('fetchPath', [
    'Path to fetch at',
    'Only acrobits: genericSmsFetchUrl below the API address, with %last_known_sms_id% and their like.',
  ]),
  field('fetchBody', ['Body to fetch with', 'Only acrobits: genericSmsFetchPostData.'], lines),
  field('fetchType', ['Type of that body', 'Only acrobits.'], { choices: bodyTypes }),
  field('checkPath', [
    'Path to check the account at',
    'A GET that costs nothing and answers 2xx to good credentials only, such as a balance.',
  ]),
  field('mediaOrigins', [
    'Where pictures lie',
    'Further origins that inbound pictures may be fetched from, with commas between them.',
  ]),
];

/** Everything a person can say of a carrier of their own. */
export const credentialFields: readonly CredentialField[] = [
  field(
    'contract',
    [
      'Contract',
      'template: described below. acrobits: the web service SMS of Acrobits softphones.',
    ],
    { choices: contracts },
  ),
  field('username', ['User name', 'Of the account, where it has one.']),
  field('password', ['Password', 'Of the account, where it has one.'], secret),
  field('token', ['Token', 'Or API key, where the account has one.'], secret),
  field('auth', ['Authorization', 'How the account is named in headers.'], { choices: authWays }),
  field('authHeader', ['Authorization header', 'Only with header: its name, such as X-API-Key.']),
  ...sending,
  ...answers,
  ...webhooks,
  ...rest,
];
