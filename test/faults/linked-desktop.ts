import path from 'node:path';

import { onTestFinished } from 'vitest';

import { ConnectionBook } from '#main/core/connections/connection-book.ts';
import { ConnectionHealth } from '#main/core/connections/connection-health.ts';
import { createKeyFileStore } from '#main/core/key-file-store.ts';
import { readTeamKey } from '#main/core/team/team-key.ts';
import { TeamLink } from '#main/core/team/team-link.ts';
import { readCursor } from '#main/history/deliveries-seen.ts';
import { closeHistory, openHistory } from '#main/history/open-history.ts';
import { findTeam } from '#main/history/team.ts';
import { acceptDelivery } from '#main/inbound/accept-delivery.ts';
import { takeTogether } from '#main/inbound/take-together.ts';
import { systemClock } from '#main/log/system-clock.ts';
import { followLog } from '#main/relay/follow-log.ts';
import type { Clock } from '#shared/contract/clock.ts';
import { temporaryFolder } from '#test/fakes/temporary-folder.ts';

import { joinFolder, shownTexts } from './team-folders.ts';

export type Linking = {
  readonly relayFolder: string;
  /** Where the desktop finds the relay. */
  readonly address: string;
  readonly clock?: Clock;
};

/** A desktop's link to its team over a real history, in this process; it tries again at once after each loss. */
export class LinkedDesktop {
  readonly folder: string;
  readonly link: TeamLink;

  private constructor(folder: string, link: TeamLink) {
    this.folder = folder;
    this.link = link;
  }

  static async join({
    relayFolder,
    address,
    clock = systemClock,
  }: Linking): Promise<LinkedDesktop> {
    const folder = path.join(temporaryFolder(), 'desktop');
    await joinFolder(folder, { relayFolder, address });
    const db = openHistory(folder);
    const secrets = createKeyFileStore(folder);
    const book = new ConnectionBook({ db, secrets, whereIs: () => null });
    await book.openAll();
    const team = findTeam(db);
    if (team === undefined) throw new Error('the desktop is in no team');
    const desk = {
      db,
      clock,
      tell: () => undefined,
      adapterOf: (id: string) => book.get(id)?.adapter,
      wakeInbound: () => undefined,
    };
    const link = new TeamLink({
      db,
      clock,
      secrets,
      book,
      team,
      health: new ConnectionHealth(),
      privateKey: await readTeamKey(secrets),
      random: () => 0,
      take: (log) =>
        followLog({
          log,
          clock,
          cursor: () => readCursor(db, log.id),
          accept: ({ seq, raw, line }) => acceptDelivery(desk, { log: log.id, seq, raw, line }),
          acceptTogether(page) {
            const all = page.map((stored) => ({ ...stored, log: log.id }));
            takeTogether(desk, all, acceptDelivery);
            return page.length;
          },
          onProblem: () => undefined,
        }),
      onGap: () => undefined,
      connectionsChanged: () => undefined,
      changed: () => undefined,
    });
    onTestFinished(async () => {
      await link.stop();
      closeHistory(db);
    });
    return new LinkedDesktop(folder, link);
  }

  shown(): string[] {
    return shownTexts(this.folder);
  }
}
