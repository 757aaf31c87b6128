import type { TellsAbilities } from '#shared/provider/preset.ts';
import type { ProviderAdapter, ProviderDefinition } from '#shared/provider/provider.ts';

import { capabilities, capabilitiesOf } from './capabilities.ts';
import { readDelivery } from './inbound/read-delivery.ts';
import { Sender } from './outbound/sender.ts';
import type { Profile } from './profile.ts';
import { readConnection } from './read-connection.ts';
import { StandingSession } from './session/standing-session.ts';
import { askAbilities, testCredentials } from './test-credentials.ts';
import { closedGuard } from './webhook.ts';

/**
 * Any carrier that carries texts as SIP MESSAGE over a registration (RFC 3428). `open` throws an Error that names the field
 * where the address or a credential is missing.
 */
export const sipMessage: ProviderDefinition = {
  id: 'sip-message',
  capabilities,
  open: (connection) => ({ adapter: openAdapter(readConnection(connection)), guard: closedGuard }),
};

function openAdapter(profile: Profile): ProviderAdapter & TellsAbilities {
  let session: StandingSession | null = null;
  const sender = new Sender(profile, () => session);
  return {
    capabilities: capabilitiesOf(profile),
    send: (text, deadlineMs) => sender.send(text, deadlineMs),
    testCredentials: (deadlineMs) => testCredentials(profile, deadlineMs),
    askAbilities: (deadlineMs) => askAbilities(profile, deadlineMs),
    readDelivery: (raw) => readDelivery(profile, raw),
    mediaAccess: () => ({ origins: [], headers: {} }),
    keepSession(road) {
      session = new StandingSession(profile, road);
      return session;
    },
  };
}
