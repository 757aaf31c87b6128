import { createHostCaller } from '#shared/contract/call-host.ts';
import type { HostCaller } from '#shared/contract/call-host.ts';
import type { Wire } from '#shared/contract/wire.ts';

import { browserClock } from './browser-clock.ts';
import { createConnect } from './connect-screen.ts';
import { openElectronWire } from './electron-wire.ts';
import { openWebSocketWire, wireAddress } from './websocket-wire.ts';

/**
 * Reaches the host this page came from: over the desktop window's bridge where there is one, else over a WebSocket.
 * @param onRefused told whether the host is there but does not accept this page's key
 */
export function reachHost(onRefused: (refused: boolean) => void): HostCaller {
  const bridge = window.trunkline;
  const connect = createConnect({
    openWire: () =>
      bridge === undefined
        ? openWebSocketWire(wireAddress(window.location))
        : openElectronWireOnce(bridge),
    isHostUp,
    onRefused,
  });
  return createHostCaller({ connect, clock: browserClock, random: Math.random, onProblem: report });
}

const openElectronWireOnce = (bridge: NonNullable<Window['trunkline']>): Promise<Wire> =>
  Promise.resolve(openElectronWire(bridge));

async function isHostUp(): Promise<boolean> {
  try {
    await fetch('/', { method: 'HEAD', cache: 'no-store' });
    return true;
  } catch {
    return false;
  }
}

/** Raised where the browser's own console and its error listeners hear it. */
function report(problem: string): void {
  queueMicrotask(() => window.reportError(new Error(problem)));
}
