import { type Change, announce } from '#main/history/announce.ts';
import {
  listExpiredReassemblies,
  readReassembly,
  saveReassembly,
} from '#main/history/reassembly.ts';
import { type WritableDb, transact } from '#main/sqlite/database.ts';
import type { PartOfText, TextReceived } from '#shared/provider/delivery.ts';
import {
  type Reassembly,
  type ReassemblyStep,
  acceptPart,
  expireParts,
  nextExpiry,
  usualReassemblyLimits,
} from '#shared/text/reassemble-parts.ts';

import { addWholeText } from './add-whole-text.ts';
import type { InboundDesk } from './inbound-desk.ts';

type Finished = ReassemblyStep['finished'];

export type ArrivedPart = {
  readonly connectionId: string;
  readonly text: TextReceived & { readonly part: PartOfText };
  readonly at: number;
};

/** Takes in one part and returns the texts that are ready to be shown with it. Call it in a transaction. */
export function joinPart(db: WritableDb, { connectionId, text, at }: ArrivedPart): Finished {
  const { from, to, part, sentAt } = text;
  const concatenation = { ...part, width: part.width === 8 ? '8-bit' : '16-bit' } as const;
  const received = {
    from,
    to,
    text: text.text,
    concatenation,
    sentAt: sentAt ?? undefined,
    providerId: text.providerMessageId,
  };
  return step(db, connectionId, (state) =>
    acceptPart(state, received, { now: at, limits: usualReassemblyLimits }),
  );
}

/** Shows, with a mark at each gap, the texts whose missing parts have been waited for long enough. */
export function showExpiredParts(desk: InboundDesk): void {
  const now = desk.clock.now();
  for (const connectionId of listExpiredReassemblies(desk.db, now)) {
    const changes = transact(desk.db, () => {
      const finished = step(desk.db, connectionId, (state) =>
        expireParts(state, { now, limits: usualReassemblyLimits }),
      );
      return finished.flatMap((each): Change[] =>
        addWholeText(desk, {
          ...each,
          media: [],
          connectionId,
          providerId: each.providerId ?? null,
          at: now,
        }),
      );
    });
    announce(desk.db, desk.tell, changes);
  }
}

function step(
  db: WritableDb,
  connectionId: string,
  take: (state: Reassembly) => ReassemblyStep,
): Finished {
  const { state, finished } = take(readReassembly(db, connectionId));
  saveReassembly(db, connectionId, {
    state,
    nextExpiry: nextExpiry(state, usualReassemblyLimits) ?? null,
  });
  return finished;
}
