import { expect, test } from 'vitest';

import {
  type Credentials,
  type Opening,
  byAcrobits,
  inForm,
  inJson,
  inQuery,
  inXml,
  openGeneric,
} from './generic-desk.ts';

/** What is wrong, the settings it is wrong in, and how the message about it begins. */
type Wrong = readonly [string, Credentials, RegExp];

const wrongAddresses: readonly Wrong[] = [
  ['another origin', { sendPath: 'https://evil.example/sms' }, /^sendPath must be a path/],
  ['an origin of another scheme', { sendPath: 'ftp://api.carrier.example/' }, /^sendPath must be/],
  ['no scheme', { sendPath: '//evil.example/sms' }, /^sendPath must be a path/],
  ['backslashes', { sendPath: '/\\evil.example/sms' }, /^sendPath holds a character/],
  ['an origin with a user', { sendPath: 'https://a@api.carrier.example/' }, /^sendPath must be/],
  ['a placeholder for an origin', { sendPath: 'https://{{to}}/sms' }, /^sendPath must be a path/],
  ['no slash', { sendPath: 'sms/send' }, /^sendPath must be a path/],
  ['dots', { sendPath: '/v1/../v2' }, /^sendPath must be a plain path/],
  ['dots in disguise', { sendPath: '/v1/%2E%2e/v2' }, /^sendPath must be a plain path/],
  ['a fragment', { sendPath: '/sms#{{to}}' }, /^sendPath must not hold a #/],
  ['a blank', { sendPath: '/sms send' }, /^sendPath holds a character/],
  ['an umlaut', { sendPath: '/süd' }, /^sendPath holds a character/],
  ['a lone percent sign', { sendPath: '/sms?a=100%' }, /^sendPath holds a character/],
  ['a picture in the path', { sendPath: '/{{media1}}/x' }, /^sendPath has {{media}} in its path/],
  [
    'an address of ours in the path',
    { sendPath: '/{{receiptUrl}}' },
    /^sendPath has {{receiptUrl}}/,
  ],
  [
    'a name with a placeholder',
    { sendPath: '/sms?{{to}}=1' },
    /^sendPath has a placeholder in a name/,
  ],
  ['no pairs', { sendPath: '/sms?{{to}}' }, /^sendPath must be name=value/],
  [
    'a placeholder nobody knows',
    { sendPath: '/sms?a={{too}}' },
    /^sendPath holds {{too}}, .*{{to}}/,
  ],
  ['a placeholder of code', { sendPath: '/sms?a={{to.constructor}}' }, /^sendPath holds {{to\.con/],
  ['a number where none belongs', { sendPath: '/sms?a={{to2}}' }, /^sendPath holds {{to2}}/],
  ['open braces', { sendPath: '/sms?a={{to' }, /^sendPath holds an unfinished placeholder/],
  ['closing braces', { sendPath: '/sms?a=to}}' }, /^sendPath holds an unfinished placeholder/],
  ['two lines', { sendPath: '/sms\nX: y' }, /^sendPath must be one line/],
  ['a text in the check', { checkPath: '/balance?to={{to}}' }, /^checkPath holds {{to}}/],
];

const wrongBodies: readonly Wrong[] = [
  ['no JSON', { sendBody: '{"to":"{{to}}",}' }, /^sendBody is not JSON near character \d+: /],
  ['a bare placeholder', { sendBody: '{"to":{{to}}}' }, /^sendBody is not JSON near character 8/],
  ['half a document', { sendBody: '{"to":"{{to}}"' }, /^sendBody is not JSON/],
  ['a bare string', { sendBody: '"{{text}}"' }, /^sendBody must be a JSON object or list/],
  [
    'a placeholder in a name',
    { sendBody: '{"{{to}}":"x"}' },
    /^sendBody has a placeholder in the name/,
  ],
  [
    'words around a list',
    { sendBody: '{"m":"see {{media}}"}' },
    /^sendBody has text around a list/,
  ],
  [
    'deep nesting',
    { sendBody: `${'['.repeat(30)}${']'.repeat(30)}` },
    /^sendBody is nested too deep/,
  ],
  ['another’s placeholder', { sendBody: '{"a":"{{lastReceivedId}}"}' }, /^sendBody holds {{lastR/],
  [
    'a GET with a type that is none',
    { sendType: 'multipart/form-data' },
    /^sendType must be one of/,
  ],
];

const wrongXml: readonly Wrong[] = [
  [
    'an open element',
    { sendBody: '<a><b>{{to}}</a>' },
    /^sendBody is not XML \(near character \d+\)/,
  ],
  ['a tag for a placeholder', { sendBody: '<{{to}}>x</{{to}}>' }, /^sendBody is not XML/],
  ['a bare attribute', { sendBody: '<a to={{to}}/>' }, /^sendBody is not XML/],
  ['CDATA', { sendBody: '<a><![CDATA[{{text}}]]></a>' }, /^sendBody must hold no comment, CDATA/],
  ['a comment', { sendBody: '<a><!-- {{text}} --></a>' }, /^sendBody must hold no comment/],
  ['a document type', { sendBody: '<!DOCTYPE a [<!ENTITY e SYSTEM "file:///x">]><a/>' }, /DOCTYPE/],
  ['an instruction', { sendBody: '<a><?php {{text}} ?></a>' }, /^sendBody must hold no comment/],
  ['an entity nobody knows', { sendBody: '<a>&nbsp;{{text}}</a>' }, /^sendBody is not XML/],
  ['two roots', { sendBody: '<a/><b/>' }, /^sendBody is not XML/],
  ['a list of pictures', { sendBody: '<a>{{media}}</a>' }, /^sendBody cannot repeat an element/],
];

const wrongHeaders: readonly Wrong[] = [
  [
    'no colon',
    { sendHeaders: 'X-A: b\nnonsense' },
    /^sendHeaders, line 2, is not the name of a header/,
  ],
  ['a blank in the name', { sendHeaders: 'X A: b' }, /^sendHeaders, line 1, is not the name/],
  ['Host', { sendHeaders: 'Host: evil.example' }, /^sendHeaders, line 1, sets the header host/],
  ['Content-Length', { sendHeaders: 'content-length: 0' }, /sets the header content-length/],
  ['Transfer-Encoding', { sendHeaders: 'Transfer-Encoding: chunked' }, /header transfer-encoding/],
  ['the type', { sendHeaders: 'Content-Type: text/html' }, /sets the header content-type/],
  ['a proxy’s', { sendHeaders: 'Proxy-Authorization: x' }, /sets the header proxy-authorization/],
  ['twice the same', { sendHeaders: 'X-A: b\nx-a: c' }, /^sendHeaders sets the header x-a, which/],
  [
    'what auth sets',
    { sendHeaders: 'Authorization: x' },
    /^sendHeaders sets the header authorization/,
  ],
  ['a customer’s words', { sendHeaders: 'X-A: {{text}}' }, /^sendHeaders, line 1, holds {{text}}/],
  [
    'an umlaut',
    { sendHeaders: 'X-A: ü' },
    /^sendHeaders, line 1, holds a character that no header/,
  ],
  [
    'a control character',
    { sendHeaders: 'X-A: a\u0000b' },
    /^sendHeaders, line 1, holds a character/,
  ],
];

const wrongAccounts: readonly Wrong[] = [
  ['no token', { token: '' }, /^token is missing: auth bearer needs it/],
  ['a token of two lines', { token: 'abc\r\nX-Injected: yes' }, /^token must be one line/],
  ['a token no header holds', { token: 'tökn' }, /^token holds a character that no header can/],
  ['no password', { auth: 'basic', username: 'a' }, /^password is missing: auth basic needs it/],
  ['no name of a header', { auth: 'header' }, /^authHeader is missing: auth header needs it/],
  [
    'a header that frames',
    { auth: 'header', authHeader: 'Host' },
    /^authHeader sets the header host/,
  ],
  ['another way', { auth: 'digest' }, /^auth must be one of none, basic, bearer, header/],
  ['another contract', { contract: 'soap' }, /^contract must be one of template, acrobits/],
  ['a setting nobody knows', { sendpath: '/x' }, /^sendpath is not known: check its spelling/],
  [
    'origins that are none',
    { mediaOrigins: 'https://a.example, b' },
    /^mediaOrigins must be https/,
  ],
];

const wrongAnswers: readonly Wrong[] = [
  ['no sign of success', { messageId: '' }, /^messageId is missing: say where the id stands/],
  ['statuses that are none', { successStatuses: '2xx, ok' }, /^successStatuses must be statuses/],
  ['a path with blanks', { messageId: 'data id' }, /^messageId must be a path/],
  ['a path with a gap', { errorCode: 'data..id' }, /^errorCode must be a path/],
  ['a path of code', { errorCode: 'data[?(@.x)]' }, /^errorCode must be a path/],
  ['two values', { messageId: '{{value}} {{value}}' }, /^messageId holds {{value}} twice/],
  ['kinds that are no JSON', { errorKinds: '21610=opted-out' }, /^errorKinds is not JSON/],
  ['a kind nobody knows', { errorKinds: '{"1":"stop"}' }, /^errorKinds\.1 must be one of landline/],
  [
    'a kind that is ours to say',
    { errorKinds: '{"1":"network"}' },
    /^errorKinds\.1 must be one of/,
  ],
];

const texts = { from: 'a', to: 'b', text: 'c', id: 'd' };
const wrongDeliveries: readonly Wrong[] = [
  ['no sender', { inbound: '{"to":"b","id":"c"}' }, /^inbound\.from /],
  [
    'neither id nor time',
    { inbound: '{"from":"a","to":"b"}' },
    /^inbound\.id is missing: without an id/,
  ],
  [
    'a member nobody knows',
    { inbound: JSON.stringify({ ...texts, body: 'x' }) },
    /^inbound\.body is not/,
  ],
  [
    'a path that is none',
    { inbound: JSON.stringify({ ...texts, media: 'a b' }) },
    /^inbound\.media must/,
  ],
  ['receipts without a status', { receipts: '{"id":"a"}' }, /^receipts\.status /],
  [
    'a state nobody knows',
    { receiptStates: '{"x":"gone"}' },
    /^receiptStates\.x must be one of accepted/,
  ],
  ['states of no receipts', { receipts: '', receiptStates: '{}' }, /^receiptStates means nothing/],
  [
    'no secret',
    { webhookSecret: '' },
    /^webhookSecret is missing: the signature in signatureHeader/,
  ],
  [
    'no header',
    { signatureHeader: '' },
    /^signatureHeader is missing: webhookSecret signs into it/,
  ],
  ['no time', { timestampHeader: '' }, /^timestampHeader is missing: signedContent timestamp.body/],
  ['a tolerance of none', { toleranceSeconds: '0' }, /^toleranceSeconds must be seconds from 1/],
  [
    'a tolerance in words',
    { toleranceSeconds: 'five' },
    /^toleranceSeconds must be seconds from 1/,
  ],
];

function messageOf(credentials: Credentials, opening: Opening = {}): string {
  try {
    openGeneric(credentials, opening);
    return 'it opened';
  } catch (error) {
    return (error as Error).message;
  }
}

const prefix = 'Generic HTTP connection: credentials.';

/** Said of the right field, with what is wrong and the cure, and nothing of what was entered but names. */
function expectRefused([, change, words]: Wrong, from: Credentials): void {
  const message = messageOf({ ...from, ...change });
  expect(message.startsWith(prefix), message).toBe(true);
  expect(message.slice(prefix.length)).toMatch(words);
  for (const value of ['evil', 'Injected', 'abc', 'tökn']) expect(message).not.toContain(value);
}

test.each([...wrongAddresses, ...wrongBodies, ...wrongHeaders])('a template with %s', (...wrong) =>
  expectRefused(wrong, inJson),
);
test.each(wrongXml)('an XML template with %s', (...wrong) => expectRefused(wrong, inXml));
test.each([...wrongAccounts, ...wrongAnswers, ...wrongDeliveries])('settings with %s', (...wrong) =>
  expectRefused(wrong, inJson),
);

test.each<Wrong>([
  ['braces', { sendPath: '/acro?to={{to}}' }, /^sendPath holds a character/],
  ['a placeholder nobody knows', { sendPath: '/acro?to=%sms_too%' }, /holds %sms_too%, .*%sms_to%/],
  ['one of the fetch', { sendPath: '/acro?to=%last_known_sms_id%' }, /holds %last_known_sms_id%/],
  ['one of the send', { fetchPath: '/acro?to=%sms_to%' }, /^fetchPath holds %sms_to%/],
  ['another origin', { fetchPath: 'https://b.example/acro' }, /^fetchPath must be a path/],
  ['no path to send at', { sendPath: '' }, /^sendPath is missing: give genericSmsSendUrl/],
])('an Acrobits template with %s', (...wrong) => expectRefused(wrong, byAcrobits));

test.each<readonly [string | null, RegExp]>([
  [null, /baseUrl is missing: give the address of the API/],
  ['http://api.carrier.example', /baseUrl must be https, except for an address of this machine/],
  ['https://a:b@api.carrier.example', /baseUrl must not hold a user or a password/],
  ['https://api.carrier.example/?a=b', /baseUrl must end with its path/],
  ['https://api.carrier.example/#x', /baseUrl must end with its path/],
  ['nonsense', /baseUrl must be an https address/],
])('an API at %s', (baseUrl, words) => {
  expect(messageOf(inJson, { baseUrl })).toMatch(words);
});

test('every form there is opens, with what is left empty as if it were not there', () => {
  const empty = {
    sendHeaders: ' ',
    errorWords: '',
    fetchPath: '',
    toleranceSeconds: '',
    mediaOrigins: '',
  };
  for (const credentials of [inJson, inForm, inQuery, inXml]) {
    expect(messageOf(credentials)).toBe('it opened');
    expect(messageOf({ ...empty, ...credentials })).toBe('it opened');
  }
  expect(messageOf(byAcrobits)).toBe('it opened');
  for (const sendPath of [
    'https://api.carrier.example/v1?to={{to}}',
    '/',
    '/a/b.c/~d?x=%20y&z={{to}}',
  ])
    expect(messageOf({ ...inJson, sendPath })).toBe('it opened');
  expect(messageOf({ ...inJson, auth: 'none', sendHeaders: 'Authorization: App {{token}}' })).toBe(
    'it opened',
  );
  expect(messageOf({ ...inJson, auth: 'header', authHeader: 'Authorization' })).toBe('it opened');
});
