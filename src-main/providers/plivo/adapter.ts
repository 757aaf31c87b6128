import { type Capabilities, usualCapabilities } from '#shared/provider/capabilities.ts';
import type { ProviderAdapter, ProviderDefinition } from '#shared/provider/provider.ts';

import { type Access, readAccess } from './access.ts';
import { buyNumber, searchNumbers } from './buy-number.ts';
import { configureHooks } from './configure-hooks.ts';
import { listCalls } from './list-calls.ts';
import { listNumbers, testCredentials } from './list-numbers.ts';
import { listTexts } from './list-texts.ts';
import { readDelivery } from './read-delivery.ts';
import { sendText } from './send-text.ts';
import { openGuard } from './webhook.ts';

const capabilities: Capabilities = {
  ...usualCapabilities,
  label: 'Plivo',
  about: 'Long codes, toll-free numbers and short codes, with pictures in the US and Canada.',
  credentials: [
    {
      name: 'authId',
      label: 'Auth ID',
      secret: false,
      optional: false,
      hint: 'On the overview of the console: MA… for an account, SA… for a subaccount.',
    },
    {
      name: 'authToken',
      label: 'Auth token',
      secret: true,
      optional: false,
      hint: 'Beside the Auth ID. It also signs what the carrier tells us.',
    },
    {
      name: 'previousAuthToken',
      label: 'Previous auth token',
      secret: true,
      optional: true,
      hint: 'Still good for what the carrier tells us while a rotation is under way.',
    },
  ],
  mms: true,
  hooks: ['messages', 'receipts'],
  echoesReference: true,
  listsMessages: true,
  listsWords: false,
  listsNumbers: true,
  searchesNumbers: true,
  buysNumbers: true,
  configuresWebhooks: true,
  tellsCampaigns: true,
  listsCalls: true,
  // It blocks by itself after these; a confirmation of ours would be refused.
  confirmsOptOut: ['STOP', 'STOPALL', 'UNSUBSCRIBE', 'CANCEL', 'END', 'QUIT'],
  senderTypes: ['10dlc', 'toll-free', 'short-code'],
  media: {
    // The carrier itself takes 5 MB; what handsets are brought everywhere is this.
    maxTotalOctets: 600_000,
    maxCount: 10,
    types: ['image/jpeg', 'image/png', 'image/gif'],
  },
};

/** Plivo, by its API v1. `open` throws an Error that names the field that is wrong. */
export const plivo: ProviderDefinition = {
  id: 'plivo',
  capabilities,
  open(connection) {
    const access = readAccess(connection);
    return { adapter: openAdapter(access), guard: openGuard(access.signers) };
  },
};

const mediaOrigin = 'https://media.plivo.com';

function openAdapter(access: Access): ProviderAdapter {
  const { overriddenOrigin } = access;
  const origins = overriddenOrigin === null ? [mediaOrigin] : [overriddenOrigin, mediaOrigin];
  return {
    capabilities,
    send: (text, deadlineMs) => sendText(access, text, deadlineMs),
    testCredentials: (deadlineMs) => testCredentials(access, deadlineMs),
    readDelivery,
    // Links to media are public.
    mediaAccess: () => ({ origins, headers: {} }),
    listTexts: (query, deadlineMs) => listTexts(access, query, deadlineMs),
    listCalls: (query, deadlineMs) => listCalls(access, query, deadlineMs),
    listNumbers: (cursor, deadlineMs) => listNumbers(access, cursor, deadlineMs),
    searchNumbers: (search, deadlineMs) => searchNumbers(access, search, deadlineMs),
    buyNumber: (offer, deadlineMs) => buyNumber(access, offer, deadlineMs),
    configureHooks: (number, hooks, deadlineMs) =>
      configureHooks(access, { number, hooks }, deadlineMs),
  };
}
