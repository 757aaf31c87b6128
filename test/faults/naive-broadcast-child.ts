import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';

import { newUid } from '#main/history/uid.ts';
import { systemClock } from '#main/log/system-clock.ts';
import type { LineId } from '#shared/message/line.ts';
import { RunningCore } from '#test/fakes/running-core.ts';

/* The control: a broadcast that is a loop over its people, with its progress written down now and then. */
const dataFolder = process.argv[2] ?? '';
const progress = path.join(dataFolder, 'naive-progress');
const { core, caller } = await RunningCore.start(dataFolder, systemClock, 50);

process.on('disconnect', () => process.exit(0));
process.send?.({ kind: 'ready', relayUrl: core.relayUrl });
for (let each = existsSync(progress) ? Number(readFileSync(progress)) : 0; each < 90; each += 1) {
  const target = { lineId: 1 as LineId, to: `+1555030${String(each).padStart(4, '0')}` };
  await caller.call('message.send', { uid: newUid(Date.now()), target, text: `News ${each}` });
  if (each % 10 === 9) writeFileSync(progress, String(each + 1));
}
