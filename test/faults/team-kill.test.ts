import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';

import { describe, expect, it } from 'vitest';

import { temporaryFolder } from '#test/fakes/temporary-folder.ts';

import { seeded } from './kill-conversation.ts';
import {
  joinFolder,
  loggedTexts,
  makeRelayFolder,
  missing,
  shownTexts,
  tally,
} from './team-folders.ts';
import {
  PatientCarrier,
  TeamDesktopProcess,
  TeamRelayProcess,
  untilTrue,
} from './team-processes.ts';

const catchUpWithinMs = 40_000;

/** A relay's folder and the folders of its desktops, joined; the relay is running. */
async function startTeam(size: number) {
  const folder = temporaryFolder();
  const relayFolder = path.join(folder, 'relay');
  await makeRelayFolder(relayFolder);
  const relay = await TeamRelayProcess.start(relayFolder);
  const folders = Array.from({ length: size }, (_, index) => path.join(folder, `desk-${index}`));
  for (const each of folders) await joinFolder(each, { relayFolder, address: relay.url });
  const desktops = folders.map((each) => new TeamDesktopProcess(each));
  return { relayFolder, relay, desktops, carrier: new PatientCarrier(relay.url) };
}

type Team = Awaited<ReturnType<typeof startTeam>>;

/** Lets every desktop take in what there is, ends all, and counts. */
async function settle({ relayFolder, desktops, carrier }: Team, relay: TeamRelayProcess) {
  const all = carrier.acknowledged;
  const caughtUp = await untilTrue(
    () => desktops.every(({ folder }) => missing(all, shownTexts(folder)).length === 0),
    catchUpWithinMs,
  );
  // What would be shown twice comes behind.
  await pause(300);
  for (const desktop of desktops) await desktop.kill();
  await relay.kill();
  const shown = desktops.map(({ folder }) => shownTexts(folder));
  return { caughtUp, ...tally(all, await loggedTexts(relayFolder), shown) };
}

const nothingWrong = { caughtUp: true, lost: 0, twice: 0, outOfOrder: 0 };

describe('a team under kill -9', () => {
  it('shows what was acknowledged on every desktop once and in order, whoever was killed when', async () => {
    const seed = Number(process.env['TRUNKLINE_TEST_SEED'] ?? Date.now() % 1_000_000);
    const random = seeded(seed);
    const team = await startTeam(2);
    const { carrier, desktops, relayFolder } = team;
    let { relay } = team;
    const { port } = relay;
    for (const desktop of desktops) await desktop.start();
    const telling = carrier.tellForever(4, 5);
    const kills = { relay: 0, desktop: 0 };
    for (let round = 0; round < 10; round += 1) {
      await pause(100 + 500 * random());
      if (round % 2 === 0) {
        await relay.kill();
        relay = await TeamRelayProcess.start(relayFolder, { port });
        kills.relay += 1;
      } else {
        const desktop = desktops[Math.floor(random() * desktops.length)];
        await desktop?.kill();
        await desktop?.start();
        kills.desktop += 1;
      }
    }
    await pause(500);
    carrier.stop();
    await telling;
    // Desktops that lost their relay often wait long before the next try; those that start begin at once.
    for (const desktop of desktops) {
      await desktop.kill();
      await desktop.start();
    }
    const counts = await settle(team, relay);
    process.stdout.write(`team killed: ${JSON.stringify({ seed, kills, ...counts })}\n`);
    expect(counts.acknowledged).toBeGreaterThan(100);
    expect(counts).toMatchObject(nothingWrong);
  });

  it.each([
    ['after the commit and before the answer: what comes again is known', 'dies'],
    ['after the answer and before the push: it is pushed later', 'mute'],
  ])('loses nothing where the relay is killed %s', async (_, manner) => {
    const team = await startTeam(1);
    const { carrier, desktops, relayFolder } = team;
    const { port } = team.relay;
    for (const desktop of desktops) await desktop.start();
    await team.relay.kill();
    const faulty = await TeamRelayProcess.start(relayFolder, { port, manner });
    const telling = Promise.all(Array.from({ length: 20 }, () => carrier.tell()));
    if (manner === 'mute') {
      await telling;
      await faulty.kill();
    }
    await faulty.ended;
    const pushed = desktops.map(({ folder }) => shownTexts(folder).length);
    const relay = await TeamRelayProcess.start(relayFolder, { port });
    await telling;
    const counts = await settle(team, relay);
    process.stdout.write(`relay ${manner}: ${JSON.stringify({ pushed, ...counts })}\n`);
    if (manner === 'mute') expect(pushed).toEqual([0]);
    expect(counts).toMatchObject({ ...nothingWrong, acknowledged: 20, logged: 20 });
  });

  it('control: a relay that knows no repeat keeps what comes again twice', async () => {
    const team = await startTeam(1);
    const { carrier, relayFolder } = team;
    await team.relay.kill();
    const relay = await TeamRelayProcess.start(relayFolder, {
      port: team.relay.port,
      manner: 'forgetful',
    });
    await carrier.tell();
    await carrier.tellAgain();
    await relay.kill();
    const logged = await loggedTexts(relayFolder);
    process.stdout.write(`control, no repeat known: logged ${logged.length} of 1\n`);
    expect(logged).toEqual(['text 1', 'text 1']);
  });

  it('control: where numbers are given before the commits, desktops pass over what commits late', async () => {
    const team = await startTeam(1);
    const { carrier, desktops, relayFolder } = team;
    await team.relay.kill();
    const { port } = team.relay;
    const relay = await TeamRelayProcess.start(relayFolder, { port, manner: 'unordered' });
    for (const desktop of desktops) await desktop.start();
    for (let round = 0; round < 10; round += 1)
      await Promise.all(Array.from({ length: 20 }, () => carrier.tell()));
    await untilTrue(
      () => desktops.every(({ folder }) => shownTexts(folder).includes('text 200')),
      5_000,
    );
    await relay.kill();
    const shown = desktops.map(({ folder }) => shownTexts(folder));
    const { lost } = tally(carrier.acknowledged, [], shown);
    process.stdout.write(`control, numbers before commits: lost ${lost} of 200\n`);
    expect(lost).toBeGreaterThan(0);
  });
});
