import { randomUUID } from 'node:crypto';

import { describe, expect, test } from 'vitest';

import { consentHandlers } from '#main/commands/consent.ts';
import { countAttention } from '#main/history/attention.ts';
import { readConsentState } from '#main/history/consent-ledger.ts';
import { tellTeam } from '#main/history/team-outbox.ts';
import { verifyConsent } from '#main/history/verify-consent.ts';
import type { ConsentEvent } from '#shared/compliance/consent-event.ts';
import type { ConsentSummary } from '#shared/contract/consent-commands.ts';
import {
  type TeamDesktop,
  blankHistory,
  teamConnection,
  teamLine,
} from '#test/fakes/team-desktop.ts';
import { TeamWorld, acceptedAs, everything, threadsOf } from '#test/fakes/team-world.ts';
import { seeded } from '#test/faults/kill-conversation.ts';

const minute = 60_000;

function worldOf(count: number, blank = blankHistory()): TeamWorld {
  const world = new TeamWorld(blank, count);
  for (const { carrier } of world.desktops)
    carrier.onSend = (text) => acceptedAs(`sent-${text.uid}`);
  return world;
}

const says = (world: TeamWorld, text: string): void =>
  world.hook({ ...world.textIn(world.peer(0)), text } as ReturnType<TeamWorld['textIn']>);

const confirmationsOf = (world: TeamWorld): number =>
  world.desktops
    .flatMap(({ carrier }) => carrier.sent)
    .filter(({ text }) => text.includes('You are opted out')).length;

async function together(world: TeamWorld, desktops = world.desktops): Promise<void> {
  for (let turn = 0; turn < 3; turn += 1)
    for (const each of desktops) {
      world.pull(each, everything);
      world.push(each, everything);
      await each.wake();
    }
}

const standingOn = ({ db, clock }: TeamDesktop, number: string) =>
  readConsentState(db, number, { now: clock.now() }).optedOut;

const deed = async (
  desktop: TeamDesktop,
  what: 'consent.opt-out' | 'consent.undo',
): Promise<{ consent: ConsentSummary }> => {
  const threadId = threadsOf(desktop)[0]!.id;
  const handlers = consentHandlers({ ...desktop.desk, wakeOutbox: () => undefined });
  return what === 'consent.undo'
    ? await handlers[what]({ threadId })
    : await handlers[what]({ threadId, note: 'asked by phone' });
};

describe('the confirmation of a STOP that three desktops hear', () => {
  test('goes out once, from the one whose claim is first in the log; one that was offline sends none', async () => {
    const world = worldOf(3);
    says(world, 'STOP');
    const [a, b, offline] = world.desktops as [TeamDesktop, TeamDesktop, TeamDesktop];
    await together(world, [b, a]);
    expect([a, b].map(({ carrier }) => carrier.sent.length)).toEqual([0, 1]);
    await together(world, [offline, a, b]);
    expect(confirmationsOf(world)).toBe(1);
    for (const each of world.desktops) {
      expect(standingOn(each, world.peer(0))).toMatchObject({ who: 'customer' });
      expect(verifyConsent(each.db)).toEqual([]);
    }
    world.close();
  });

  test('is never sent twice, whatever the order, and however often a desktop is started anew', async () => {
    const seed = Number(process.env['TRUNKLINE_SEED'] ?? Date.now() % 1_000_000);
    const blank = blankHistory();
    const chance = seeded(seed);
    const below = (limit: number): number => Math.floor(chance() * limit);
    const counts = { runs: 0, sent: 0, restarts: 0 };
    for (let run = 0; run < 150; run += 1) {
      const world = worldOf(3, blank);
      says(world, 'STOP');
      for (let step = 0; step < 25; step += 1) {
        const each = world.desktops[below(3)]!;
        const act = below(4);
        if (act === 0) world.pull(each, 1 + below(3));
        else if (act === 1) world.push(each, 1, below(3) > 0);
        else if (act === 2) await each.wake();
        else {
          each.restart();
          counts.restarts += 1;
        }
      }
      await together(world);
      counts.runs += 1;
      counts.sent += confirmationsOf(world);
      expect(confirmationsOf(world), `seed ${seed}, run ${run}`).toBeLessThanOrEqual(1);
      world.close();
    }
    process.stdout.write(`team consent: seed ${seed}, ${JSON.stringify(counts)}\n`);
    expect(counts.sent).toBeGreaterThan(100);
  }, 120_000);

  test('is not sent where the claim comes back too late, and that is said', async () => {
    const world = worldOf(1);
    says(world, 'STOP');
    const [alone] = world.desktops as [TeamDesktop];
    world.pull(alone, everything);
    alone.clock.jump(5 * minute);
    await together(world);
    expect(confirmationsOf(world)).toBe(0);
    expect(
      [...alone.screen.values()].map((entry) => ('text' in entry ? entry.text : '')),
    ).toContain(
      'The confirmation was not sent: the team’s relay could not be asked in time who sends it.',
    );
    world.close();
  });

  test('would go out three times if every desktop sent what it claims at once', async () => {
    const world = worldOf(3);
    says(world, 'STOP');
    for (const each of world.desktops) {
      world.pull(each, everything);
      // The control: each takes its own claim for the first, without the log.
      for (const { event } of each.untold(everything)) {
        const raw = {
          provider: 'trunkline',
          connectionId: each.id,
          method: 'TEAM',
          url: '',
          headers: {},
          body: Buffer.from(JSON.stringify(event)),
          receivedAt: event.at,
        };
        each.take({ seq: each.cursor + 1, raw });
      }
      await each.wake();
    }
    expect(confirmationsOf(world)).toBe(3);
    world.close();
  });
});

describe('an agent of a team', () => {
  test('opts somebody out on every desktop, and a colleague takes it back', async () => {
    const world = worldOf(2);
    const [a, b] = world.desktops as [TeamDesktop, TeamDesktop];
    says(world, 'Hello');
    await together(world);
    b.carrier.onSend = () => ({
      kind: 'unsent',
      failure: { kind: 'rate-limited', raw: null },
      retryAfterMs: 3_600_000,
    });
    await b.send(world.peer(0), 'Waits', {
      kind: 'unsent',
      failure: { kind: 'rate-limited', raw: null },
      retryAfterMs: 3_600_000,
    });
    await deed(a, 'consent.opt-out');
    await together(world);
    expect(standingOn(b, world.peer(0))).toMatchObject({ who: 'agent' });
    const waiting = [...b.screen.values()].find(
      (entry) => 'text' in entry && entry.text === 'Waits',
    );
    expect(waiting).toMatchObject({ state: 'failed', failure: { kind: 'cancelled' } });
    await deed(b, 'consent.undo');
    await together(world);
    expect(standingOn(a, world.peer(0))).toBeNull();
    world.close();
  });

  test('cannot take back what the customer said', async () => {
    const world = worldOf(2);
    says(world, 'STOP');
    await together(world);
    await expect(deed(world.desktops[0]!, 'consent.undo')).rejects.toMatchObject({
      failure: { code: 'refused', cure: 'They can text START to this line.' },
    });
    world.close();
  });

  test.each([
    ['as the customer', { who: 'customer', source: 'keyword' }],
    ['as another desktop', { by: 'desk-b' }],
    ['about another number than that of the conversation', { number: '+15550200001' }],
  ] as const)('whose desktop speaks %s is not believed', async (_name, forged) => {
    const world = worldOf(2);
    const [a, b] = world.desktops as [TeamDesktop, TeamDesktop];
    says(world, 'STOP');
    await together(world);
    const place = { connectionId: teamConnection, line: teamLine, peer: world.peer(0) };
    const at = a.clock.now() + 60_000;
    const event: ConsentEvent = {
      uid: randomUUID(),
      number: world.peer(0),
      kind: 'opt-in',
      source: 'agent',
      who: 'agent',
      by: a.id,
      scope: { kind: 'all' },
      evidence: { keyword: 'start' },
      at,
      ...forged,
    };
    tellTeam(a.db, { kind: 'consent-told', at, place, event });
    await together(world);
    expect(standingOn(b, world.peer(0))).toMatchObject({ who: 'customer' });
    expect(countAttention(b.db)).toBe(1);
    world.close();
  });
});
