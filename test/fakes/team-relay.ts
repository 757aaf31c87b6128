import path from 'node:path';

import { onTestFinished } from 'vitest';

import { systemClock } from '#main/log/system-clock.ts';
import type { DeliveryLog } from '#main/relay/delivery-log.ts';
import {
  serveWorkspaces,
  type ServedWorkspace,
  type Serving,
  type ServingOptions,
} from '#main/relay/serve-workspaces.ts';
import { openSqliteLog } from '#main/relay/sqlite-log.ts';
import { DesktopBook } from '#main/relay/stream/desktop-book.ts';
import type { Clock } from '#shared/contract/clock.ts';
import { connectionIdSchema } from '#shared/message/line.ts';
import type { SharedConnection } from '#shared/team/stream-frames.ts';

import { deliveryOf } from './deliveries.ts';
import { connection, connections } from './relay-desk.ts';
import { type Identity, StreamDesktop } from './stream-desktop.ts';
import { temporaryFolder } from './temporary-folder.ts';

export type TestWorkspace = ServedWorkspace & {
  readonly desktops: DesktopBook;
  readonly folder: string;
  /** What its desktops are given. */
  readonly shared: SharedConnection[];
  /** Appends deliveries with these words, in order; resolves with the last number. */
  append(...words: readonly string[]): Promise<number>;
};

export type TeamRelayOptions = Partial<Omit<ServingOptions, 'workspaces'>> & {
  /** Names of the workspaces; each has one connection of carrier `acme`, whose id is `acme0000` and the name. */
  readonly names?: readonly string[];
};

/** A relay with a stream on loopback, whose workspaces lie in folders of the test's own; stopped when the test ends. */
export class TeamRelay {
  readonly serving: Serving;
  readonly workspaces: readonly TestWorkspace[];
  readonly #clock: Clock;

  private constructor(
    serving: Serving,
    { workspaces, clock }: { workspaces: readonly TestWorkspace[]; clock: Clock },
  ) {
    this.serving = serving;
    this.workspaces = workspaces;
    this.#clock = clock;
  }

  static async start({ names = ['main'], ...more }: TeamRelayOptions = {}): Promise<TeamRelay> {
    const clock = more.clock ?? systemClock;
    const workspaces = names.map((name) => makeWorkspace(name));
    const options = { host: '127.0.0.1', port: 0, ...more, clock, workspaces };
    const serving = await serveWorkspaces(options);
    onTestFinished(async () => {
      await serving.stop();
      for (const { log, desktops } of workspaces) {
        await log.close();
        desktops.close();
      }
    });
    return new TeamRelay(serving, { workspaces, clock });
  }

  get url(): string {
    return this.serving.url;
  }

  /** The first workspace, or that of a name. */
  workspace(name?: string): TestWorkspace {
    const found = this.workspaces.find((each) => name === undefined || each.name === name);
    if (found === undefined) throw new Error(`no workspace ${name}`);
    return found;
  }

  makeCode(name?: string): string {
    return this.workspace(name).desktops.makeCode(this.#clock.now()).code;
  }

  pair(name?: string, desktop?: string): Promise<Identity> {
    return StreamDesktop.pair(this.url, this.makeCode(name), desktop);
  }

  /** A metric's value, by its name without the common beginning and with its labels. */
  async metric(name: string): Promise<number> {
    const all = await (await fetch(`${this.url}/metrics`)).text();
    const line = all.split('\n').find((each) => each.startsWith(`trunkline_relay_${name} `));
    return Number(line?.split(' ')[1]);
  }

  /** A newly paired desktop that is connected; resolves before the welcome. */
  async join(name?: string): Promise<StreamDesktop> {
    return StreamDesktop.join(this.url, await this.pair(name));
  }
}

function makeWorkspace(name: string): TestWorkspace {
  const folder = temporaryFolder();
  const log: DeliveryLog = openSqliteLog(path.join(folder, 'relay.db'));
  const desktops = new DesktopBook(path.join(folder, 'desktops.db'));
  const id = `acme0000${name}`;
  const shared = [sharedConnection(id)];
  return {
    name,
    folder,
    shared,
    log,
    desktops,
    findConnection: connections({ [`acme/${id}`]: connection() }),
    taken: () => Infinity,
    team: {
      desktops,
      connections: () => shared,
      hasOrHad: (other) => other === id,
    },
    async append(...words) {
      const stored = words.map((each) =>
        log.append(
          deliveryOf(each, {
            provider: 'acme',
            connectionId: id,
          }),
          each,
        ),
      );
      return (await Promise.all(stored)).at(-1)?.seq ?? 0;
    },
  };
}

function sharedConnection(id: string): SharedConnection {
  return {
    connectionId: connectionIdSchema.parse(id),
    provider: 'acme',
    label: id,
    baseUrl: null,
    publicUrl: 'https://hooks.example.com',
    credentials: { token: `token-of-${id}` },
    pathSecret: null,
    disabled: false,
    numbers: [],
  };
}
