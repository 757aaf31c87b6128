import { type ChildProcess, fork, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as pause } from 'node:timers/promises';

import { openSqliteLog } from '#main/relay/sqlite-log.ts';
import { DesktopBook } from '#main/relay/stream/desktop-book.ts';
import { deliveryOf } from '#test/fakes/deliveries.ts';
import { textEvent } from '#test/fakes/sandbox-hook.ts';
import { accountId, joinFolder, makeRelayFolder, shownTexts } from '#test/faults/team-folders.ts';

import { LoadDesktop, pairDirectly } from './load-desktop.ts';

const program = path.join(import.meta.dirname, '../src-main/hosts/relay/start.ts');
const wholeDesktop = path.join(import.meta.dirname, 'load-whole-desktop.ts');

/** What a whole desktop says of itself. Milliseconds. */
export type Seen = {
  readonly shown: number;
  readonly delays: readonly number[];
  /** CPU since its start, which counts more than the clock on a busy machine. */
  readonly cpuMs: number;
};

/** The relay's own program on a folder of its own, and desktops of its team. */
export class LoadTeam {
  readonly url: string;
  readonly desktops: LoadDesktop[] = [];
  readonly #folder: string;
  readonly #relay: ChildProcess;
  readonly #children: ChildProcess[] = [];

  private constructor(folder: string, relay: ChildProcess, url: string) {
    this.#folder = folder;
    this.#relay = relay;
    this.url = url;
  }

  /** Starts with so many deliveries in the log. */
  static async start(logged = 0): Promise<LoadTeam> {
    const folder = mkdtempSync(path.join(tmpdir(), 'trunkline-load-'));
    const relayFolder = path.join(folder, 'relay');
    await makeRelayFolder(relayFolder);
    await fillLog(relayFolder, logged);
    const relay = spawn(process.execPath, [program, '--data', relayFolder, '--port', '0'], {
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    for await (const said of createInterface({ input: relay.stdout })) {
      const url = /^Relay is ready at (\S+)$/.exec(said)?.[1];
      if (url !== undefined) return new LoadTeam(folder, relay, url);
    }
    throw new Error('the relay did not start');
  }

  /** Connects so many desktops that commit nothing; they begin behind this number. */
  async connect(count: number, after = 0): Promise<readonly LoadDesktop[]> {
    const book = new DesktopBook(path.join(this.#folder, 'relay', 'desktops.db'));
    const identities = Array.from({ length: count }, (_, index) => pairDirectly(book, `L${index}`));
    book.close();
    for (const identity of identities) {
      const desktop = new LoadDesktop(this.url, identity, after);
      this.desktops.push(await desktop.untilWelcome());
    }
    return this.desktops;
  }

  /** Makes the folder of a whole desktop and joins it to the team. */
  async joinWhole(): Promise<string> {
    const folder = path.join(this.#folder, 'desktop');
    await joinFolder(folder, { relayFolder: path.join(this.#folder, 'relay'), address: this.url });
    return folder;
  }

  /** Starts the whole desktop of a folder; resolves with the way to ask what it has seen. */
  async startWhole(folder: string): Promise<() => Promise<Seen>> {
    const child = fork(wholeDesktop, [folder], { stdio: ['ignore', 'ignore', 'ignore', 'ipc'] });
    this.#children.push(child);
    await once(child, 'message');
    return async () => {
      child.send('report');
      return ((await once(child, 'message')) as [Seen])[0];
    };
  }

  /** Megabytes of memory that the relay takes now. */
  get residentMb(): number {
    const status = readFileSync(`/proc/${this.#relay.pid}/status`, 'utf8');
    return Number(/^VmRSS:\s+(\d+) kB$/m.exec(status)?.[1]) / 1_024;
  }

  async stop(): Promise<void> {
    for (const { socket } of this.desktops) socket.terminate();
    for (const child of [...this.#children, this.#relay]) {
      const gone = once(child, 'exit');
      child.kill('SIGKILL');
      await gone;
    }
    rmSync(this.#folder, { recursive: true, force: true });
  }
}

/** Waits until so many texts lie in the history of a folder; resolves with how many do, then or after `withinMs`. */
export async function untilShown(folder: string, count: number, withinMs: number): Promise<number> {
  const until = performance.now() + withinMs;
  let shown = 0;
  while ((shown = shownTexts(folder).length) < count && performance.now() < until) await pause(100);
  return shown;
}

async function fillLog(relayFolder: string, count: number): Promise<void> {
  const log = openSqliteLog(path.join(relayFolder, 'relay.db'));
  const receivedAt = Date.now();
  await Promise.all(
    Array.from({ length: count }, (_, index) => {
      const body = Buffer.from(textEvent({ id: `old-${index}`, text: `old ${index}` }));
      const raw = deliveryOf('', { connectionId: accountId, body, receivedAt });
      return log.append(raw, `old ${index}`);
    }),
  );
  await log.close();
}
