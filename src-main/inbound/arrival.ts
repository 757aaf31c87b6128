import type { Change } from '#main/history/announce.ts';
import { findEntry, findEntryByUid } from '#main/history/entries.ts';
import { openAgain } from '#main/history/show-on-thread.ts';
import { isTeams } from '#main/history/team-outbox.ts';
import { noteTeamLog } from '#main/history/team.ts';
import { noteLastIn } from '#main/history/threads.ts';
import { uidOfName } from '#main/history/uid.ts';
import type { WritableDb } from '#main/sqlite/database.ts';

import { isOfCheck } from './note-check.ts';

/** What a carrier calls something that came in. */
export type ArrivalName = {
  readonly kind: 'text' | 'call' | 'voicemail';
  readonly connectionId: string;
  readonly providerId: string;
  /** Tells apart what stands under one id of the carrier's. */
  readonly aside?: string;
};

/** The uid of what came in: whoever is told it, by webhook or by list, comes to the same. */
export function arrivalUid({ kind, connectionId, providerId, aside }: ArrivalName): string {
  return uidOfName(
    `${kind}/${connectionId}/${providerId}${aside === undefined ? '' : `/${aside}`}`,
  );
}

/**
 * The log tells what this desktop had found in the carrier's list. For the others of a team it is news only now, so it opens
 * the conversation again here too, where the log has it.
 */
export function takeTold(db: WritableDb, name: ArrivalName): Change[] {
  if (!isTeams(db, name.connectionId)) return [];
  const entry = findEntryByUid(db, arrivalUid(name));
  if (entry === undefined || isOfCheck(db, entry)) return [];
  openAgain(db, entry);
  return [{ kind: 'entry-changed', entryId: entry.id }];
}

type Numbered = {
  readonly log: string;
  readonly seq: number;
  readonly raw: { readonly connectionId: string };
};

/** Remembers of a team's delivery how far in the log each conversation has news. Call it in the delivery's transaction. */
export function noteArrivals(
  db: WritableDb,
  { log, seq, raw }: Numbered,
  changes: readonly Change[],
): void {
  if (!isTeams(db, raw.connectionId)) return;
  noteTeamLog(db, log);
  for (const change of changes) {
    const entry = 'entryId' in change ? findEntry(db, change.entryId) : undefined;
    if (entry && !isOfCheck(db, entry)) noteLastIn(db, entry.id, seq);
  }
}
