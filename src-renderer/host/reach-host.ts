import { createHostCaller } from '#shared/contract/call-host.ts';
import type { HostCaller } from '#shared/contract/call-host.ts';
import type { Wire } from '#shared/contract/wire.ts';

import { browserClock } from './browser-clock.ts';
import { createConnect } from './create-connect.ts';
import { openElectronWire } from './electron-wire.ts';
import { askStanding } from './open-session.ts';
import { openWebSocketWire, wireAddress } from './websocket-wire.ts';

/**
 * Reaches the host this page came from: over the desktop window's bridge where there is one, else over a WebSocket.
 * @param onRefused told whether the host is there but does not accept this page's key
 */
export function reachHost(onRefused: (refused: boolean) => void): HostCaller {
  return createHostCaller({
    connect: createConnect({ openWire, askStanding: () => askStanding(fetch), onRefused }),
    clock: browserClock,
    random: Math.random,
    onProblem: report,
  });
}

async function openWire(): Promise<Wire> {
  const bridge = window.trunkline;
  return bridge === undefined
    ? openWebSocketWire(wireAddress(window.location))
    : openElectronWire(bridge);
}

/** Raised where the browser's own console and its error listeners hear it. */
function report(problem: string): void {
  queueMicrotask(() => window.reportError(new Error(problem)));
}
