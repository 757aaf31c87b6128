import {
  type Capabilities,
  type CredentialField,
  usualCapabilities,
} from '#shared/provider/capabilities.ts';

const field = (
  name: string,
  [label, hint]: readonly [string, string],
  is: { readonly secret: boolean; readonly optional: boolean },
): CredentialField => ({ name, label, hint, ...is });

const credentials: readonly CredentialField[] = [
  field('accountSid', ['Account SID', 'Begins with AC; on the first page of the console.'], {
    secret: false,
    optional: false,
  }),
  field(
    'authToken',
    ['Auth token', 'Beside the account SID. Needed beside an API key too: it signs what comes in.'],
    { secret: true, optional: false },
  ),
  field(
    'previousAuthToken',
    ['Previous auth token', 'Good beside the new one while a rotation is under way.'],
    { secret: true, optional: true },
  ),
  field(
    'apiKeySid',
    [
      'API key SID',
      'Begins with SK; under Account, API keys. Used for calls instead of the token.',
    ],
    { secret: false, optional: true },
  ),
  field('apiKeySecret', ['API key secret', 'Shown once, when the key is made.'], {
    secret: true,
    optional: true,
  }),
  field(
    'messagingServiceSid',
    ['Messaging service SID', 'Begins with MG. Texts go out under this service, from the line.'],
    { secret: false, optional: true },
  ),
];

/** What Twilio can do. Our reference comes back in the address of a receipt, so only where it can reach us. */
export const capabilities: Capabilities = {
  ...usualCapabilities,
  label: 'Twilio',
  about: 'Texts, pictures and call records over Twilio’s programmable messaging.',
  credentials,
  mms: true,
  hooks: ['messages', 'receipts', 'calls'],
  // Its default handling of opt-outs, which every account has until somebody changes it.
  confirmsOptOut: ['STOP', 'STOPALL', 'UNSUBSCRIBE', 'CANCEL', 'END', 'QUIT', 'REVOKE', 'OPTOUT'],
  answersHelp: ['HELP', 'INFO'],
  confirmsOptIn: ['START', 'UNSTOP'],
  echoesReference: true,
  listsMessages: true,
  listsNumbers: true,
  searchesNumbers: true,
  buysNumbers: true,
  configuresWebhooks: true,
  tellsCampaigns: true,
  listsCalls: true,
  senderTypes: ['10dlc', 'toll-free', 'short-code', 'alphanumeric'],
  media: {
    maxTotalOctets: 5_000_000,
    maxCount: 10,
    types: ['image/jpeg', 'image/png', 'image/gif'],
  },
  parallelSends: 10,
};
