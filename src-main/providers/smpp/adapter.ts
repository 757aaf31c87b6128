import type {
  ProviderAdapter,
  ProviderDefinition,
  SessionRoad,
} from '#shared/provider/provider.ts';

import { capabilities } from './capabilities.ts';
import { closedGuard } from './guard.ts';
import { readDelivery } from './inbound/read-delivery.ts';
import type { Profile } from './profile.ts';
import { readConnection } from './read-connection.ts';
import { Goodbyes } from './session/goodbyes.ts';
import { type SessionTimes, usualTimes } from './session/session-times.ts';
import { SmppSession } from './session/session.ts';
import { testCredentials } from './test-credentials.ts';

/** SMPP with waits of its own. `open` throws an Error that names the field where the address or a credential is wrong. */
export function defineSmpp(times: SessionTimes): ProviderDefinition {
  const goodbyes = new Goodbyes();
  return {
    id: 'smpp',
    capabilities,
    open(connection) {
      const profile = readConnection(connection);
      const keeping = { profile, times, goodbyes };
      return { adapter: openAdapter(keeping, connection.numbers), guard: closedGuard };
    },
  };
}

/** Texts over SMPP 3.4. */
export const smpp: ProviderDefinition = defineSmpp(usualTimes);

type Keeping = {
  readonly profile: Profile;
  readonly times: SessionTimes;
  readonly goodbyes: Goodbyes;
};

function openAdapter(keeping: Keeping, numbers: readonly string[]): ProviderAdapter {
  const { profile, times, goodbyes } = keeping;
  let session: SmppSession | null = null;
  return {
    capabilities: { ...capabilities, parallelSends: sendsAtOnce(profile) },
    async send(text, deadlineMs) {
      if (text.mediaUrls.length > 0) return carriesNoMedia;
      return (await session?.send(text, deadlineMs)) ?? notKept;
    },
    testCredentials: (deadlineMs) =>
      testCredentials(profile, deadlineMs, session?.isBound ?? false),
    readDelivery: (raw) => readDelivery(raw, { ...profile, numbers }),
    mediaAccess: () => ({ origins: [], headers: {} }),
    keepSession(road: SessionRoad) {
      const kept = new SmppSession({ profile, times, road, after: goodbyes.before(profile) });
      session = kept;
      return {
        stop: () => goodbyes.note(profile, kept.stop()),
      };
    },
  };
}

/* As many as the window holds, and no more than leave within two seconds, so that none waits for its turn in vain. */
function sendsAtOnce({ window, partsPerSecond }: Profile): number {
  return Math.min(window, 2 * (partsPerSecond ?? window));
}

const carriesNoMedia = {
  kind: 'refused',
  failure: { kind: 'media', raw: 'SMPP carries no attachments' },
} as const;

const notKept = {
  kind: 'unsent',
  failure: { kind: 'network', raw: 'no session is kept' },
  retryAfterMs: null,
} as const;
