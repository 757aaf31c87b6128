import { z } from 'zod';

import { type Capabilities, usualCapabilities } from '#shared/provider/capabilities.ts';
import type {
  OpenConnection,
  ProviderAdapter,
  ProviderDefinition,
} from '#shared/provider/provider.ts';

import { listNumbers, testCredentials } from './ask.ts';
import { listTexts } from './list-texts.ts';
import { readCallback } from './read-callback.ts';
import { type Access, sendText } from './send-text.ts';
import { openGuard } from './webhook.ts';

const capabilities: Capabilities = {
  ...usualCapabilities,
  label: 'Sandbox',
  about:
    'A simulated carrier on this machine, for first steps, training and tests. Nothing leaves the machine.',
  credentials: [
    {
      name: 'apiKey',
      label: 'API key',
      secret: true,
      optional: false,
      hint: 'Any printable key; the carrier must know the same.',
    },
    {
      name: 'webhookSecret',
      label: 'Webhook secret',
      secret: true,
      optional: false,
      hint: 'Signs what the carrier tells us.',
    },
    {
      name: 'previousWebhookSecret',
      label: 'Previous webhook secret',
      secret: true,
      optional: true,
      hint: 'Good beside the new one while a rotation is under way.',
    },
  ],
  needsAddress: true,
  mms: true,
  echoesReference: true,
  listsMessages: true,
  listsNumbers: true,
  senderTypes: ['10dlc', 'toll-free'],
  media: { maxTotalOctets: 750_000, maxCount: 10, types: ['image/jpeg', 'image/png', 'image/gif'] },
  parallelSends: 8,
  reconcileAfterMs: [1_000, 3_000, 10_000, 60_000],
};

const connectionShape = z.object({
  baseUrl: z
    .url({ protocol: /^https?$/, error: 'must be the http address the sandbox carrier printed' })
    .transform((url) => url.replace(/\/+$/, '')),
  credentials: z.object({
    apiKey: z.string('is missing').regex(/^[\x21-\x7e]+$/, 'must be printable and not empty'),
    webhookSecret: z.string('is missing').min(1, 'must not be empty'),
    previousWebhookSecret: z.string().min(1, 'must not be empty, or be left out').optional(),
  }),
});

/** The simulated carrier. `open` throws an Error that names the field where the address or a credential is missing. */
export const sandbox: ProviderDefinition = {
  id: 'sandbox',
  capabilities,
  open(connection) {
    const { baseUrl, credentials } = readConnection(connection);
    const { apiKey, webhookSecret, previousWebhookSecret } = credentials;
    const secrets = [webhookSecret, previousWebhookSecret].filter((each) => each !== undefined);
    return { adapter: openAdapter({ baseUrl, apiKey }), guard: openGuard(secrets) };
  },
};

function readConnection(connection: OpenConnection): z.infer<typeof connectionShape> {
  const read = connectionShape.safeParse(connection);
  if (read.success) return read.data;
  const issue = read.error.issues[0];
  throw new Error(`Sandbox connection: ${issue?.path.join('.')} ${issue?.message}`);
}

function openAdapter(access: Access): ProviderAdapter {
  return {
    capabilities,
    send: (text, deadlineMs) => sendText(access, text, deadlineMs),
    testCredentials: (deadlineMs) => testCredentials(access, deadlineMs),
    listTexts: (query, deadlineMs) => listTexts(access, query, deadlineMs),
    listNumbers: (_cursor, deadlineMs) => listNumbers(access, deadlineMs),
    readDelivery: readCallback,
    mediaAccess: () => ({
      origins: [new URL(access.baseUrl).origin],
      headers: { authorization: `Bearer ${access.apiKey}` },
    }),
  };
}
