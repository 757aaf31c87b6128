import type { ConnectionState } from '#shared/contract/call-host.ts';
import type { EventPayload, Health } from '#shared/contract/contract.ts';
import type { Entry } from '#shared/message/entry.ts';

import { announce } from './announce.ts';
import { withBroadcast } from './broadcasts-store.ts';
import { withSync, withoutRunning } from './connections-store.ts';
import { hearEntryAdded, hearEntryChanged, hearEntryRemoved, hearThread } from './hear-entries.ts';
import { hearTeam, loadTeam } from './hear-team.ts';
import { incomingWords } from './incoming-words.ts';
import { loadAttention } from './load-attention.ts';
import { loadCare } from './load-care.ts';
import { loadConnections } from './load-connections.ts';
import { hearConsent, loadConsent } from './load-consent.ts';
import { loadBroadcasts, loadTemplates } from './load-later.ts';
import { loadOverview } from './load-overview.ts';
import { loadRates } from './load-rates.ts';
import { loadRegistration } from './load-registration.ts';
import { loadFirstPage } from './load-threads.ts';
import { refreshTimeline } from './load-timeline.ts';
import { runSearch } from './run-search.ts';
import { flushDrafts } from './save-drafts.ts';
import type { Screen } from './screen.ts';

/**
 * The one door by which what the host tells comes into the stores. Every event carries the whole new value, so hearing one
 * twice changes nothing; what was told while there was no connection is made up by fetching everything visible again.
 * @returns the way to stop following
 */
export function followHostEvents(screen: Screen): () => void {
  const { host, overview, connections, care } = screen;
  const stops = [
    host.on('entry.added', (told) => hearAdded(screen, told)),
    host.on('entry.changed', (told) => hearEntryChanged(screen, told)),
    host.on('entry.removed', (told) => hearEntryRemoved(screen, told)),
    host.on('thread.changed', ({ thread }) => hearThread(screen, thread)),
    host.on('lines.changed', ({ lines }) => overview.setState({ lines })),
    host.on('counts.changed', ({ counts }) => overview.setState({ counts })),
    host.on('health.changed', ({ health }) => hearHealth(screen, health)),
    host.on('settings.changed', ({ settings }) => overview.setState({ settings })),
    host.on('connections.changed', ({ connections: list }) => connections.setState({ list })),
    host.on('sync.changed', ({ sync }) => connections.setState((known) => withSync(known, sync))),
    host.on('consent.changed', ({ number }) => hearConsent(screen, number)),
    host.on('gaps.changed', ({ gaps }) => care.setState({ gaps })),
    host.on('checks.changed', (checks) => care.setState(checks)),
    host.on('rates.changed', (told) => screen.rates.setState(told)),
    host.on('templates.changed', ({ templates }) => screen.templates.setState({ all: templates })),
    host.on('broadcast.changed', ({ broadcast }) =>
      screen.broadcasts.setState((known) => withBroadcast(known, broadcast)),
    ),
    host.on('registration.changed', (told) => screen.registration.setState(told)),
    host.on('throughput.changed', (told) => screen.registration.setState(told)),
    host.on('team.changed', ({ team }) => hearTeam(screen, team)),
    host.onConnection((state) => hearConnection(screen, state)),
  ];
  return () => {
    for (const stop of stops) stop();
  };
}

function hearAdded(screen: Screen, told: EventPayload<'entry.added'>): void {
  hearEntryAdded(screen, told);
  if (isNews(told.entry)) announce(screen, incomingWords(told));
}

/** Worth saying aloud: what came in, what a colleague noted, and what the program did by itself. */
const isNews = (entry: Entry): boolean =>
  entry.direction === 'in' ||
  entry.kind === 'system' ||
  (entry.kind === 'note' && entry.author !== null);

function hearHealth(screen: Screen, health: Health): void {
  const before = screen.overview.getState().health?.attention;
  screen.overview.setState({ health });
  const { kind } = screen.place.getState().pane;
  if (kind === 'attention' && before !== health.attention) void loadAttention(screen);
  // When something last came in over each is not told by itself.
  if (kind === 'connections') void loadConnections(screen);
}

function hearConnection(screen: Screen, state: ConnectionState): void {
  screen.connection.setState({ state });
  if (state !== 'connected') return;
  screen.connections.setState(withoutRunning);
  void fetchVisible(screen);
}

async function fetchVisible(screen: Screen): Promise<void> {
  const { pane } = screen.place.getState();
  await Promise.all([
    loadOverview(screen),
    loadFirstPage(screen),
    loadTeam(screen),
    loadTemplates(screen),
    pane.kind === 'broadcasts' ? loadBroadcasts(screen) : null,
    loadRates(screen),
    loadRegistration(screen),
    flushDrafts(screen),
    runSearch(screen),
    pane.kind === 'thread' ? refreshTimeline(screen, pane.threadId) : null,
    pane.kind === 'thread' ? loadConsent(screen, pane.threadId) : null,
    pane.kind === 'attention' ? loadAttention(screen) : null,
    pane.kind === 'connections' ? loadCare(screen) : null,
  ]);
}
