import { writeFileSync } from 'node:fs';
import path from 'node:path';

import { describe, expect, test } from 'vitest';

import { addAttempt, saveProviderId } from '#main/history/attempts.ts';
import { saveBilling } from '#main/history/billing.ts';
import { closeHistory } from '#main/history/open-history.ts';
import { fakeConnection, historyDesk } from '#test/fakes/history-desk.ts';
import { runCli } from '#test/fakes/run-cli.ts';
import { temporaryFolder } from '#test/fakes/temporary-folder.ts';
import { textOut } from '#test/fakes/write-history.ts';

/** A data folder with so many texts out, taken by the carrier as SM0, SM1, …; those planted were billed twice their size. */
function folderWith(count: number, planted: readonly number[]): string {
  const desk = historyDesk();
  for (let at = 0; at < count; at += 1) {
    const attempt = { entryId: textOut(desk).id, attempt: 1 };
    addAttempt(desk.db, { ...attempt, connectionId: fakeConnection, startedAt: 1 });
    saveProviderId(desk.db, attempt, `SM${at}`);
    if (planted.includes(at))
      saveBilling(desk.db, attempt.entryId, {
        segments: 2,
        priceMicros: 16_600,
        feeMicros: null,
        currency: 'USD',
      });
  }
  closeHistory(desk.db);
  return desk.dataFolder;
}

const file = (text: string): string => {
  const name = path.join(temporaryFolder(), 'records.csv');
  writeFileSync(name, text);
  return name;
};

describe('the audit command', () => {
  test('ends with 0 where nothing was billed beyond our count', () => {
    const run = runCli(['audit', '--data', folderWith(2, [])]);
    expect(run).toMatchObject({
      status: 0,
      err: '',
      out: 'No message was billed for more segments than it has.\n',
    });
  });

  test('lists a planted difference with its evidence, and ends with 1', () => {
    const folder = folderWith(3, [1]);
    const { status, out } = runCli(['audit', '--data', folder]);
    expect(status).toBe(1);
    const [row, sum] = out.trimEnd().split('\n');
    expect(row).toMatch(/^Message SM1 · our id [0-9a-f-]{36} · \S+Z · 5 characters in GSM-7/);
    expect(row).toMatch(/· 1 segment by our count · 2 billed$/);
    expect(sum).toBe('1 message was billed for 1 segment more than it has, $0.008 too much.');
    const json = runCli(['audit', '--data', folder, '--json']);
    expect(json.status).toBe(1);
    expect(JSON.parse(json.out)).toMatchObject({
      sum: { messages: 1, segments: 1, money: [{ currency: 'USD', micros: 8_300 }] },
      taken: null,
      differences: [{ providerMessageId: 'SM1', ours: 1, theirs: 2 }],
    });
  });

  test('takes a record file, tells what it refuses, and changes nothing the second time', () => {
    const folder = folderWith(3, []);
    const records = file(
      '\uFEFFMessage SID,Direction,Num Segments,Price,Price Unit\r\n' +
        'SM0,out,3,-0.0249,usd\r\n"SM1",out,1,"-0.0083",usd\r\nSM9,in,1,-0.0083,usd\r\nSM2,out,lots,1,usd\r\n',
    );
    const args = ['audit', '--data', folder, '--from', records];
    const dry = runCli([...args, '--dry-run']);
    expect(dry).toMatchObject({ status: 1 });
    expect(dry.out).toBe('No message was billed for more segments than it has.\n');
    expect(dry.err).toContain('2 rows would be taken');
    const run = runCli([...args, '--json']);
    expect(run.status).toBe(1);
    expect(run.err.split('\n')).toEqual([
      'row 3: No text out of this connection has this id.',
      'row 4: “lots” is no number of segments.',
      '2 rows taken, 0 known already, 1 of texts that are not here, 1 unreadable.',
      '',
    ]);
    expect(JSON.parse(run.out)).toMatchObject({
      sum: { messages: 1, segments: 2, money: [{ currency: 'USD', micros: 16_600 }] },
      differences: [{ providerMessageId: 'SM0', ours: 1, theirs: 3, overMicros: 16_600 }],
    });
    expect(runCli(args).err).toContain('0 rows taken, 2 known already');
  });

  test('takes columns by the names a person gives', () => {
    const records = file('Ref;Teile;Betrag\nSM0;2;0.0166\n');
    const args = ['audit', '--data', folderWith(1, []), '--from', records];
    const unknown = runCli(args);
    expect(unknown.status).toBe(2);
    expect(unknown.err).toContain('the columns are Ref, Teile, Betrag');
    const named = runCli([...args, '--columns', 'id=Ref,segments=Teile,price=Betrag']);
    expect(named.out).toContain('1 message was billed for 1 segment more than it has, $0.008');
  });

  test.each([
    [['--columns', 'who=x', '--from', 'x'], 'it may name id, segments'],
    [['--from', '/nowhere/at/all.csv'], 'cannot be read'],
    [['--from', 'empty', '--connection', 'nobody'], 'There are: fake0001 (Fake)'],
    [['--from', 'empty'], 'The file is empty'],
    [['more'], 'audit takes no words'],
  ])('is called wrongly by %j', (args, sentence) => {
    const words = args.map((word) => (word === 'empty' ? file('') : word));
    const run = runCli(['audit', '--data', folderWith(1, []), ...words]);
    expect(run.status).toBe(2);
    expect(run.err).toContain(sentence);
  });
});
