import { z } from 'zod';

import { readOrigin } from '#main/http/read-origin.ts';
import { type Capabilities, usualCapabilities } from '#shared/provider/capabilities.ts';
import type {
  OpenConnection,
  ProviderAdapter,
  ProviderDefinition,
} from '#shared/provider/provider.ts';

import { buyNumber, searchNumbers } from './buy-number.ts';
import type { Access } from './call-flowroute.ts';
import { configureHooks } from './configure-hooks.ts';
import { confirm } from './confirm.ts';
import { listCalls } from './list-calls.ts';
import { listNumbers, testCredentials } from './list-numbers.ts';
import { listTexts } from './list-texts.ts';
import { mediaOrigins } from './media-origins.ts';
import { readDelivery } from './read-delivery.ts';
import { sendText } from './send-text.ts';
import { guard } from './webhook.ts';

const ownAddress = 'https://api.flowroute.com';

const capabilities: Capabilities = {
  ...usualCapabilities,
  label: 'Flowroute',
  about: 'Long codes and toll-free numbers in the US and Canada, texted and called over one trunk.',
  credentials: [
    {
      name: 'accessKey',
      label: 'Access key',
      secret: false,
      optional: false,
      hint: 'In the portal under Preferences, API Control.',
    },
    {
      name: 'secretKey',
      label: 'Secret key',
      secret: true,
      optional: false,
      hint: 'Shown beside the access key.',
    },
  ],
  mms: true,
  signedWebhooks: false,
  hooks: ['messages', 'mms', 'receipts', 'mms-receipts'],
  echoesReference: true,
  listsMessages: true,
  listsNumbers: true,
  searchesNumbers: true,
  buysNumbers: true,
  configuresWebhooks: true,
  listsCalls: true,
  confirmsOptOut: ['STOP'],
  senderTypes: ['10dlc', 'toll-free'],
  media: { maxTotalOctets: 750_000, maxCount: 10, types: ['image/jpeg', 'image/png', 'image/gif'] },
};

const key = z
  .string('is missing')
  .trim()
  .regex(/^[\x21-\x7e]{1,200}$/, 'must be the key as the portal shows it');

const connectionShape = z.object({
  credentials: z.object({
    accessKey: key.refine((text) => !text.includes(':'), 'must hold no colon'),
    secretKey: key,
  }),
});

/** Flowroute, by its messages API v2.2 and its numbers API v2. `open` throws an Error that names the field that is wrong. */
export const flowroute: ProviderDefinition = {
  id: 'flowroute',
  capabilities,
  open: (connection) => ({ adapter: openAdapter(readConnection(connection)), guard }),
};

function readConnection(connection: OpenConnection): Access {
  const read = connectionShape.safeParse(connection);
  if (!read.success) {
    const issue = read.error.issues[0];
    throw new Error(`Flowroute connection: ${issue?.path.join('.')} ${issue?.message}`);
  }
  return {
    origin: readOrigin(connection.baseUrl, ownAddress),
    overridden: connection.baseUrl !== null,
    hooks: connection.hooks,
    ...read.data.credentials,
  };
}

function openAdapter(access: Access): ProviderAdapter {
  return {
    capabilities,
    send: (text, deadlineMs) => sendText(access, text, deadlineMs),
    testCredentials: (deadlineMs) => testCredentials(access, deadlineMs),
    readDelivery,
    confirm: (raw, deadlineMs) => confirm(access, raw, deadlineMs),
    mediaAccess: () => ({
      origins: access.overridden ? [access.origin, ...mediaOrigins] : mediaOrigins,
      headers: {},
    }),
    listTexts: (query, deadlineMs) => listTexts(access, query, deadlineMs),
    listNumbers: (cursor, deadlineMs) => listNumbers(access, cursor, deadlineMs),
    searchNumbers: (search, deadlineMs) => searchNumbers(access, search, deadlineMs),
    buyNumber: (offer, deadlineMs) => buyNumber(access, offer, deadlineMs),
    configureHooks: (number, hooks, deadlineMs) =>
      configureHooks(access, { number, hooks }, deadlineMs),
    listCalls: (query, deadlineMs) => listCalls(access, query, deadlineMs),
  };
}
