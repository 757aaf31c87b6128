import { readFileSync, statSync } from 'node:fs';
import path from 'node:path';

import { describe, expect, test } from 'vitest';

import { cancelPending } from '#main/history/cancel-pending.ts';
import { listConsent } from '#main/history/consent-ledger.ts';
import { consentFacts } from '#main/history/consent-of-number.ts';
import { all } from '#main/sqlite/database.ts';
import { sql } from '#main/sqlite/sql.ts';
import { ConsentRoad } from '#test/fakes/consent-road.ts';
import { plansOf } from '#test/fakes/query-plans.ts';
import { runCli } from '#test/fakes/run-cli.ts';
import { temporaryFolder } from '#test/fakes/temporary-folder.ts';
import { peerNumber } from '#test/fakes/write-history.ts';

const number = peerNumber(0);

async function stopped(): Promise<ConsentRoad> {
  const consent = new ConsentRoad();
  await consent.hears('STOP');
  return consent;
}

describe('consent NUMBER', () => {
  test('says where it stands and stood, with every event', async () => {
    const { road } = await stopped();
    const run = (...more: string[]) =>
      runCli(['consent', number, '--data', road.dataFolder, ...more]);
    const now = run();
    expect(now).toMatchObject({ status: 0, err: '' });
    expect(now.out).toMatch(new RegExp(`^\\${number}: opted-out\n`, 'u'));
    expect(now.out).toContain('Opted out. By a text on +15550100001. "STOP"');
    expect(run('--as-of', '2025-12-31').out).toBe(`${number}: none\n`);
  });

  test('writes a proof that only its owner may read', async () => {
    const { road } = await stopped();
    const file = path.join(temporaryFolder(), 'proof.json');
    const run = runCli(['consent', number, '--data', road.dataFolder, '--proof', file]);
    expect(run.status).toBe(0);
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(JSON.parse(readFileSync(file, 'utf8'))).toMatchObject({
      consent: { standing: 'opted-out' },
      faults: [],
    });
  });

  test('ends with 1 where the chain does not hold, and with 2 where it is called wrongly', async () => {
    const { road } = await stopped();
    road.db.exec('DROP TRIGGER consent_not_changed; UPDATE consent_events SET hash = zeroblob(32)');
    const run = runCli(['consent', number, '--data', road.dataFolder]);
    expect(run).toMatchObject({ status: 1 });
    expect(run.out).toContain('was edited.');
    expect(runCli(['consent', '--data', road.dataFolder]).status).toBe(2);
    expect(runCli(['consent', 'nobody', '--data', road.dataFolder]).status).toBe(2);
  });
});

test('what is asked for every text looks into indexes alone', async () => {
  const { road } = await stopped();
  const plans = plansOf(road.db, (db) => {
    consentFacts(db, { number, line: '+15550100001', now: 0 });
    listConsent(db, number);
    cancelPending(db, { number, scope: { kind: 'all' }, because: 'x', at: 0 });
  }).flatMap(({ plan }) => plan);
  expect(plans.length).toBeGreaterThan(3);
  // Of lines and broadcasts there are few; what is looked for in each of them is found by an index.
  const scans = plans.filter((line) => /^SCAN (?!lines|broadcasts$)/u.test(line));
  expect(scans).toEqual([]);
  expect(all(road.db, sql`SELECT 1 FROM consent_events`)).toHaveLength(1);
});
