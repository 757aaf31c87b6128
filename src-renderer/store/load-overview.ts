import { failureOf } from './failure-of.ts';
import type { Screen } from './screen.ts';

/** Fetches what stands around the conversations. */
export async function loadOverview({ host, overview }: Screen): Promise<void> {
  try {
    const told = await host.call('overview.get', {});
    overview.setState({ ...told, ready: true, failure: null });
  } catch (error) {
    overview.setState({ failure: failureOf(error) });
  }
}
