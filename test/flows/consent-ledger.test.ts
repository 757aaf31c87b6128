import { describe, expect, test } from 'vitest';

import { appendConsent, canonical, chain, listChained } from '#main/history/consent-ledger.ts';
import { verifyConsent } from '#main/history/verify-consent.ts';
import { consentProof } from '#main/review/consent-proof.ts';
import { examineFolder } from '#main/review/examine-folder.ts';
import type { WritableDb } from '#main/sqlite/database.ts';
import type { ConsentEvent } from '#shared/compliance/consent-event.ts';
import { type HistoryDesk, historyDesk } from '#test/fakes/history-desk.ts';

const uid = (nth: number): string => `00000000-0000-7000-8000-${String(nth).padStart(12, '0')}`;
const number = '+15550100100';

const event = (nth: number): ConsentEvent => ({
  uid: uid(nth),
  number,
  kind: 'opt-out',
  source: 'keyword',
  who: 'customer',
  by: null,
  scope: { kind: 'all' },
  evidence: { words: `STOP <b>${nth}</b>` },
  at: Date.UTC(2026, 4, nth),
});

function ledgerOf(count: number): HistoryDesk {
  const desk = historyDesk();
  for (let nth = 1; nth <= count; nth += 1) appendConsent(desk.db, event(nth));
  return desk;
}

/** Whoever tampers with the file has no need of our triggers. */
function tamper(db: WritableDb, statements: string): void {
  db.exec('DROP TRIGGER consent_not_changed; DROP TRIGGER consent_not_removed;');
  db.exec(statements);
}

describe('the consent ledger', () => {
  test('keeps an event once, and refuses to be changed', () => {
    const { db } = ledgerOf(3);
    expect(appendConsent(db, event(2))).toBe(false);
    expect(verifyConsent(db)).toEqual([]);
    expect(() => db.exec("UPDATE consent_events SET event = '{}'")).toThrow(/only ever appended/u);
    expect(() => db.exec('DELETE FROM consent_events')).toThrow(/only ever appended/u);
  });

  test.each([
    [
      'a changed word',
      `UPDATE consent_events SET event = replace(event, 'STOP', 'GO') WHERE id = 3`,
      ['Consent event 3 (opt-out of +15550100100) was edited.'],
    ],
    [
      'a changed hash',
      `UPDATE consent_events SET hash = zeroblob(32) WHERE id = 2`,
      [
        'Consent event 2 (opt-out of +15550100100) was edited.',
        'Consent event 3 (opt-out of +15550100100) does not follow the one before it.',
      ],
    ],
    [
      'the first removed',
      `DELETE FROM consent_events WHERE id = 1`,
      ['Consent event 1 was removed.'],
    ],
    [
      'some in the middle removed',
      `DELETE FROM consent_events WHERE id IN (2, 3)`,
      ['Consent events 2 to 3 were removed.'],
    ],
    [
      'the last removed',
      `DELETE FROM consent_events WHERE id = 5`,
      ['Consent event 5 was removed.'],
    ],
    ['all removed', `DELETE FROM consent_events`, ['Consent events 1 to 5 were removed.']],
    [
      'one removed and the rest numbered anew',
      `DELETE FROM consent_events WHERE id = 2; UPDATE consent_events SET id = id - 1 WHERE id > 2; UPDATE consent_head SET count = 4`,
      ['Consent event 2 (opt-out of +15550100100) does not follow the one before it.'],
    ],
    [
      'two exchanged',
      `UPDATE consent_events SET id = 9 WHERE id = 2; UPDATE consent_events SET id = 2 WHERE id = 3; UPDATE consent_events SET id = 3 WHERE id = 9`,
      [
        'Consent event 2 (opt-out of +15550100100) does not follow the one before it.',
        'Consent event 3 (opt-out of +15550100100) does not follow the one before it.',
        'Consent event 4 (opt-out of +15550100100) does not follow the one before it.',
      ],
    ],
    [
      'the head set back with the last removed',
      `DELETE FROM consent_events WHERE id = 5; UPDATE consent_head SET count = 4`,
      ['Consent event 4 is not the one the ledger ends with.'],
    ],
  ])('finds %s', (_name, statements, words) => {
    const { db } = ledgerOf(5);
    tamper(db, statements);
    expect(verifyConsent(db).map((fault) => fault.words)).toEqual(words);
  });

  test('finds one slipped in at the end', () => {
    const { db } = ledgerOf(2);
    const bytes = canonical(event(9));
    tamper(db, '');
    const previous = listChained(db, number).at(-1)!.hash;
    db.prepare('INSERT INTO consent_events (id, event, previous, hash) VALUES (3, ?, ?, ?)').run(
      bytes,
      previous,
      chain(previous, bytes),
    );
    expect(verifyConsent(db)).toMatchObject([{ kind: 'out-of-place', id: 3 }]);
  });

  test('is looked at by the doctor', async () => {
    const { db, dataFolder } = ledgerOf(3);
    tamper(db, 'DELETE FROM consent_events WHERE id = 2');
    const findings = [];
    for await (const each of examineFolder(dataFolder, async () => ({ kind: 'none' }) as never))
      findings.push(each);
    expect(findings.find(({ check }) => check === 'consent')).toMatchObject({
      state: 'failed',
      words: 'Consent event 2 was removed.',
    });
  });
});

describe('a proof', () => {
  test('can be checked with nothing but itself', () => {
    const { db } = ledgerOf(3);
    const { text } = consentProof(db, { number, now: 0, asOf: null }, 'json');
    const proof = JSON.parse(text) as {
      head: { hash: string };
      events: { event: string; previous: string; hash: string }[];
    };
    for (const { event: bytes, previous, hash } of proof.events)
      expect(Buffer.from(chain(Buffer.from(previous, 'hex'), bytes)).toString('hex')).toBe(hash);
    expect(proof.events.at(-1)?.hash).toBe(proof.head.hash);
  });

  test('as a page shows what was written as words, and as of a day knows nothing of later', () => {
    const { db } = ledgerOf(3);
    const asOf = Date.UTC(2026, 4, 2);
    const { text } = consentProof(db, { number, now: 0, asOf }, 'html');
    expect(text).toContain('STOP &lt;b&gt;2&lt;/b&gt;');
    expect(text).not.toContain('<b>2</b>');
    expect(text).not.toContain('STOP &lt;b&gt;3');
  });
});
