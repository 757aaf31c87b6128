import { failureOf } from './failure-of.ts';
import type { Screen } from './screen.ts';
import { firstHits, mostHits } from './search-store.ts';

/** Milliseconds without a key press before the host is asked. */
const restMs = 120;
/** The longest query the host takes. */
const longestQuery = 200;

const pending = new WeakMap<Screen, () => void>();

/** What is being looked for has changed. */
export function writeQuery(screen: Screen, typed: string): void {
  const query = typed.slice(0, longestQuery);
  pending.get(screen)?.();
  screen.search.setState({ query, limit: firstHits });
  if (query.trim() === '') {
    screen.search.setState({ answer: null, answered: '', failure: null });
    return;
  }
  pending.set(
    screen,
    screen.clock.after(restMs, () => void runSearch(screen)),
  );
}

/** As many texts as the host gives at once. */
export async function showMostHits(screen: Screen): Promise<void> {
  screen.search.setState({ limit: mostHits });
  await runSearch(screen);
}

/** Asks for what is being looked for now. An answer to an earlier query is dropped. */
export async function runSearch({ host, search }: Screen): Promise<void> {
  const { query, limit } = search.getState();
  if (query.trim() === '') return;
  const isStill = (): boolean => search.getState().query === query;
  try {
    const answer = await host.call('search', { query, limit });
    if (isStill()) search.setState({ answer, answered: query, failure: null });
  } catch (error) {
    if (isStill()) search.setState({ failure: failureOf(error) });
  }
}
