import { type Capabilities, usualCapabilities } from '#shared/provider/capabilities.ts';

/**
 * The API declares no idempotency key for texts, only for other products, so an unknown outcome is resolved by our reference
 * in the address of the receipts, which events and detail records repeat.
 */
export const capabilities: Capabilities = {
  ...usualCapabilities,
  label: 'Telnyx',
  about:
    'Long codes, toll-free numbers and short codes of a Telnyx account, with calls on the same numbers.',
  credentials: [
    {
      name: 'apiKey',
      label: 'API key',
      secret: true,
      optional: false,
      hint: 'Portal, Account, Keys & Credentials, API Keys: a key of API version 2.',
    },
    {
      name: 'publicKey',
      label: 'Public key',
      secret: false,
      optional: false,
      hint: 'Portal, Account, Keys & Credentials, Public Key: proves that events come from Telnyx.',
    },
    {
      name: 'previousPublicKey',
      label: 'Previous public key',
      secret: false,
      optional: true,
      hint: 'Good beside the new one while a change of keys is under way.',
    },
    {
      name: 'messagingProfileId',
      label: 'Messaging profile',
      secret: false,
      optional: true,
      hint: 'Portal, Messaging: the id of the profile for numbers that are on none and for names as senders. All numbers of a profile send their texts to one address.',
    },
  ],
  mms: true,
  echoesReference: true,
  listsMessages: true,
  listsNumbers: true,
  searchesNumbers: true,
  buysNumbers: true,
  configuresWebhooks: true,
  tellsCampaigns: true,
  listsCalls: true,
  // The keywords of every messaging profile until somebody changes them.
  confirmsOptOut: ['STOP', 'STOPALL', 'STOP ALL', 'UNSUBSCRIBE', 'CANCEL', 'END', 'QUIT'],
  answersHelp: ['HELP'],
  confirmsOptIn: ['START', 'UNSTOP'],
  senderTypes: ['10dlc', 'toll-free', 'short-code', 'alphanumeric'],
  media: {
    maxTotalOctets: 1_000_000,
    maxCount: 10,
    types: [
      'image/jpeg',
      'image/png',
      'image/gif',
      'video/mp4',
      'video/3gpp',
      'audio/mpeg',
      'audio/amr',
      'text/vcard',
    ],
  },
  // Ten parts at most.
  maxTextUnits: 1_530,
  parallelSends: 8,
};
