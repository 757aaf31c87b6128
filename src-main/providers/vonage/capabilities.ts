import {
  type Capabilities,
  type CredentialField,
  usualCapabilities,
} from '#shared/provider/capabilities.ts';

import { apis } from './read-connection.ts';
import { signatureMethods } from './sms-signature.ts';

const credentials: readonly CredentialField[] = [
  {
    name: 'apiKey',
    label: 'API key',
    secret: false,
    optional: false,
    hint: 'Eight letters and digits, at the top of the Vonage dashboard.',
  },
  {
    name: 'apiSecret',
    label: 'API secret',
    secret: true,
    optional: false,
    hint: 'Beside the API key in the Vonage dashboard.',
  },
  {
    name: 'applicationId',
    label: 'Application ID',
    secret: false,
    optional: true,
    hint: 'The application with the Messages capability; without one its webhooks cannot be set from here.',
  },
  {
    name: 'privateKey',
    label: 'Private key of the application',
    secret: true,
    optional: true,
    multiline: true,
    hint: 'The file private.key that the dashboard gave when the application was made; needed for protected media.',
  },
  {
    name: 'signatureSecret',
    label: 'Signature secret',
    secret: true,
    optional: false,
    hint: 'In the dashboard under API settings; not the API secret. For the SMS API, Vonage support must turn signed webhooks on.',
  },
  {
    name: 'previousSignatureSecret',
    label: 'Previous signature secret',
    secret: true,
    optional: true,
    hint: 'Good beside the new one while a rotation is under way.',
  },
  {
    name: 'api',
    label: 'API',
    secret: false,
    optional: true,
    choices: apis,
    hint: 'As "Default SMS setting" in the dashboard says: messages (with pictures) or sms (texts alone).',
  },
  {
    name: 'signatureMethod',
    label: 'Signature method of the SMS API',
    secret: false,
    optional: true,
    choices: signatureMethods,
    hint: 'As chosen in the dashboard under API settings, with webhook format POST or POST-JSON. The Messages API has one method of its own.',
  },
];

/** A connection by the Messages API, version 1. */
export const messageCapabilities: Capabilities = {
  ...usualCapabilities,
  label: 'Vonage',
  about: 'Texts and pictures by the Vonage (formerly Nexmo) Messages API, or texts by its SMS API.',
  credentials,
  mms: true,
  echoesReference: true,
  listsMessages: true,
  listsNumbers: true,
  searchesNumbers: true,
  buysNumbers: true,
  configuresWebhooks: true,
  listsCalls: true,
  senderTypes: ['10dlc', 'toll-free', 'short-code', 'alphanumeric'],
  media: {
    maxTotalOctets: 600_000,
    maxCount: 10,
    types: ['image/jpeg', 'image/png', 'image/gif', 'audio/mpeg', 'video/mp4', 'text/vcard'],
  },
  maxTextUnits: 1_000,
  parallelSends: 10,
};

/** A connection by the SMS API. */
export const smsCapabilities: Capabilities = {
  ...messageCapabilities,
  mms: false,
  media: null,
  maxTextUnits: usualCapabilities.maxTextUnits,
};
