import type { AttentionItem } from './attention-store.ts';
import { failureOf } from './failure-of.ts';
import type { Screen } from './screen.ts';

/** Fetches the deliveries that could not be understood. */
export async function loadAttention({ host, attention }: Screen): Promise<void> {
  try {
    const { items } = await host.call('attention.list', {});
    attention.setState({ items, failure: null });
  } catch (error) {
    attention.setState({ failure: failureOf(error) });
  }
}

/** Has the host read one of them once more; what was understood leaves the list. */
export async function readAgain(screen: Screen, id: AttentionItem['id']): Promise<void> {
  const note = (outcome: 'reading' | 'still-not-understood' | ReturnType<typeof failureOf>): void =>
    screen.attention.setState(({ outcomes }) => ({ outcomes: new Map(outcomes).set(id, outcome) }));
  note('reading');
  try {
    const { understood } = await screen.host.call('attention.read-again', { id });
    if (understood) await loadAttention(screen);
    else note('still-not-understood');
  } catch (error) {
    note(failureOf(error));
  }
}
