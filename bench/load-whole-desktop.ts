/**
 * A whole desktop in a process of its own, for `bench/relay-load.ts`. Argument: its data folder, which is in a team. Says `ready`,
 * and asked for it how many texts it has committed and told, how long each took from the webhook's call, and what CPU it took since its
 * start.
 */
import { createKeyFileStore } from '#main/core/key-file-store.ts';
import { startCore } from '#main/core/start-core.ts';
import { systemClock } from '#main/log/system-clock.ts';
import { createHostCaller } from '#shared/contract/call-host.ts';
import { createMemoryWirePair } from '#shared/contract/memory-wire.ts';

import { nowMs } from './load-desktop.ts';

const dataFolder = process.argv[2] ?? '';
const core = await startCore(
  {
    dataFolder,
    secrets: createKeyFileStore(dataFolder),
    clock: systemClock,
    notify: () => undefined,
  },
  { relayPort: 0, mediaBase: '/media/', sandboxSpeed: 1, sandboxSeed: 1 },
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
let shown = 0;
const delays: number[] = [];
caller.on('entry.added', ({ entry }) => {
  shown += 1;
  if (entry.kind === 'text') delays.push(nowMs() - entry.at);
});
process.on('message', () => {
  const { user, system } = process.cpuUsage();
  process.send?.({ shown, delays, cpuMs: (user + system) / 1_000 });
  shown = 0;
  delays.length = 0;
});
process.on('disconnect', () => process.exit(0));
process.send?.('ready');
