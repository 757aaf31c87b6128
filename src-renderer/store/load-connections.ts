import { failureOf } from './failure-of.ts';
import type { Screen } from './screen.ts';

/** Fetches how our accounts with carriers stand. */
export async function loadConnections({ host, connections }: Screen): Promise<void> {
  try {
    const { connections: list } = await host.call('connections.list', {});
    connections.setState({ list, failure: null });
  } catch (error) {
    connections.setState({ failure: failureOf(error) });
  }
}

/** Fetches which carriers there are; they do not change while the host runs. */
export async function loadCarriers({ host, connections }: Screen): Promise<void> {
  if (connections.getState().carriers !== null) return;
  try {
    const { providers: carriers, presets } = await host.call('providers.list', {});
    connections.setState({ carriers, presets, carriersFailure: null });
  } catch (error) {
    connections.setState({ carriersFailure: failureOf(error) });
  }
}
