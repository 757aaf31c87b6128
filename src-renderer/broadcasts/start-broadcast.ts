import { mostRowsAtOnce } from '#shared/contract/broadcast-commands.ts';

import { withBroadcast } from '../store/broadcasts-store.ts';
import type { Screen } from '../store/screen.ts';
import type { Plan, Tried } from './dry-run.ts';

/** A broadcast that was tried and is wanted. `uid` is made with the plan, so that a second press starts no second one. */
export type Wanted = Omit<Plan, 'people'> & {
  readonly uid: string;
  readonly name: string;
  readonly texted: readonly Tried[];
};

/** Stores everybody who is to be texted, a page at a time, and then starts it. Nothing leaves before all are stored. */
export async function startBroadcast(
  screen: Screen,
  { texted, ...wanted }: Wanted,
  onProgress: (count: number) => void,
): Promise<void> {
  const { host, broadcasts } = screen;
  const people = texted.length;
  const { broadcast } = await host.call('broadcast.create', { ...wanted, people });
  for (let from = 0; from < people; from += mostRowsAtOnce) {
    const page = texted.slice(from, from + mostRowsAtOnce);
    const rows = page.map(({ peer, text }) => ({ to: peer, text }));
    await host.call('broadcast.add', { broadcastId: broadcast.id, from, rows });
    onProgress(from + page.length);
  }
  const started = await host.call('broadcast.start', { broadcastId: broadcast.id });
  broadcasts.setState((known) => withBroadcast(known, started.broadcast));
}
