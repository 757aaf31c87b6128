import { readFileSync } from 'node:fs';
import path from 'node:path';

import { describe, expect, it } from 'vitest';

import { DesktopBook } from '#main/relay/stream/desktop-book.ts';
import { streamVersion } from '#shared/team/stream-frames.ts';

import { ManualClock } from '../fakes/manual-clock.ts';
import { makeKeys, StreamDesktop } from '../fakes/stream-desktop.ts';
import { TeamRelay } from '../fakes/team-relay.ts';
import { temporaryFolder } from '../fakes/temporary-folder.ts';

const minute = 60_000;

/** Tries a code; the end of the try is a frame, and the socket is left as it is. */
async function tryCode(desktop: StreamDesktop, code: string): Promise<void> {
  const { publicKey } = makeKeys();
  desktop.say({ type: 'pair', version: streamVersion, code, name: 'Any', publicKey });
}

describe('pairing', () => {
  it('takes a code as people say it, and once', async () => {
    const relay = await TeamRelay.start();
    const code = relay.makeCode();
    expect(code).toMatch(/^(?:[0-9A-HJKMNP-TV-Z]{4}-){2}[0-9A-HJKMNP-TV-Z]{4}$/);
    const spoken = code.toLowerCase().replaceAll('-', ' ').replaceAll('0', 'o');
    const { desktop } = await StreamDesktop.pair(relay.url, spoken);
    expect(relay.workspace().desktops.find(desktop)).toMatchObject({ name: 'Desk 1' });
    const second = await StreamDesktop.open(relay.url);
    await tryCode(second, code);
    expect(await second.next('pair-refused')).toMatchObject({
      sentence: expect.stringContaining('Ask for a new one'),
    });
    expect(relay.workspace().desktops.list()).toHaveLength(1);
  });

  it('gives a code a quarter of an hour', async () => {
    const clock = new ManualClock();
    const relay = await TeamRelay.start({ clock });
    const [inTime, late] = [relay.makeCode(), relay.makeCode()];
    await clock.advance(15 * minute - 1);
    await StreamDesktop.pair(relay.url, inTime);
    await clock.advance(1);
    const desktop = await StreamDesktop.open(relay.url);
    await tryCode(desktop, late);
    await desktop.next('pair-refused');
    expect(relay.workspace().desktops.list()).toHaveLength(1);
  });

  it('bears five wrong codes, then not even a right one until a while has passed', async () => {
    const clock = new ManualClock();
    const relay = await TeamRelay.start({ clock });
    const right = relay.makeCode();
    const guesser = await StreamDesktop.open(relay.url);
    for (let tries = 0; tries < 5; tries += 1) {
      await tryCode(guesser, 'AAAA-AAAA-AAAA');
      await guesser.next('pair-refused');
    }
    expect(guesser.closed).toBeNull();
    await tryCode(guesser, right);
    expect(await guesser.untilClosed()).toMatchObject({ code: 1013 });
    const another = await StreamDesktop.open(relay.url);
    await tryCode(another, right);
    expect(await another.untilClosed()).toMatchObject({ code: 1013 });
    expect(relay.workspace().desktops.list()).toHaveLength(0);
    await clock.advance(minute);
    await StreamDesktop.pair(relay.url, right);
  });

  it('finds the workspace that the code is of', async () => {
    const relay = await TeamRelay.start({ names: ['main', 'second'] });
    const identity = await relay.pair('second');
    expect(relay.workspace('main').desktops.list()).toEqual([]);
    const desktop = await StreamDesktop.join(relay.url, identity);
    expect(await desktop.next('welcome')).toMatchObject({ workspace: 'second' });
  });

  it('writes neither code nor private key down', async () => {
    const folder = temporaryFolder();
    const file = path.join(folder, 'desktops.db');
    const book = new DesktopBook(file);
    const { code } = book.makeCode(0);
    book.close();
    const bytes = readFileSync(file).toString('latin1');
    expect(bytes).toContain('expires_at');
    for (const written of [code, code.replaceAll('-', '')]) expect(bytes).not.toContain(written);
  });

  it('takes a desktop off while it is connected, within a second of the word', async () => {
    const clock = new ManualClock();
    const relay = await TeamRelay.start({ clock });
    const [identity, other] = [await relay.pair(), await relay.pair('main', 'Desk 2')];
    const desktop = await StreamDesktop.join(relay.url, identity);
    const witness = await StreamDesktop.join(relay.url, other);
    await Promise.all([desktop.next('welcome'), witness.next('welcome')]);
    await clock.advance(1_000);
    const commandLine = new DesktopBook(path.join(relay.workspace().folder, 'desktops.db'));
    expect(commandLine.revoke(identity.desktop, clock.now())).toBe(true);
    expect(commandLine.revoke(identity.desktop, clock.now())).toBe(false);
    commandLine.close();
    await clock.advance(1_000);
    expect(await desktop.untilClosed()).toMatchObject({ code: 4403 });
    expect(witness.closed).toBeNull();
    const again = await StreamDesktop.join(relay.url, identity);
    expect(await again.untilClosed()).toMatchObject({ code: 4403 });
    const forged = await StreamDesktop.join(relay.url, { ...identity, keys: makeKeys() });
    expect(await forged.untilClosed()).toMatchObject({ code: 4401 });
  });

  it('takes a desktop off that is about to be welcomed', async () => {
    const relay = await TeamRelay.start();
    const { log, folder } = relay.workspace();
    const identity = await relay.pair();
    const [asked, gate] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
    const health = log.health.bind(log);
    log.health = async () => {
      asked.resolve();
      await gate.promise;
      return health();
    };
    const desktop = await StreamDesktop.join(relay.url, identity);
    await asked.promise;
    const commandLine = new DesktopBook(path.join(folder, 'desktops.db'));
    commandLine.revoke(identity.desktop, Date.now());
    commandLine.close();
    gate.resolve();
    expect(await desktop.untilClosed()).toMatchObject({ code: 4403 });
    expect(desktop.frames.map(({ type }) => type)).toEqual(['challenge']);
  });
});
