import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';

import { describe, expect, it } from 'vitest';

import { readCredentials } from '#main/core/connections/credentials.ts';
import { createKeyFileStore } from '#main/core/key-file-store.ts';
import { changeConnection, markConnectionRemoved } from '#main/history/connections.ts';
import { addLine } from '#main/history/lines.ts';
import type { ConnectionView } from '#shared/contract/connection-shapes.ts';
import { webhookSecret } from '#test/fakes/sandbox-desk.ts';
import { type TeamDesktop, TeamLab, sharedId } from '#test/fakes/team-lab.ts';
import { until } from '#test/fakes/until.ts';

const list = async (desktop: TeamDesktop): Promise<ConnectionView[]> =>
  (await desktop.core.caller.call('connections.list', {})).connections;

const findShared = async (desktop: TeamDesktop): Promise<ConnectionView | undefined> =>
  (await list(desktop)).find(({ id }) => id === sharedId);

const isLabelled = (desktop: TeamDesktop, label: string) =>
  until(async () => (await findShared(desktop))?.label === label);

describe('what the relay shares', () => {
  it('is a connection that comes in by the relay’s webhook, beside one’s own', async () => {
    const lab = await TeamLab.start();
    const desktop = await lab.desktop('Kim');
    await isLabelled(desktop, 'Team account');
    const shared = await findShared(desktop);
    expect(shared).toMatchObject({ origin: 'team', inboundRoad: 'webhook' });
    expect(shared?.hooks[0]?.url).toMatch(
      /^http:\/\/127\.0\.0\.1:\d+\/hooks\/sandbox\/sandbox0team$/,
    );
    const { lines } = await desktop.core.caller.call('overview.get', {});
    const line = lines.find(({ connectionId }) => connectionId === sharedId);
    expect(line).toMatchObject({ label: 'Front desk', colour: '#3b7dd8' });
    expect((await list(desktop)).map(({ origin }) => origin).toSorted()).toEqual(['own', 'team']);
    const kept = await readCredentials(createKeyFileStore(desktop.folder), sharedId);
    expect(kept).toEqual({ apiKey: 'key-of-the-team', webhookSecret });
  });

  it('lies nowhere in clear, and neither does the key of the desktop', async () => {
    const lab = await TeamLab.start();
    const desktop = await lab.desktop('Kim');
    await isLabelled(desktop, 'Team account');
    const key = await createKeyFileStore(desktop.folder).get('team-key');
    await desktop.stop();
    const all = readdirSync(desktop.folder, { recursive: true, withFileTypes: true })
      .filter((file) => file.isFile())
      .map((file) => readFileSync(path.join(file.parentPath, file.name), 'latin1'));
    expect(all.length).toBeGreaterThan(3);
    for (const secret of ['key-of-the-team', webhookSecret, key ?? ''])
      expect(all.filter((text) => text.includes(secret))).toEqual([]);
  });

  it('says that nothing comes in while the relay is away', async () => {
    const lab = await TeamLab.start();
    const desktop = await lab.desktop('Kim');
    const isAway = async () =>
      (await findShared(desktop))?.sentence.startsWith('Nothing comes in: ') ?? true;
    await until(async () => !(await isAway()));
    await lab.stopRelay();
    await until(isAway);
    expect(await findShared(desktop)).toMatchObject({ state: 'trouble' });
    const own = (await list(desktop)).find(({ origin }) => origin === 'own');
    expect(own?.state).toBe('ok');
    await lab.startRelay();
    await until(async () => !(await isAway()));
  });

  it('is changed by the relay alone', async () => {
    const lab = await TeamLab.start();
    const desktop = await lab.desktop('Kim');
    await isLabelled(desktop, 'Team account');
    const { caller } = desktop.core;
    const { lines } = await caller.call('overview.get', {});
    const lineId = lines.find(({ connectionId }) => connectionId === sharedId)?.id;
    if (lineId === undefined) throw new Error('no line');
    const of = { connectionId: sharedId };
    const offer = { place: null, sms: true, mms: true, setupMicros: null, monthlyMicros: null };
    const number = { number: '+15550100009', numberType: '10dlc' } as const;
    const tries = [
      caller.call('connection.change', { ...of, label: 'Mine' }),
      caller.call('connection.remove', of),
      caller.call('connection.write-hooks', { ...of, numbers: [] }),
      caller.call('numbers.buy', { ...of, label: 'New', offer: { ...offer, ...number } }),
      caller.call('line.add', { ...of, ...number, label: 'New' }),
      caller.call('line.change', { lineId, label: 'Mine', colour: '#111111' }),
    ];
    for (const each of await Promise.allSettled(tries))
      expect(each).toMatchObject({
        status: 'rejected',
        reason: {
          failure: { code: 'refused', message: 'This connection is kept by the team’s relay.' },
        },
      });
    expect(await findShared(desktop)).toMatchObject({ label: 'Team account' });
  });

  it('follows what is changed there: names, lines, what is shared no more and shared again', async () => {
    const lab = await TeamLab.start();
    const desktop = await lab.desktop('Kim');
    await isLabelled(desktop, 'Team account');
    await lab.changeRelay((db) => {
      changeConnection(db, sharedId, { label: 'Renamed', publicUrl: null, disabled: true });
      const number = { number: '+15550100002', numberType: 'toll-free' } as const;
      addLine(db, { connectionId: sharedId, ...number, label: 'Second', colour: '#b4652a' }, 0);
    });
    await isLabelled(desktop, 'Renamed');
    expect(await findShared(desktop)).toMatchObject({ disabled: true, lines: [{}, {}] });
    await lab.changeRelay((db) => markConnectionRemoved(db, sharedId, 1));
    await until(async () => (await findShared(desktop)) === undefined);
    const secrets = createKeyFileStore(desktop.folder);
    await until(async () => (await readCredentials(secrets, sharedId)) === null);
    await lab.changeRelay((db) => {
      db.prepare('UPDATE connections SET removed_at = NULL').run();
    });
    await isLabelled(desktop, 'Renamed');
    const words = await lab.receive(1);
    await until(() => desktop.texts().length === 1);
    expect(desktop.texts()).toEqual(words);
  });
});

describe('leaving', () => {
  it('ends the sharing; the conversations stay, and a new code joins again', async () => {
    const lab = await TeamLab.start();
    const desktop = await lab.desktop('Kim');
    const { caller } = desktop.core;
    const words = await lab.receive(2);
    await until(() => desktop.texts().length === 2);
    expect((await caller.call('team.leave', {})).team).toMatchObject({ state: 'none' });
    expect(await findShared(desktop)).toBeUndefined();
    expect(desktop.texts()).toEqual(words);
    words.push(...(await lab.receive(2)));
    const { address } = lab;
    await caller.call('team.join', { address, code: lab.makeCode(), name: 'Kim again' });
    await until(() => desktop.texts().length >= 4);
    expect(desktop.texts()).toEqual(words);
    expect(await desktop.team()).toMatchObject({ name: 'Kim again' });
  });
});
