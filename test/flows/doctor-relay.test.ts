import path from 'node:path';

import { expect, it } from 'vitest';

import { openWorkspace } from '#main/core/open-workspace.ts';
import { DesktopBook } from '#main/relay/stream/desktop-book.ts';
import { openDatabase } from '#main/sqlite/open-database.ts';

import { examine } from '../fakes/examine.ts';
import { temporaryFolder } from '../fakes/temporary-folder.ts';

it('looks at the list of desktops where there is one', async () => {
  const folder = temporaryFolder();
  openWorkspace(folder).close();
  const checksOf = async (): Promise<string[]> =>
    (await examine(folder)).findings
      .filter(({ check }) => check.startsWith('desktops.db'))
      .map(({ check, state }) => `${check}: ${state}`);
  expect(await checksOf()).toEqual([]);
  const file = path.join(folder, 'desktops.db');
  new DesktopBook(file).close();
  expect(await checksOf()).toEqual(
    ['whole', 'version', 'journal', 'references'].map((what) => `desktops.db ${what}: passed`),
  );
  const db = openDatabase(file);
  db.exec('PRAGMA user_version = 9');
  db.close();
  expect((await examine(folder)).failed).toContain('desktops.db version');
});
