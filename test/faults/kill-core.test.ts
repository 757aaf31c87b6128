import { rmSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';

import Database from 'better-sqlite3';
import { expect, it } from 'vitest';

import { openSqliteLog } from '#main/relay/sqlite-log.ts';

import { CoreProcess } from './core-process.ts';
import { type Conversation, connectionId, converseAndKill } from './kill-conversation.ts';

const seed = Number(process.env['TRUNKLINE_TEST_SEED'] ?? Date.now() % 1_000_000);

/** How often the carrier took each of our texts, by our own reference. */
function acceptedCounts(carrierFile: string): Map<string, number> {
  const db = new Database(carrierFile, { readonly: true });
  const rows = db.prepare('SELECT reference, count(*) AS n FROM message GROUP BY reference').all();
  db.close();
  return new Map((rows as { reference: string; n: number }[]).map((row) => [row.reference, row.n]));
}

type Shown = { uid: string; direction: string; text: string; state: string };

function shownEntries(dataFolder: string): Shown[] {
  const db = new Database(path.join(dataFolder, 'history.db'), { readonly: true });
  const rows = db
    .prepare(
      "SELECT lower(hex(uid)) AS uid, direction, text, state FROM entries WHERE kind = 'text'",
    )
    .all();
  db.close();
  return rows as Shown[];
}

/** The texts of every reply that was answered 2xx: what stands in the delivery log. */
async function acknowledgedReplies(dataFolder: string): Promise<string[]> {
  const log = openSqliteLog(path.join(dataFolder, 'relay.db'));
  const stored = await log.readAfter(0, 100_000);
  await log.close();
  return stored.flatMap(({ raw }) => {
    const event = JSON.parse(new TextDecoder().decode(raw.body)) as {
      type: string;
      message?: { text: string };
    };
    return event.type === 'message.received' ? [event.message?.text ?? ''] : [];
  });
}

const waiting = (dataFolder: string): number => {
  const db = new Database(path.join(dataFolder, 'history.db'), { readonly: true });
  const row = db.prepare("SELECT count(*) AS n FROM outbox WHERE state <> 'undecided'").get() as {
    n: number;
  };
  db.close();
  return row.n;
};

/** Lets one last core run until nothing is on the road and the replies are in. */
async function settle({ dataFolder, carrier }: Conversation): Promise<void> {
  const core = await CoreProcess.start(dataFolder);
  carrier.setWebhookUrl(`${core.relayUrl}/hooks/sandbox/${connectionId}`);
  for (let tries = 0; tries < 600 && waiting(dataFolder) > 0; tries += 1) await pause(100);
  await pause(3_000);
  await core.kill();
  await carrier.stop();
}

it('loses nothing, sends nothing twice and shows nothing twice over 50 kills at random moments', async () => {
  const conversation = await converseAndKill({ seed, kills: 50 });
  await settle(conversation);
  const entries = shownEntries(conversation.dataFolder);
  const accepted = acceptedCounts(conversation.carrierFile);
  const outbound = new Map(
    entries.filter((each) => each.direction === 'out').map((each) => [each.uid, each]),
  );
  const lost = [...conversation.acknowledged].filter(
    (uid) => !outbound.has(uid.replaceAll('-', '')),
  );
  const twice = [...accepted].filter(([, times]) => times > 1);
  const unsent = [...outbound.values()].filter((each) =>
    ['queued', 'sending'].includes(each.state),
  );
  const replies = entries.filter((each) => each.direction === 'in').map((each) => each.text);
  const doubled = replies.filter((text, index) => replies.indexOf(text) !== index);
  const logged = await acknowledgedReplies(conversation.dataFolder);
  const unseen = logged.filter((text) => !replies.includes(text));
  process.stdout.write(
    `kill -9 of the core: seed ${seed}, asked ${conversation.asked.size}, acknowledged ${conversation.acknowledged.size}, ` +
      `taken ${accepted.size}, replies acknowledged ${logged.length}, replies shown ${replies.length}, lost ${lost.length}, sent twice ${twice.length}, shown twice ${doubled.length}\n`,
  );
  expect({ lost, twice, unsent, doubled, unseen }).toEqual({
    lost: [],
    twice: [],
    unsent: [],
    doubled: [],
    unseen: [],
  });
  // How much is said between two kills depends on how busy the machine is; that something was, is enough.
  expect(conversation.acknowledged.size).toBeGreaterThan(10);
  expect(replies.length).toBeGreaterThan(0);
  rmSync(conversation.dataFolder, { recursive: true, force: true });
});

it('control: a sender that commits after the send sends twice', async () => {
  const conversation = await converseAndKill({ seed, kills: 25, program: 'naive-child.ts' });
  await conversation.carrier.stop();
  const twice = [...acceptedCounts(conversation.carrierFile)].filter(([, times]) => times > 1);
  process.stdout.write(
    `control, commit after the send: seed ${seed}, sent twice ${twice.length}\n`,
  );
  expect(twice.length).toBeGreaterThan(0);
  rmSync(conversation.dataFolder, { recursive: true, force: true });
});
