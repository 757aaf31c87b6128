import type { ProviderAdapter, ProviderDefinition } from '#shared/provider/provider.ts';

import type { Access } from './ask.ts';
import { buyNumber } from './buy-number.ts';
import { capabilities } from './capabilities.ts';
import { configureHooks } from './configure-hooks.ts';
import { listCalls } from './list-calls.ts';
import { listNumbers } from './list-numbers.ts';
import { listTexts } from './list-texts.ts';
import { openMediaOrigins } from './media-origins.ts';
import { readConnection } from './read-connection.ts';
import { readDelivery } from './read-delivery.ts';
import { searchNumbers } from './search-numbers.ts';
import { sendText } from './send-text.ts';
import { testCredentials } from './test-credentials.ts';
import { openGuard } from './webhook.ts';

/** Telnyx, API version 2. `open` throws an Error that names the field where the address or a credential is missing or malformed. */
export const telnyx: ProviderDefinition = {
  id: 'telnyx',
  capabilities,
  open(connection) {
    const { access, publicKeys } = readConnection(connection);
    return { adapter: openAdapter(access), guard: openGuard(publicKeys) };
  },
};

function openAdapter(access: Access): ProviderAdapter {
  const origins = openMediaOrigins(access.baseUrl);
  return {
    capabilities,
    send: (text, deadlineMs) => sendText(access, text, deadlineMs),
    testCredentials: (deadlineMs) => testCredentials(access, deadlineMs),
    readDelivery(raw) {
      const events = readDelivery(raw, access.numbers);
      origins.remember(events.flatMap((event) => ('media' in event ? event.media : [])));
      return events;
    },
    mediaAccess: () => ({ origins: origins.list(), headers: {} }),
    async listTexts(query, deadlineMs) {
      const page = await listTexts(access, query, deadlineMs);
      if (page.kind === 'told') origins.remember(page.answer.rows.flatMap(({ media }) => media));
      return page;
    },
    listCalls: (query, deadlineMs) => listCalls(access, query, deadlineMs),
    listNumbers: (cursor, deadlineMs) => listNumbers(access, cursor, deadlineMs),
    searchNumbers: (search, deadlineMs) => searchNumbers(access, search, deadlineMs),
    buyNumber: (offer, deadlineMs) => buyNumber(access, offer, deadlineMs),
    configureHooks: (number, hooks, deadlineMs) =>
      configureHooks(access, { number, hooks }, deadlineMs),
  };
}
