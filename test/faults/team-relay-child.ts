/**
 * A team's relay as a program of its own that is wrong on purpose. Arguments: data folder, port, manner. `mute` pushes nothing.
 * `dies` is killed between a commit and its answer, at the fifth one. `forgetful` knows no repeat. `unordered` gives numbers
 * before the commits, which then come in any order. Prints its URL when it is ready.
 */
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';

import { systemClock } from '#main/log/system-clock.ts';
import { findProvider } from '#main/providers/registry.ts';
import type { Appended, DeliveryLog, StoredDelivery } from '#main/relay/delivery-log.ts';
import { serveWorkspaces } from '#main/relay/serve-workspaces.ts';
import { openSqliteLog } from '#main/relay/sqlite-log.ts';
import { DesktopBook } from '#main/relay/stream/desktop-book.ts';
import type { RawDelivery } from '#shared/provider/delivery.ts';
import { changedLog } from '#test/fakes/changed-log.ts';

import { accountId, credentials, line, nobody } from './team-folders.ts';

const [folder = '', port = '0', manner = ''] = process.argv.slice(2);
const diesAt = 5;
/** Milliseconds that a commit of the `unordered` log takes at most. */
const longestCommit = 30;

function dying(log: DeliveryLog): DeliveryLog {
  let appends = 0;
  return changedLog(log, {
    async append(raw, key) {
      const appended = await log.append(raw, key);
      if ((appends += 1) === diesAt) process.kill(process.pid, 'SIGKILL');
      return appended;
    },
  });
}

function forgetful(log: DeliveryLog): DeliveryLog {
  let appends = 0;
  return changedLog(log, { append: (raw, key) => log.append(raw, `${key} ${(appends += 1)}`) });
}

/** A log in memory that numbers deliveries as they arrive, as a sequence of a database does. */
function unordered(log: DeliveryLog): DeliveryLog {
  const committed = new Map<number, StoredDelivery>();
  const listeners = new Set<(lastSeq: number) => void>();
  let numbers = 0;
  const newest = (): number => Math.max(0, ...committed.keys());
  return changedLog(log, {
    async append(raw: RawDelivery): Promise<Appended> {
      const seq = (numbers += 1);
      await pause(Math.random() * longestCommit);
      committed.set(seq, { seq, raw, line: null });
      for (const tell of listeners) tell(newest());
      return { seq, duplicate: false };
    },
    readAfter: async (seq, limit) =>
      [...committed.values()]
        .filter((each) => each.seq > seq)
        .toSorted((a, b) => a.seq - b.seq)
        .slice(0, limit),
    onAppended(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    health: async () => ({
      ok: true,
      problem: null,
      lastSeq: newest(),
      trimmedThrough: 0,
      bytes: 0,
    }),
  });
}

const manners: Readonly<Record<string, (log: DeliveryLog) => DeliveryLog>> = {
  mute: (log) => changedLog(log, { readAfter: () => new Promise(() => undefined) }),
  dies: dying,
  forgetful,
  unordered,
};

const opened = findProvider('sandbox')?.open({
  connectionId: accountId,
  baseUrl: nobody,
  credentials,
  numbers: [line.number],
  hooks: [],
});
const make = manners[manner];
if (opened === undefined || make === undefined) throw new Error(`there is no manner ${manner}`);
const { guard } = opened;
const desktops = new DesktopBook(path.join(folder, 'desktops.db'));
const shared = {
  connectionId: accountId,
  provider: 'sandbox',
  label: 'Team',
  baseUrl: nobody,
  publicUrl: nobody,
  credentials,
  pathSecret: null,
  disabled: false,
  numbers: [line],
};
const { url } = await serveWorkspaces({
  host: '127.0.0.1',
  port: Number(port),
  clock: systemClock,
  workspaces: [
    {
      name: 'main',
      log: make(openSqliteLog(path.join(folder, 'relay.db'))),
      findConnection: (_provider, id) =>
        id === accountId ? { guard, pathSecret: null, publicUrl: null } : null,
      taken: () => 0,
      team: {
        desktops,
        connections: () => [shared],
        hasOrHad: (id) => id === shared.connectionId,
      },
    },
  ],
});
process.stdout.write(`Relay is ready at ${url}\n`);
