import { readFileSync } from 'node:fs';
import path from 'node:path';

import { onTestFinished } from 'vitest';

import { saveCredentials } from '#main/core/connections/credentials.ts';
import { createKeyFileStore } from '#main/core/key-file-store.ts';
import { type TeamRelay, startTeamRelay } from '#main/core/relay/start-team-relay.ts';
import { addConnection } from '#main/history/connections.ts';
import { addLine } from '#main/history/lines.ts';
import { closeHistory, openHistory } from '#main/history/open-history.ts';
import { systemClock } from '#main/log/system-clock.ts';
import { DesktopBook } from '#main/relay/stream/desktop-book.ts';
import type { WritableDb } from '#main/sqlite/database.ts';
import { openReader } from '#main/sqlite/open-database.ts';
import type { Clock } from '#shared/contract/clock.ts';
import type { Team } from '#shared/contract/team-commands.ts';
import { connectionIdSchema } from '#shared/message/line.ts';

import { CuttingProxy } from './cutting-proxy.ts';
import { RunningCore } from './running-core.ts';
import { ours, webhookSecret } from './sandbox-desk.ts';
import { signAsSandbox, textEvent } from './sandbox-hook.ts';
import { temporaryFolder } from './temporary-folder.ts';

export const sharedId = connectionIdSchema.parse('sandbox0team');

/** A relay of a team in this process, restartable on its port, with a proxy before its stream and one sandbox account. */
export class TeamLab {
  readonly folder = temporaryFolder();
  readonly proxy: CuttingProxy;
  #relay: TeamRelay | null = null;
  #texts = 0;

  private constructor(proxy: CuttingProxy) {
    this.proxy = proxy;
  }

  static async start(): Promise<TeamLab> {
    const lab = new TeamLab(await CuttingProxy.start());
    await lab.#connectCarrier();
    await lab.startRelay();
    onTestFinished(async () => {
      await lab.stopRelay();
      await lab.proxy.close();
    });
    return lab;
  }

  /** Where desktops find the relay: through the proxy. */
  get address(): string {
    return this.proxy.url;
  }

  async startRelay(): Promise<void> {
    this.#relay = await startTeamRelay({
      dataFolder: this.folder,
      host: '127.0.0.1',
      port: this.proxy.port ?? 0,
      publicUrl: null,
      certificate: null,
      behindProxy: false,
      clock: systemClock,
      nats: null,
    });
    this.proxy.port = Number(new URL(this.#relay.url).port);
  }

  async stopRelay(): Promise<void> {
    await this.#relay?.stop();
    this.#relay = null;
  }

  /** Changes what the relay's folder keeps, while it is stopped. */
  async changeRelay(change: (db: WritableDb) => void | Promise<void>): Promise<void> {
    await this.stopRelay();
    const db = openHistory(this.folder);
    await change(db);
    closeHistory(db);
    await this.startRelay();
  }

  /** A one-time code, as the command line makes it. */
  makeCode(): string {
    return this.#withDesktops((desktops) => desktops.makeCode(Date.now()).code);
  }

  revoke(desktop: string): boolean {
    return this.#withDesktops((desktops) => desktops.revoke(desktop, Date.now()));
  }

  /** A desktop on this folder, joined under this name unless it was before. Stopped when the test ends. */
  async desktop(name: string, more: Partial<DesktopOptions> = {}): Promise<TeamDesktop> {
    const { folder = temporaryFolder(), clock = systemClock } = more;
    const core = await RunningCore.start(folder, clock);
    const desktop = new TeamDesktop(folder, core);
    onTestFinished(() => desktop.stop());
    if ((await desktop.team()).state === 'none') {
      const { address } = this;
      await core.caller.call('team.join', { address, code: this.makeCode(), name });
    }
    return desktop;
  }

  /** The carrier tells of so many more texts, one after the other; returns their words. */
  async receive(count: number): Promise<string[]> {
    const words: string[] = [];
    for (let nth = 0; nth < count; nth += 1) words.push(await this.#receiveOne());
    return words;
  }

  async #receiveOne(): Promise<string> {
    const words = `text ${(this.#texts += 1)}`;
    const body = textEvent({ id: `${this.#texts}`, text: words });
    const url = `${this.#relay?.url ?? ''}/hooks/sandbox/${sharedId}`;
    const answer = await fetch(url, { method: 'POST', body, headers: signAsSandbox(body) });
    if (answer.status !== 200) throw new Error(`the relay answered ${answer.status}`);
    return words;
  }

  async #connectCarrier(): Promise<void> {
    const db = openHistory(this.folder);
    const now = Date.now();
    // Nothing answers there: in these tests nothing is sent, and no list is read.
    const baseUrl = 'http://127.0.0.1:9';
    addConnection(db, { id: sharedId, provider: 'sandbox', label: 'Team account', baseUrl }, now);
    addLine(
      db,
      {
        connectionId: sharedId,
        number: ours,
        numberType: '10dlc',
        label: 'Front desk',
        colour: '#3b7dd8',
      },
      now,
    );
    closeHistory(db);
    const credentials = { apiKey: 'key-of-the-team', webhookSecret };
    await saveCredentials(createKeyFileStore(this.folder), sharedId, credentials);
  }

  #withDesktops<Result>(deed: (desktops: DesktopBook) => Result): Result {
    const desktops = new DesktopBook(path.join(this.folder, 'desktops.db'));
    try {
      return deed(desktops);
    } finally {
      desktops.close();
    }
  }
}

export type DesktopOptions = { readonly folder: string; readonly clock: Clock };

/** One desktop of the team, whole. */
export class TeamDesktop {
  readonly folder: string;
  readonly core: RunningCore;

  constructor(folder: string, core: RunningCore) {
    this.folder = folder;
    this.core = core;
  }

  async team(): Promise<Team> {
    return (await this.core.caller.call('team.get', {})).team;
  }

  /** The words of every text in the history, in the order in which they were taken in. */
  texts(): string[] {
    const db = openReader(path.join(this.folder, 'history.db'));
    try {
      const rows = db.prepare("SELECT text FROM entries WHERE kind = 'text' ORDER BY id").all();
      return (rows as { text: string }[]).map(({ text }) => text);
    } finally {
      db.close();
    }
  }

  /** Everything that lies in the data folder under this name, as it is on the disk. */
  fileText(name: string): string {
    return readFileSync(path.join(this.folder, name), 'latin1');
  }

  stop(): Promise<void> {
    return this.core[Symbol.asyncDispose]();
  }
}
