import type { StoreApi } from 'zustand/vanilla';

import type { HostCaller } from '#shared/contract/call-host.ts';
import type { Clock } from '#shared/contract/clock.ts';

import { createAnnouncementStore } from './announcement-store.ts';
import type { Announcement } from './announcement-store.ts';
import { createAttachmentsStore } from './attachments-store.ts';
import type { Attachments } from './attachments-store.ts';
import { createAttentionStore } from './attention-store.ts';
import type { Attention } from './attention-store.ts';
import { createBroadcastsStore } from './broadcasts-store.ts';
import type { Broadcasts } from './broadcasts-store.ts';
import { createCareStore } from './care-store.ts';
import type { Care } from './care-store.ts';
import { createConnectionStore } from './connection-store.ts';
import type { Connection } from './connection-store.ts';
import { createConnectionsStore } from './connections-store.ts';
import type { Connections } from './connections-store.ts';
import { createConsentStore } from './consent-store.ts';
import type { ConsentKnown } from './consent-store.ts';
import { createDraftsStore } from './drafts-store.ts';
import type { Drafts } from './drafts-store.ts';
import { createNotesStore } from './notes-store.ts';
import type { Notes } from './notes-store.ts';
import { createOverviewStore } from './overview-store.ts';
import type { Overview } from './overview-store.ts';
import { createPlaceStore } from './place-store.ts';
import type { Place } from './place-store.ts';
import { createRatesStore } from './rates-store.ts';
import type { Rates } from './rates-store.ts';
import { createRegistrationStore } from './registration-store.ts';
import type { Registration } from './registration-store.ts';
import { createSearchStore } from './search-store.ts';
import type { Search } from './search-store.ts';
import { createTeamStore } from './team-store.ts';
import type { TeamKnown } from './team-store.ts';
import { createTemplatesStore } from './templates-store.ts';
import type { Templates } from './templates-store.ts';
import { createThreadsStore } from './threads-store.ts';
import type { Threads } from './threads-store.ts';
import { createTimelinesStore } from './timelines-store.ts';
import type { Timelines } from './timelines-store.ts';

/** What a screen is lent. */
export type ScreenParts = {
  readonly host: HostCaller;
  readonly clock: Clock;
  /** A fresh UUIDv7. */
  readonly newUid: () => string;
};

/** One screen: its way to the host and everything it knows, one store per concern. */
export type Screen = ScreenParts & {
  readonly announcement: StoreApi<Announcement>;
  readonly attachments: StoreApi<Attachments>;
  readonly attention: StoreApi<Attention>;
  readonly broadcasts: StoreApi<Broadcasts>;
  readonly care: StoreApi<Care>;
  readonly connection: StoreApi<Connection>;
  readonly connections: StoreApi<Connections>;
  readonly consent: StoreApi<ConsentKnown>;
  readonly drafts: StoreApi<Drafts>;
  readonly notes: StoreApi<Notes>;
  readonly overview: StoreApi<Overview>;
  readonly place: StoreApi<Place>;
  readonly rates: StoreApi<Rates>;
  readonly registration: StoreApi<Registration>;
  readonly search: StoreApi<Search>;
  readonly team: StoreApi<TeamKnown>;
  readonly templates: StoreApi<Templates>;
  readonly threads: StoreApi<Threads>;
  readonly timelines: StoreApi<Timelines>;
};

export function createScreen(parts: ScreenParts): Screen {
  return {
    ...parts,
    announcement: createAnnouncementStore(),
    attachments: createAttachmentsStore(),
    attention: createAttentionStore(),
    broadcasts: createBroadcastsStore(),
    care: createCareStore(),
    connection: createConnectionStore(),
    connections: createConnectionsStore(),
    consent: createConsentStore(),
    drafts: createDraftsStore(),
    notes: createNotesStore(),
    overview: createOverviewStore(),
    place: createPlaceStore(),
    rates: createRatesStore(),
    registration: createRegistrationStore(),
    search: createSearchStore(),
    team: createTeamStore(),
    templates: createTemplatesStore(),
    threads: createThreadsStore(),
    timelines: createTimelinesStore(),
  };
}
