import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';

import { onTestFinished } from 'vitest';

import { signAsSandbox, textEvent } from '#test/fakes/sandbox-hook.ts';

import { CoreProcess } from './core-process.ts';
import { accountId, shownTexts } from './team-folders.ts';

const realRelay = path.join(import.meta.dirname, '../../src-main/hosts/relay/start.ts');
const faultyRelay = path.join(import.meta.dirname, 'team-relay-child.ts');

/** A relay of a team in a process of its own, to be killed: the real program, or one that is wrong in a chosen manner. */
export class TeamRelayProcess {
  readonly url: string;
  readonly ended: Promise<unknown>;
  readonly #child: ChildProcess;

  private constructor(url: string, child: ChildProcess) {
    this.url = url;
    this.#child = child;
    this.ended = once(child, 'exit');
  }

  /** @param manner of `team-relay-child.ts`; none starts the real program */
  static async start(
    folder: string,
    { port = 0, manner }: { readonly port?: number; readonly manner?: string } = {},
  ): Promise<TeamRelayProcess> {
    const args =
      manner === undefined
        ? [realRelay, '--data', folder, '--port', String(port)]
        : [faultyRelay, folder, String(port), manner];
    const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'pipe'] });
    onTestFinished(() => void child.kill('SIGKILL'));
    const said: string[] = [];
    child.stderr.on('data', (bytes: Buffer) => said.push(bytes.toString()));
    const url = await new Promise<string>((resolve, reject) => {
      child.once('exit', () => reject(new Error(`the relay did not start: ${said.join('')}`)));
      child.stdout.on('data', (bytes: Buffer) => {
        const found = /ready at (\S+)/.exec(bytes.toString())?.[1];
        if (found !== undefined) resolve(found);
      });
    });
    return new TeamRelayProcess(url, child);
  }

  get port(): number {
    return Number(new URL(this.url).port);
  }

  async kill(): Promise<void> {
    this.#child.kill('SIGKILL');
    await this.ended;
  }
}

/** A desktop in a process of its own that can be killed and started again on its folder. */
export class TeamDesktopProcess {
  readonly folder: string;
  #core: CoreProcess | null = null;

  constructor(folder: string) {
    this.folder = folder;
  }

  async start(): Promise<void> {
    this.#core = await CoreProcess.start(this.folder);
    const core = this.#core;
    onTestFinished(() => core.kill());
  }

  async kill(): Promise<void> {
    await this.#core?.kill();
    this.#core = null;
  }

  shown(): string[] {
    return shownTexts(this.folder);
  }

  /** `SIGSTOP` freezes it with all its sockets open; `SIGCONT` lets it go on. */
  signal(name: 'SIGSTOP' | 'SIGCONT'): void {
    this.#core?.signal(name);
  }
}

/** A carrier that tells of texts, each again and again until it is acknowledged. */
export class PatientCarrier {
  readonly acknowledged = new Set<string>();
  /** Where the relay is now. */
  relayUrl: string;
  #texts = 0;
  #stopped = false;

  constructor(relayUrl: string) {
    this.relayUrl = relayUrl;
  }

  /** Tells of one more text until it is acknowledged or the carrier is stopped. */
  async tell(): Promise<void> {
    const text = `text ${(this.#texts += 1)}`;
    await this.#tellUntilTaken(text);
  }

  /** Tells of the newest text once more, as a carrier does that has lost the answer. */
  tellAgain(): Promise<void> {
    return this.#tellUntilTaken(`text ${this.#texts}`);
  }

  /** Tells of texts one after the other, over so many lines at once, until it is stopped. */
  async tellForever(lines: number, pauseMs: number): Promise<void> {
    const run = async (): Promise<void> => {
      while (!this.#stopped) {
        await this.tell();
        await pause(pauseMs);
      }
    };
    await Promise.all(Array.from({ length: lines }, run));
  }

  stop(): void {
    this.#stopped = true;
  }

  async #tellUntilTaken(text: string): Promise<void> {
    const body = textEvent({ id: text.replace(' ', '-'), text });
    while (!this.#stopped) {
      if (await this.#post(body)) return void this.acknowledged.add(text);
      await pause(50);
    }
  }

  async #post(body: string): Promise<boolean> {
    try {
      const headers = signAsSandbox(body);
      const url = `${this.relayUrl}/hooks/sandbox/${accountId}`;
      return (await fetch(url, { method: 'POST', body, headers })).ok;
    } catch {
      return false;
    }
  }
}

/** Waits until this holds; false where it does not within `withinMs`. */
export async function untilTrue(holds: () => boolean, withinMs: number): Promise<boolean> {
  const until = performance.now() + withinMs;
  while (!holds()) {
    if (performance.now() > until) return false;
    await pause(50);
  }
  return true;
}
