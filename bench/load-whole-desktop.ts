/**
 * A whole desktop in a process of its own, for `bench/relay-load.ts`. Argument: its data folder, which is in a team. Says `ready`,
 * and asked for it how many texts it has committed and told, how long each took from the webhook's call, and what CPU it took since its
 * start.
 */
import { systemClock } from '#main/log/system-clock.ts';
import { RunningCore } from '#test/fakes/running-core.ts';

import { nowMs } from './load-desktop.ts';

const dataFolder = process.argv[2] ?? '';
const { caller } = await RunningCore.start(dataFolder, systemClock, 1);
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
