import { systemClock } from '#main/log/system-clock.ts';
import type { LineId } from '#shared/message/line.ts';
import { RunningCore } from '#test/fakes/running-core.ts';

import type { ChildRequest } from './core-process.ts';

/* A whole core as a program of its own that starts one broadcast when it is told so, and goes on with it when started again. */
const dataFolder = process.argv[2] ?? '';
const { core, caller } = await RunningCore.start(dataFolder, systemClock, 50);

/* `to` is how many people, from +1 555 0300 0000 on. */
process.on('message', ({ uid, to, text }: ChildRequest) => {
  start(uid, Number(to), text)
    .then(() => process.send?.({ kind: 'sent', uid }))
    .catch((error: unknown) => process.send?.({ kind: 'refused', uid, why: String(error) }));
});

async function start(uid: string, people: number, text: string): Promise<void> {
  const { broadcast } = await caller.call('broadcast.create', {
    uid,
    lineId: 1 as LineId,
    name: 'News',
    purpose: 'informational',
    text,
    people,
  });
  const rows = Array.from({ length: people }, (_, each) => ({
    to: `+1555030${String(each).padStart(4, '0')}`,
    text: `${text} ${each}`,
  }));
  await caller.call('broadcast.add', { broadcastId: broadcast.id, from: 0, rows });
  await caller.call('broadcast.start', { broadcastId: broadcast.id });
}
process.on('disconnect', () => process.exit(0));
process.send?.({ kind: 'ready', relayUrl: core.relayUrl });
