import { failureOf } from './failure-of.ts';
import type { Screen } from './screen.ts';

/** Fetches what stands around the conversations. */
export async function loadOverview({ host, overview, connections }: Screen): Promise<void> {
  try {
    const { connections: list, ...told } = await host.call('overview.get', {});
    connections.setState({ list });
    overview.setState({ ...told, ready: true, failure: null });
  } catch (error) {
    overview.setState({ failure: failureOf(error) });
  }
}
