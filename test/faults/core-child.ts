import { createKeyFileStore } from '#main/core/key-file-store.ts';
import { startCore } from '#main/core/start-core.ts';
import { systemClock } from '#main/log/system-clock.ts';
import { createHostCaller } from '#shared/contract/call-host.ts';
import { CommandFailure } from '#shared/contract/failure.ts';
import { createMemoryWirePair } from '#shared/contract/memory-wire.ts';
import type { LineId } from '#shared/message/line.ts';

import type { ChildRequest } from './core-process.ts';

/* A whole core as a program of its own, told by messages what to write, so that it can be killed at any moment. */
const dataFolder = process.argv[2] ?? '';
const core = await startCore(
  {
    dataFolder,
    secrets: createKeyFileStore(dataFolder),
    clock: systemClock,
    notify: () => undefined,
  },
  { relayPort: 0, mediaBase: '/media/', sandboxSpeed: 50, sandboxSeed: 1 },
);
const caller = createHostCaller({
  connect: async () => {
    const [screen, host] = createMemoryWirePair();
    core.attach(host);
    return screen;
  },
  clock: systemClock,
  random: Math.random,
});

process.on('message', ({ uid, to, text }: ChildRequest) => {
  caller
    .call('message.send', { uid, target: { lineId: 1 as LineId, to }, text })
    .then(() => process.send?.({ kind: 'sent', uid }))
    .catch((error: unknown) => {
      const why = error instanceof CommandFailure ? error.failure.message : String(error);
      process.send?.({ kind: 'refused', uid, why });
    });
});
process.on('disconnect', () => process.exit(0));
process.send?.({ kind: 'ready', relayUrl: core.relayUrl });
