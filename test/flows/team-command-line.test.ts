import { describe, expect, it } from 'vitest';

import { runCliBeside } from '#test/fakes/run-cli-beside.ts';
import { TeamLab, sharedId } from '#test/fakes/team-lab.ts';
import { temporaryFolder } from '#test/fakes/temporary-folder.ts';
import { until } from '#test/fakes/until.ts';

const joining = (lab: TeamLab, folder: string, code: string): string[] =>
  `join --data ${folder} --relay ${lab.address} --code ${code} --name Desk`.split(' ');

describe('join and leave on the command line', () => {
  it('joins a desktop that is not running, which connects when it is started', async () => {
    const lab = await TeamLab.start();
    const folder = temporaryFolder();
    const joined = await runCliBeside(joining(lab, folder, lab.makeCode()));
    expect(joined).toMatchObject({ status: 0, err: '' });
    const told = JSON.parse(joined.out) as { desktop: string };
    expect(told).toMatchObject({ workspace: 'main', name: 'Desk' });
    const words = await lab.receive(3);
    const desktop = await lab.desktop('not used', { folder });
    await until(() => desktop.texts().length === 3);
    expect(desktop.texts()).toEqual(words);
    expect(await desktop.team()).toMatchObject({ desktop: told.desktop, name: 'Desk' });
  });

  it('says what is wrong with a code, an address and the use', async () => {
    const lab = await TeamLab.start();
    const folder = temporaryFolder();
    const code = lab.makeCode();
    const wrongCode = await runCliBeside(joining(lab, folder, 'AAAA-AAAA-AAAA'));
    expect(wrongCode.status).toBe(1);
    expect(wrongCode.err).toMatch(/^code: This code is not good: .* Ask for a new one\.\n$/);
    await runCliBeside(joining(lab, folder, code));
    const usedCode = await runCliBeside(joining(lab, temporaryFolder(), code));
    expect(usedCode.err).toMatch(/^code: This code is not good/);
    const twice = await runCliBeside(joining(lab, folder, lab.makeCode()));
    expect(twice.err).toBe('This desktop is in a team already. Leave it first.\n');
    const use = await runCliBeside(['join', '--data', folder, '--relay', lab.address]);
    expect(use.status).toBe(2);
    expect(use.err).toMatch(/^--code is missing/);
  });

  it('leaves: the connections go, the conversations stay', async () => {
    const lab = await TeamLab.start();
    const folder = temporaryFolder();
    await runCliBeside(joining(lab, folder, lab.makeCode()));
    const desktop = await lab.desktop('not used', { folder });
    const words = await lab.receive(2);
    await until(() => desktop.texts().length === 2);
    await desktop.stop();
    const left = await runCliBeside(['leave', '--data', folder]);
    expect(JSON.parse(left.out)).toEqual({ removedConnections: [sharedId] });
    expect(desktop.texts()).toEqual(words);
    const listed = await runCliBeside(['connections', '--data', folder, '--json']);
    expect(listed.out).toBe('[]\n');
    expect(JSON.parse(desktop.fileText('secrets.json'))).toEqual({ version: 1, secrets: {} });
  });
});
