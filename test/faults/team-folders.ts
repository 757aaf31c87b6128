import { mkdirSync } from 'node:fs';
import path from 'node:path';

import { saveCredentials } from '#main/core/connections/credentials.ts';
import { createKeyFileStore } from '#main/core/key-file-store.ts';
import { joinByCode } from '#main/core/team/join-team.ts';
import { addConnection } from '#main/history/connections.ts';
import { addLine } from '#main/history/lines.ts';
import { closeHistory, openHistory } from '#main/history/open-history.ts';
import { systemClock } from '#main/log/system-clock.ts';
import { openSqliteLog } from '#main/relay/sqlite-log.ts';
import { DesktopBook } from '#main/relay/stream/desktop-book.ts';
import { openReader } from '#main/sqlite/open-database.ts';
import { connectionIdSchema } from '#shared/message/line.ts';
import { readAll, textOf } from '#test/fakes/deliveries.ts';
import { ours, webhookSecret } from '#test/fakes/sandbox-desk.ts';

export const accountId = connectionIdSchema.parse('teamfault01');
/** Nothing answers there: nothing is sent, and no list is read. */
export const nobody = 'http://127.0.0.1:9';
export const credentials = { apiKey: 'key-for-a-test-only', webhookSecret };
export const line = {
  number: ours,
  numberType: '10dlc',
  label: 'Front desk',
  colour: '#3b7dd8',
} as const;

/** Makes a relay's data folder with one account of the sandbox. */
export async function makeRelayFolder(folder: string): Promise<void> {
  mkdirSync(folder);
  const db = openHistory(folder);
  const account = { id: accountId, provider: 'sandbox', label: 'Team', baseUrl: nobody };
  addConnection(db, account, Date.now());
  addLine(db, { connectionId: accountId, ...line }, Date.now());
  closeHistory(db);
  await saveCredentials(createKeyFileStore(folder), accountId, credentials);
}

/** Makes a desktop's data folder that belongs to the team of a relay which is running at `address`. */
export async function joinFolder(
  folder: string,
  { relayFolder, address }: { readonly relayFolder: string; readonly address: string },
): Promise<void> {
  mkdirSync(folder);
  const desktops = new DesktopBook(path.join(relayFolder, 'desktops.db'));
  const { code } = desktops.makeCode(Date.now());
  desktops.close();
  const db = openHistory(folder);
  const joining = { db, secrets: createKeyFileStore(folder), clock: systemClock };
  await joinByCode(joining, { address, code, name: path.basename(folder) });
  closeHistory(db);
}

/** The texts that a desktop shows, in the order in which it took them in: all of them are of one conversation. */
export function shownTexts(folder: string): string[] {
  const db = openReader(path.join(folder, 'history.db'));
  try {
    return db
      .prepare("SELECT text FROM entries WHERE kind = 'text' ORDER BY id")
      .pluck()
      .all() as string[];
  } finally {
    db.close();
  }
}

/** The texts that the log of a relay which does not run holds, in its order. */
export async function loggedTexts(relayFolder: string): Promise<string[]> {
  const log = openSqliteLog(path.join(relayFolder, 'relay.db'));
  const stored = await readAll(log);
  await log.close();
  return stored.map(
    (each) => (JSON.parse(textOf(each)) as { message: { text: string } }).message.text,
  );
}

export type TeamTally = {
  readonly acknowledged: number;
  readonly logged: number;
  /** Over all desktops: acknowledged and not shown; shown more than once; shown in another order than the log's. */
  readonly lost: number;
  readonly twice: number;
  readonly outOfOrder: number;
};

/** Holds what every desktop shows to what was acknowledged and to the order of the log. */
export function tally(
  acknowledged: ReadonlySet<string>,
  logged: readonly string[],
  shown: readonly (readonly string[])[],
): TeamTally {
  const place = new Map(logged.map((text, index) => [text, index]));
  const sum = (count: (texts: readonly string[]) => number): number =>
    shown.reduce((total, texts) => total + count(texts), 0);
  return {
    acknowledged: acknowledged.size,
    logged: logged.length,
    lost: sum((texts) => missing(acknowledged, texts).length),
    twice: sum((texts) => texts.length - new Set(texts).size),
    outOfOrder: sum(
      (texts) =>
        texts.filter(
          (text, at) => at > 0 && (place.get(text) ?? -1) < (place.get(texts[at - 1] ?? '') ?? 0),
        ).length,
    ),
  };
}

/** What was acknowledged and is not shown. */
export function missing(acknowledged: ReadonlySet<string>, texts: readonly string[]): string[] {
  const shown = new Set(texts);
  return [...acknowledged].filter((text) => !shown.has(text));
}
