import type { ProviderAdapter, ProviderDefinition } from '#shared/provider/provider.ts';

import { type Access, ownOrigins, readAccess } from './access.ts';
import { capabilities } from './capabilities.ts';
import { buyNumber, configureHooks } from './change-numbers.ts';
import { listCalls } from './list-calls.ts';
import { listNumbers } from './list-numbers.ts';
import { listTexts } from './list-texts.ts';
import { readDelivery } from './read-delivery.ts';
import { searchNumbers } from './search-numbers.ts';
import { sendText } from './send-text.ts';
import { testCredentials } from './test-credentials.ts';
import { openGuard } from './webhook.ts';

/** Twilio. `open` throws an Error that names the field where the address or a credential is missing or malformed. */
export const twilio: ProviderDefinition = {
  id: 'twilio',
  capabilities,
  open(connection) {
    const access = readAccess(connection);
    return { adapter: openAdapter(access), guard: openGuard(access.signers) };
  },
};

function openAdapter(access: Access): ProviderAdapter {
  return {
    capabilities,
    send: (text, deadlineMs) => sendText(access, text, deadlineMs),
    testCredentials: (deadlineMs) => testCredentials(access, deadlineMs),
    readDelivery,
    mediaAccess: () => ({
      origins: [...new Set([access.origins.api, ownOrigins.api])],
      headers: { authorization: access.authorization },
    }),
    listTexts: (query, deadlineMs) => listTexts(access, query, deadlineMs),
    listCalls: (query, deadlineMs) => listCalls(access, query, deadlineMs),
    listNumbers: (cursor, deadlineMs) => listNumbers(access, cursor, deadlineMs),
    searchNumbers: (search, deadlineMs) => searchNumbers(access, search, deadlineMs),
    buyNumber: (offer, deadlineMs) => buyNumber(access, offer, deadlineMs),
    configureHooks: (number, hooks, deadlineMs) =>
      configureHooks(access, { number, hooks }, deadlineMs),
  };
}
