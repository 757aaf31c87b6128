import { describe, expect, it } from 'vitest';

import { signatureOf } from '../fakes/signing-guard.ts';
import { StreamDesktop } from '../fakes/stream-desktop.ts';
import { TeamRelay } from '../fakes/team-relay.ts';

/** Words that belong to one workspace alone, in all that there is of it. */
const canaries = { main: 'canary-of-main', second: 'canary-of-second' } as const;
type Name = keyof typeof canaries;

/** All that a desktop was told, bodies in the clear. */
function heard(desktop: StreamDesktop): string {
  const bodies = desktop.frames.flatMap((frame) =>
    frame.type === 'delivery' ? [Buffer.from(frame.raw.body, 'base64').toString()] : [],
  );
  return JSON.stringify(desktop.frames) + bodies.join('\n');
}

/** A carrier's call for a workspace's connection. */
async function call(relay: TeamRelay, name: Name, words: string): Promise<number> {
  const url = `${relay.url}/hooks/acme/acme0000${name}`;
  const headers = { 'x-signature': signatureOf('right', url, words), 'x-id': words };
  return (await fetch(url, { method: 'POST', body: words, headers })).status;
}

describe('two workspaces behind one relay', () => {
  it('hear nothing of each other', async () => {
    const names = Object.keys(canaries) as Name[];
    const relay = await TeamRelay.start({ names });
    const desktops = new Map<Name, StreamDesktop>();
    for (const name of names) {
      const identity = await relay.pair(name, `desk ${canaries[name]}`);
      const desktop = await StreamDesktop.join(relay.url, identity);
      await desktop.next('members');
      desktops.set(name, desktop);
    }
    for (let round = 0; round < 50; round += 1)
      for (const name of names)
        expect(await call(relay, name, `${canaries[name]} ${round}`)).toBe(200);
    for (const name of names) {
      const desktop = desktops.get(name) as StreamDesktop;
      await desktop.deliveries(50);
      const other = name === 'main' ? 'second' : 'main';
      expect(heard(desktop)).toContain(canaries[name]);
      expect(heard(desktop)).toContain(`token-of-acme0000${name}`);
      expect(heard(desktop)).not.toContain(canaries[other]);
      expect(heard(desktop)).not.toContain(`acme0000${other}`);
      expect((await relay.workspace(name).log.health()).lastSeq).toBe(50);
    }
  });

  it('take no desktop of each other: a cursor of the other log begins anew in its own', async () => {
    const relay = await TeamRelay.start({ names: ['main', 'second'] });
    await relay.workspace('main').append('a', 'b', 'c');
    const identity = await relay.pair('second');
    const cursor = { log: relay.workspace('main').log.id, after: 0 };
    const desktop = await StreamDesktop.join(relay.url, identity, cursor);
    expect(await desktop.next('welcome')).toMatchObject({
      workspace: 'second',
      log: relay.workspace('second').log.id,
      lastSeq: 0,
      reset: 'other-log',
    });
  });
});

describe('the reports', () => {
  it('name workspaces and count desktops, and hold nothing secret', async () => {
    const relay = await TeamRelay.start({ names: ['main', 'second'] });
    const identity = await relay.pair('second', 'Front desk');
    const desktop = await StreamDesktop.join(relay.url, identity);
    await desktop.next('members');
    const metrics = await (await fetch(`${relay.url}/metrics`)).text();
    const health = await (await fetch(`${relay.url}/healthz`)).text();
    expect(metrics).toContain('desktops_connected{workspace="second"} 1\n');
    expect(metrics).toContain('desktops_connected{workspace="main"} 0\n');
    const { keys } = identity;
    for (const secret of [identity.desktop, 'Front desk', keys.publicKey, 'token-of', 'acme0000'])
      expect(metrics + health).not.toContain(secret);
  });
});
