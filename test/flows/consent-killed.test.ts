import { randomUUID } from 'node:crypto';
import { copyFileSync, existsSync } from 'node:fs';
import path from 'node:path';

import { expect, onTestFinished, test } from 'vitest';

import { cancelPending } from '#main/history/cancel-pending.ts';
import { appendConsent } from '#main/history/consent-ledger.ts';
import { saidOfConsent } from '#main/history/consent-of-texts.ts';
import { openHistory } from '#main/history/open-history.ts';
import { verifyConsent } from '#main/history/verify-consent.ts';
import type { WritableDb } from '#main/sqlite/database.ts';
import { ConsentRoad } from '#test/fakes/consent-road.ts';
import { ourNumber } from '#test/fakes/history-desk.ts';
import { sends, unsent } from '#test/fakes/outbound-road.ts';
import { temporaryFolder } from '#test/fakes/temporary-folder.ts';
import { peerNumber } from '#test/fakes/write-history.ts';

/** What a kill at this moment would leave on the disk. */
function killed(folder: string): string {
  const copy = temporaryFolder();
  for (const name of ['history.db', 'history.db-wal'])
    if (existsSync(path.join(folder, name)))
      copyFileSync(path.join(folder, name), path.join(copy, name));
  return copy;
}

const countOf = (db: WritableDb, what: string): number =>
  (db.prepare(`SELECT count(*) AS n FROM ${what}`).get() as { n: number }).n;

/** How much of a STOP is there. */
const standing = (db: WritableDb) => ({
  heard: countOf(db, "entries WHERE text = 'STOP'"),
  ledger: countOf(db, 'consent_events'),
  waiting: countOf(db, "outbox WHERE purpose <> 'legal'"),
  cancelled: countOf(db, "receipts WHERE failure_kind = 'cancelled'"),
  confirmation: countOf(db, 'automatic_replies'),
  line: countOf(db, "entries WHERE kind = 'system'"),
});

const nothing = { heard: 0, ledger: 0, waiting: 2, cancelled: 0, confirmation: 0, line: 0 };
const all = { heard: 1, ledger: 1, waiting: 0, cancelled: 2, confirmation: 1, line: 1 };

test('a kill at any statement of a STOP leaves all of it or nothing', async () => {
  const folder = temporaryFolder();
  const consent = new ConsentRoad({ dataFolder: folder });
  const { road } = consent;
  road.carrier.onSend = () => unsent(3_600_000);
  await sends(road, { text: 'One' });
  await sends(road, { text: 'Two' });
  const copies: string[] = [];
  const prepare = road.db.prepare.bind(road.db);
  // Every statement that this connection has not prepared before, and every look at the clock, is a moment to be killed at.
  road.db.prepare = ((source: string) => {
    copies.push(killed(folder));
    return prepare(source);
  }) as typeof road.db.prepare;
  const now = road.clock.now.bind(road.clock);
  road.clock.now = () => {
    if (road.db.inTransaction) copies.push(killed(folder));
    return now();
  };
  await consent.hears('STOP');
  copies.push(killed(folder));
  const ends = copies.map((copy) => {
    const db = openHistory(copy);
    onTestFinished(() => void db.close());
    expect(verifyConsent(db)).toEqual([]);
    return standing(db);
  });
  const whole = ends.filter(({ heard }) => heard === 1);
  const none = ends.filter(({ heard }) => heard === 0);
  process.stdout.write(
    `killed ${ends.length} times: ${none.length} nothing, ${whole.length} all\n`,
  );
  expect(none.length).toBeGreaterThan(5);
  for (const each of none) expect(each).toEqual(nothing);
  for (const each of whole) expect(each).toEqual(all);
  expect(ends.at(-1)).toEqual(all);
}, 60_000);

test('the same deeds without one transaction around them leave parts of it', async () => {
  const folder = temporaryFolder();
  const consent = new ConsentRoad({ dataFolder: folder });
  const { road } = consent;
  road.carrier.onSend = () => unsent(3_600_000);
  await sends(road, { text: 'One' });
  await sends(road, { text: 'Two' });
  const [number, at] = [peerNumber(0), road.clock.now()];
  const said = { uid: randomUUID(), at, text: 'STOP', peer: number, line: ourNumber };
  appendConsent(road.db, saidOfConsent(said, { kind: 'opt-out', keyword: 'stop' }));
  const between = openHistory(killed(folder));
  onTestFinished(() => void between.close());
  cancelPending(road.db, { number, scope: { kind: 'all' }, because: 'They opted out.', at });
  const end = standing(between);
  expect(end).toMatchObject({ ledger: 1, waiting: 2 });
  expect([nothing, all]).not.toContainEqual(end);
});
