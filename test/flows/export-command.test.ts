import { readFileSync, readdirSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';

import { describe, expect, it } from 'vitest';

import { chooseFormat } from '#main/hosts/cli/choose-out.ts';
import { exportAll } from '#main/hosts/cli/export.ts';
import { rowsOf } from '#test/fakes/export-text.ts';
import { ourNumber } from '#test/fakes/history-desk.ts';
import { runCli } from '#test/fakes/run-cli.ts';
import { temporaryFolder } from '#test/fakes/temporary-folder.ts';
import { variedHistory } from '#test/fakes/varied-history.ts';

const read = (file: string): string => readFileSync(file, 'utf8');

describe('where an export goes', () => {
  it('is standard output where it is called so, and nothing else is said there', async () => {
    const { road, texts } = await variedHistory();
    const { out, err, status } = runCli(['export', '--data', road.dataFolder, '--out', '-']);
    expect(status).toBe(0);
    expect(rowsOf(out)).toHaveLength(texts.length + 5);
    expect(err).toBe(`Exported ${texts.length + 5} entries to standard output.\n`);
  });

  it('is a file that only its owner may read, in the place of the one before', async () => {
    const { road } = await variedHistory();
    const folder = temporaryFolder();
    const out = path.join(folder, 'all.csv');
    writeFileSync(out, 'yesterday');
    expect(runCli(['export', '--data', road.dataFolder, '--out', out]).status).toBe(0);
    expect(read(out)).toMatch(/^uid,at,/);
    expect(statSync(out).mode & 0o777).toBe(0o600);
    expect(readdirSync(folder)).toEqual(['all.csv']);
  });

  it('has the form that is asked for, else the one its name ends in, else lines of JSON', () => {
    expect(chooseFormat(null, 'a.HTM')).toBe('html');
    expect(chooseFormat(null, 'dir.csv/a.csv')).toBe('csv');
    expect(chooseFormat(null, 'dir.csv/a')).toBe('jsonl');
    expect(chooseFormat(null, '-')).toBe('jsonl');
    expect(chooseFormat('html', 'a.csv')).toBe('html');
  });
});

describe('an export that cannot be', () => {
  const outside = (name = 'x.jsonl'): string => path.join(temporaryFolder(), name);

  it.each([
    [['--out', 'x'], /--data DIR/],
    [['--out', 'x', '--colour'], /--help/],
    [['--out', 'x', '--data', 'x', 'more'], /--out FILE/],
    [['--data', 'x'], /--out FILE/],
    [['--out', 'x', '--format', 'pdf'], /--format must be one of jsonl, csv, html, not pdf/],
    [['--out', 'x', '--order', 'size'], /--order must be one of thread, time, not size/],
    [['--out', 'x', '--since', 'yesterday'], /--since must be a day such as 2026-01-31/],
    [['--out', 'x', '--since', '2026-02-31'], /--since must be a day/],
    [['--out', 'x', '--until', '2026-01-01T09:00:00'], /--until must be .* with its zone/],
    [['--out', 'x', '--since', '2026-01-02', '--until', '2026-01-01'], /--until is before/],
  ])('says what is wrong with %j', async (words, sentence) => {
    await expect(exportAll(words)).rejects.toMatchObject({
      name: 'WrongUse',
      message: expect.stringMatching(sentence),
    });
  });

  it('says that a folder was never used, and makes nothing in it', async () => {
    const data = temporaryFolder();
    const run = runCli(['export', '--data', data, '--out', outside()]);
    expect([run.status, run.out]).toEqual([2, '']);
    expect(run.err).toBe(
      `There is no history in ${data}: Trunkline was never started on this folder. Name the data folder that Trunkline uses with --data.\n`,
    );
    const nowhere = ['--data', path.join(data, 'no'), '--out', outside()];
    await expect(exportAll(nowhere)).rejects.toThrow(/There is no folder/);
    expect(readdirSync(data)).toEqual([]);
  });

  it('names the lines there are', async () => {
    const { road } = await variedHistory();
    const words = ['--data', road.dataFolder, '--out', outside(), '--line', '12345'];
    await expect(exportAll(words)).rejects.toMatchObject({
      failure: {
        code: 'bad-input',
        message: 'There is no line 12345 here.',
        cure: `The lines are ${ourNumber}.`,
      },
    });
  });

  it('takes the place of no folder, device, or file of the data folder', async () => {
    const { road } = await variedHistory();
    const link = outside('link');
    symlinkSync(path.join(road.dataFolder, 'history.db'), link);
    const to = (out: string) => exportAll(['--data', road.dataFolder, '--out', out]);
    await expect(to(temporaryFolder())).rejects.toThrow(/is not a file/);
    await expect(to('/dev/null')).rejects.toThrow(/is not a file/);
    await expect(to(path.join(road.dataFolder, 'x'))).rejects.toThrow(/lies in the data folder/);
    await expect(to(link)).rejects.toThrow(/lies in the data folder/);
    await expect(to(path.join(link, 'no', 'a.csv'))).rejects.toThrow(/There is no folder/);
    expect(statSync('/dev/null').isFile()).toBe(false);
  });

  it('leaves a history of another version alone', async () => {
    const { road } = await variedHistory();
    const to = () => exportAll(['--data', road.dataFolder, '--out', outside()]);
    road.db.pragma('user_version = 10');
    await expect(to()).rejects.toThrow(/of an older Trunkline/);
    road.db.pragma('user_version = 99999');
    await expect(to()).rejects.toThrow(/by a newer Trunkline/);
  });

  it('says so where the file is no history', () => {
    const data = temporaryFolder();
    writeFileSync(path.join(data, 'history.db'), 'not a database'.repeat(1_000));
    const out = outside();
    const { status, err } = runCli(['export', '--data', data, '--out', out]);
    expect([status, err]).toEqual([1, expect.stringMatching(/^The history is damaged/)]);
    expect(readdirSync(path.dirname(out))).toEqual([]);
  });
});
