import { z } from 'zod';

import type {
  Capabilities,
  OpenConnection,
  ProviderAdapter,
  ProviderDefinition,
} from '#shared/provider/provider.ts';

import { listSent } from './list-sent.ts';
import { readCallback } from './read-callback.ts';
import { type Access, sendText } from './send-text.ts';
import { openGuard } from './webhook.ts';

const capabilities: Capabilities = {
  label: 'Sandbox',
  mms: true,
  deliveryReceipts: true,
  listsMessages: true,
  maxTextUnits: 1_600,
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
    listSent: (query, deadlineMs) => listSent(access, query, deadlineMs),
    readDelivery: readCallback,
    mediaAccess: () => ({
      origins: [new URL(access.baseUrl).origin],
      headers: { authorization: `Bearer ${access.apiKey}` },
    }),
  };
}
