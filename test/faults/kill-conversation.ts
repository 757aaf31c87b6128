import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';

import { credentialsName } from '#main/core/connections/credentials.ts';
import { createKeyFileStore } from '#main/core/key-file-store.ts';
import { addConnection } from '#main/history/connections.ts';
import { addLine } from '#main/history/lines.ts';
import { closeHistory, openHistory } from '#main/history/open-history.ts';
import { newUid } from '#main/history/uid.ts';
import { systemClock } from '#main/log/system-clock.ts';
import {
  type SandboxCarrier,
  startSandboxCarrier,
} from '#main/sandbox-carrier/start-sandbox-carrier.ts';
import type { ConnectionId } from '#shared/message/line.ts';

import { CoreProcess } from './core-process.ts';

export const connectionId = 'killtest01' as ConnectionId;
const credentials = { apiKey: 'key-for-a-test-only', webhookSecret: 'secret-for-a-test-only' };
const line = '+12065550142';
const recipients = ['0100', '0100', '0101', '0107', '0108', '0113', '0199'];

/** Numbers between 0 and 1 that a seed repeats (mulberry32). */
export function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

export type Conversation = {
  readonly dataFolder: string;
  readonly carrierFile: string;
  /** Every text asked for, by uid, and those that the core said were safe. */
  readonly asked: ReadonlyMap<string, string>;
  readonly acknowledged: ReadonlySet<string>;
  readonly carrier: SandboxCarrier;
};

export type Killing = { readonly seed: number; readonly kills: number; readonly program?: string };

/** A conversation with a carrier that lives on, in which the core is killed again and again at moments the seed picks. */
export async function converseAndKill({ seed, kills, program }: Killing): Promise<Conversation> {
  const random = seeded(seed);
  const dataFolder = mkdtempSync(path.join(tmpdir(), 'trunkline-kill-'));
  const carrierFile = path.join(dataFolder, 'outside-carrier.db');
  const carrier = await startCarrier(carrierFile, seed);
  await prepare(dataFolder, carrier.url);
  const asked = new Map<string, string>();
  const acknowledged = new Set<string>();
  for (let round = 0; round < kills; round += 1) {
    const core = await CoreProcess.start(dataFolder, program);
    carrier.setWebhookUrl(`${core.relayUrl}/hooks/sandbox/${connectionId}`);
    const killed = pause(Math.floor(random() * 500)).then(() => core.kill());
    const texts = 1 + Math.floor(random() * 4);
    for (let index = 0; index < texts; index += 1) {
      const uid = newUid(Date.now());
      const ending = recipients[Math.floor(random() * recipients.length)] ?? '0199';
      asked.set(uid, `text ${asked.size} to ${ending}`);
      core.send({ uid, to: `+1555010${ending}`, text: `text ${asked.size - 1} to ${ending}` });
      await pause(Math.floor(random() * 40));
    }
    await killed;
    for (const uid of core.acknowledged) acknowledged.add(uid);
  }
  return { dataFolder, carrierFile, asked, acknowledged, carrier };
}

/** A carrier that lives on while the core is killed. */
export function startCarrier(dataFile: string, seed: number): Promise<SandboxCarrier> {
  const account = { id: connectionId, ...credentials, webhookUrl: null };
  return startSandboxCarrier({
    dataFile,
    port: 0,
    account,
    numbers: [line],
    speed: 20,
    seed,
    clock: systemClock,
  });
}

/** An account with that carrier and one line, in an empty data folder. */
export async function prepare(dataFolder: string, baseUrl: string): Promise<void> {
  await createKeyFileStore(dataFolder).set(
    credentialsName(connectionId),
    JSON.stringify(credentials),
  );
  const db = openHistory(dataFolder);
  const now = Date.now();
  addConnection(db, { id: connectionId, provider: 'sandbox', label: 'Outside', baseUrl }, now);
  addLine(
    db,
    { connectionId, number: line, numberType: '10dlc', label: 'Support', colour: '#3b7dd8' },
    now,
  );
  closeHistory(db);
}
