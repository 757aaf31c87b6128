import { expect, test } from 'vitest';

import { appendConsent, canonical, chain, listChained } from '#main/history/consent-ledger.ts';
import { verifyConsent } from '#main/history/verify-consent.ts';
import { examineFolder } from '#main/review/examine-folder.ts';
import type { WritableDb } from '#main/sqlite/database.ts';
import type { ConsentEvent } from '#shared/compliance/consent-event.ts';
import { type HistoryDesk, historyDesk } from '#test/fakes/history-desk.ts';

const length = 50;
const number = '+15550100100';

const event = (nth: number): ConsentEvent => ({
  uid: `00000000-0000-7000-8000-${String(nth).padStart(12, '0')}`,
  number,
  kind: nth % 2 === 0 ? 'opt-in' : 'opt-out',
  source: 'keyword',
  who: 'customer',
  by: null,
  scope: { kind: 'all' },
  evidence: { words: nth % 2 === 0 ? 'START' : 'STOP' },
  at: Date.UTC(2026, 4, 1) + nth * 60_000,
});

/** A ledger whose guards are gone, as to whoever opens the file with another program. */
function openLedger(): HistoryDesk {
  const desk = historyDesk();
  for (let nth = 1; nth <= length; nth += 1) appendConsent(desk.db, event(nth));
  desk.db.exec('DROP TRIGGER consent_not_changed; DROP TRIGGER consent_not_removed;');
  return desk;
}

type Tampering = (db: WritableDb, at: number) => void;

const makeRoom = (db: WritableDb, from: number): void => {
  for (let id = length; id >= from; id -= 1)
    db.prepare('UPDATE consent_events SET id = id + 1 WHERE id = ?').run(id);
};
const setHead = (db: WritableDb, count: number): void =>
  void db.prepare('UPDATE consent_head SET count = ?').run(count);

/** An event that fits behind another, by its own hash. */
function slipIn(db: WritableDb, at: number): void {
  const before = listChained(db, number).find(({ id }) => id === at);
  const previous = before?.previous ?? listChained(db, number).at(-1)?.hash ?? new Uint8Array(32);
  makeRoom(db, at);
  const bytes = canonical(event(length + 1));
  db.prepare('INSERT INTO consent_events (id, event, previous, hash) VALUES (?, ?, ?, ?)').run(
    at,
    bytes,
    previous,
    chain(previous, bytes),
  );
  setHead(db, length + 1);
}

const tamperings: Readonly<Record<string, Tampering>> = {
  edited: (db, at) => {
    const edit = `UPDATE consent_events SET event = replace(event, ?, 'Thanks') WHERE id = ?`;
    db.prepare(edit).run(event(at).evidence.words, at);
  },
  removed: (db, at) => void db.prepare('DELETE FROM consent_events WHERE id = ?').run(at),
  'removed and numbered anew': (db, at) => {
    db.prepare('DELETE FROM consent_events WHERE id = ?').run(at);
    for (let id = at + 1; id <= length; id += 1)
      db.prepare('UPDATE consent_events SET id = id - 1 WHERE id = ?').run(id);
    setHead(db, length - 1);
  },
  'exchanged with its neighbour': (db, at) => {
    const [one, other] = at === length ? [at - 1, at] : [at, at + 1];
    for (const [from, to] of [
      [one, 9_999],
      [other, one],
      [9_999, other],
    ] as const)
      db.prepare('UPDATE consent_events SET id = ? WHERE id = ?').run(to, from);
  },
  'pushed aside by one slipped in': slipIn,
};

test.each(Object.entries(tamperings))(
  'each event of a chain of fifty that is %s is found, and where',
  (_name, tampering) => {
    const { db } = openLedger();
    expect(verifyConsent(db)).toEqual([]);
    for (let at = 1; at <= length; at += 1) {
      db.exec('SAVEPOINT untouched');
      tampering(db, at);
      const [first] = verifyConsent(db);
      db.exec('ROLLBACK TO untouched; RELEASE untouched');
      expect(first, `event ${at}`).toBeDefined();
      expect(Math.abs((first?.id ?? 0) - at), `event ${at}: ${first?.words}`).toBeLessThanOrEqual(
        1,
      );
    }
    expect(verifyConsent(db)).toEqual([]);
  },
);

test.each([1, 25, length])('the doctor names event %i', async (at) => {
  const { db, dataFolder } = openLedger();
  tamperings['edited']?.(db, at);
  const findings = [];
  for await (const each of examineFolder(dataFolder, async () => ({ kind: 'none' }) as never))
    findings.push(each);
  const { state, words } = findings.find(({ check }) => check === 'consent') ?? {};
  expect(state).toBe('failed');
  expect(words).toContain(`Consent event ${at} `);
});
