import { systemClock } from '#main/log/system-clock.ts';
import { CommandFailure } from '#shared/contract/failure.ts';
import type { LineId } from '#shared/message/line.ts';
import { RunningCore } from '#test/fakes/running-core.ts';

import type { ChildRequest } from './core-process.ts';

/* A whole core as a program of its own, told by messages what to write, so that it can be killed at any moment. */
const dataFolder = process.argv[2] ?? '';
const { core, caller } = await RunningCore.start(dataFolder, systemClock, 50);

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
