import type {
  OpenConnection,
  ProviderAdapter,
  ProviderDefinition,
  WebhookGuard,
} from '#shared/provider/provider.ts';

import type { Access } from './access.ts';
import { buyNumber, searchNumbers } from './buy-numbers.ts';
import { authorizationOf } from './call-vonage.ts';
import { messageCapabilities, smsCapabilities } from './capabilities.ts';
import { configureApplication, configureNumber } from './configure-hooks.ts';
import { listCalls } from './list-calls.ts';
import { listNumbers } from './list-numbers.ts';
import { type ReportedProduct, listTexts } from './list-texts.ts';
import { type Credentials, readConnection } from './read-connection.ts';
import { readMessage } from './read-message.ts';
import { readSms } from './read-sms.ts';
import { sendMessage } from './send-message.ts';
import { sendSms } from './send-sms.ts';
import { testCredentials } from './test-credentials.ts';
import { type Signer, openMessageGuard, openSmsGuard } from './webhook.ts';

/**
 * Vonage, by its Messages API or, for accounts that are set to it, by its SMS API. What a connection can do depends on which
 * it is and on whether an application is named: the adapter's own capabilities tell.
 */
export const vonage: ProviderDefinition = {
  id: 'vonage',
  capabilities: messageCapabilities,
  open(connection: OpenConnection) {
    const { access, credentials } = readConnection(connection);
    const adapter = credentials.api === 'sms' ? openSms(access) : openMessages(access);
    return { adapter, guard: openGuard(access, credentials) };
  },
};

function openGuard(access: Access, credentials: Credentials): WebhookGuard {
  const { signatureSecret, previousSignatureSecret, api, signatureMethod } = credentials;
  const secrets = [signatureSecret, previousSignatureSecret].filter((each) => each !== undefined);
  const applicationId = access.application?.id ?? null;
  const signer: Signer = { secrets, apiKey: access.apiKey, applicationId };
  return api === 'sms' ? openSmsGuard(signer, signatureMethod) : openMessageGuard(signer);
}

function openMessages(access: Access): ProviderAdapter {
  const { application } = access;
  if (application === null)
    return {
      ...openEither(access, 'MESSAGES'),
      capabilities: { ...messageCapabilities, configuresWebhooks: false },
      send: (text, deadlineMs) => sendMessage(access, text, deadlineMs),
      readDelivery: readMessage,
    };
  return {
    ...openEither(access, 'MESSAGES'),
    capabilities: messageCapabilities,
    send: (text, deadlineMs) => sendMessage(access, text, deadlineMs),
    readDelivery: readMessage,
    configureHooks: (number, hooks, deadlineMs) =>
      configureApplication({ access, application }, { number, hooks }, deadlineMs),
  };
}

function openSms(access: Access): ProviderAdapter {
  return {
    ...openEither(access, 'SMS'),
    capabilities: smsCapabilities,
    send: (text, deadlineMs) => sendSms(access, text, deadlineMs),
    readDelivery: readSms,
    configureHooks: (number, hooks, deadlineMs) =>
      configureNumber(access, { number, hooks }, deadlineMs),
  };
}

type OfEither = Omit<ProviderAdapter, 'capabilities' | 'send' | 'readDelivery'>;

function openEither(access: Access, product: ReportedProduct): OfEither {
  return {
    testCredentials: (deadlineMs) => testCredentials(access, deadlineMs),
    listTexts: (query, deadlineMs) => listTexts({ access, product }, query, deadlineMs),
    listCalls: (query, deadlineMs) => listCalls(access, query, deadlineMs),
    listNumbers: (cursor, deadlineMs) => listNumbers(access, cursor, deadlineMs),
    searchNumbers: (search, deadlineMs) => searchNumbers(access, search, deadlineMs),
    buyNumber: (offer, deadlineMs) => buyNumber(access, offer, deadlineMs),
    mediaAccess: () => mediaAccessOf(access),
  };
}

/** The hosts of Vonage's media, by region. */
const mediaOrigins = ['api', 'api-us', 'api-eu', 'api-ap'].flatMap((host) => [
  `https://${host}.nexmo.com`,
  `https://${host}.vonage.com`,
]);

/** Media may be kept behind the application's token; without an application it is open to who knows its address. */
function mediaAccessOf(access: Access): ReturnType<ProviderAdapter['mediaAccess']> {
  const hasKey = access.application !== null && access.application.privateKey !== null;
  return {
    origins: [...new Set([access.apiUrl, ...mediaOrigins])],
    headers: hasKey ? { authorization: authorizationOf(access, 'application') } : {},
  };
}
