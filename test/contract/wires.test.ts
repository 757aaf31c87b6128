import { createMemoryWirePair } from '#shared/contract/memory-wire.ts';
import { openWebSocketPair } from '#test/fakes/websocket-pair.ts';

import { describeWire } from './wire-suite.ts';

describeWire('memory', async () => {
  const [screen, host] = createMemoryWirePair();
  return { screen, host, dispose: async () => screen.close() };
});

describeWire('WebSocket', () => openWebSocketPair());
