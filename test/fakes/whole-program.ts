import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { expect } from 'vitest';

import { newUid } from '#main/history/uid.ts';
import type { Clock } from '#shared/contract/clock.ts';
import type { ConnectionView, Sync } from '#shared/contract/connection-shapes.ts';
import type { CommandOutput } from '#shared/contract/contract.ts';
import type { Entry } from '#shared/message/entry.ts';
import type { ConnectionId } from '#shared/message/line.ts';
import type { Thread } from '#shared/message/thread.ts';
import type { Capabilities } from '#shared/provider/capabilities.ts';
import type { HookAddress } from '#shared/provider/carrier-lists.ts';
import { failureMeanings } from '#shared/provider/send-failure.ts';
import type { CarrierAtWork } from '#test/carriers/whole/carrier-at-work.ts';

import { PassingTime } from './passing-time.ts';
import { PublicFront } from './public-front.ts';
import { runCli } from './run-cli.ts';
import { RunningCore } from './running-core.ts';
import { UnrulyFront } from './unruly-front.ts';

/** What any carrier is connected with; `apiUrl` is null where its address is among the credentials. */
type Connectable = AsyncDisposable & {
  readonly provider: string;
  readonly apiUrl: string | null;
  readonly credentials: Readonly<Record<string, string>>;
  readonly ours: string;
};

type Parts<Carrier extends Connectable> = Pick<
  WholeProgram<Carrier>,
  'folder' | 'time' | 'carrier' | 'api' | 'front' | 'running' | 'connectionId' | 'hooks'
>;

/**
 * A carrier, connected to a fresh folder by the true command line, and the whole core running on that folder; all of it in a
 * time that can be made to pass. Closed by `await using`, or by hand.
 */
export class WholeProgram<Carrier extends Connectable = CarrierAtWork> implements AsyncDisposable {
  readonly folder: string;
  readonly time: PassingTime;
  readonly carrier: Carrier;
  /** Stands before the carrier's API, where the connection finds it. */
  readonly api: UnrulyFront;
  /** The public address, where one is set. */
  readonly front: PublicFront;
  running: RunningCore;
  readonly connectionId: ConnectionId;
  /** As the command line printed them. */
  readonly hooks: readonly HookAddress[];

  private constructor(parts: Parts<Carrier>) {
    this.folder = parts.folder;
    this.time = parts.time;
    this.carrier = parts.carrier;
    this.api = parts.api;
    this.front = parts.front;
    this.running = parts.running;
    this.connectionId = parts.connectionId;
    this.hooks = parts.hooks;
  }

  static async open<Started extends Connectable>(
    start: (clock: Clock) => Promise<Started>,
    { isPublic = false, overBadLine = false },
  ): Promise<WholeProgram<Started>> {
    const time = new PassingTime();
    const folder = mkdtempSync(path.join(tmpdir(), 'trunkline-whole-'));
    const carrier = await start(time);
    const api = await UnrulyFront.before(carrier.apiUrl ?? '');
    const front = await PublicFront.open();
    const baseUrl = overBadLine ? api.url : carrier.apiUrl;
    const connected = connect({ folder, carrier, baseUrl, publicUrl: isPublic ? front.url : null });
    const running = await RunningCore.start(folder, time);
    front.relayUrl = running.core.relayUrl;
    return new WholeProgram({ folder, time, carrier, api, front, running, ...connected });
  }

  /** What the program says the carrier can do. */
  async capabilities(): Promise<Capabilities> {
    const { providers } = await this.running.caller.call('providers.list', {});
    const found = providers.find(({ id }) => id === this.carrier.provider);
    if (found === undefined) throw new Error(`there is no ${this.carrier.provider}`);
    return found.capabilities;
  }

  /** Ends the core, lets something happen, and starts it again on the same folder. */
  async whileOff(deed: () => Promise<unknown>): Promise<void> {
    await this.running[Symbol.asyncDispose]();
    await deed();
    this.running = await RunningCore.start(this.folder, this.time);
    this.front.relayUrl = this.running.core.relayUrl;
  }

  async write(to: string, text: string): Promise<void> {
    const { caller } = this.running;
    const { lines } = await caller.call('overview.get', {});
    const line = lines.find((each) => each.number === this.carrier.ours);
    if (line === undefined) throw new Error('the connection brought no line');
    const uid = newUid(Date.now());
    await caller.call('message.send', { uid, target: { lineId: line.id, to }, text });
  }

  /** The conversation with a person. */
  async entries(peer: string): Promise<readonly Entry[]> {
    const thread = await this.#threadWith(peer);
    if (thread === undefined) return [];
    const about = { threadId: thread.id, before: null, limit: 50 };
    return (await this.running.caller.call('entries.page', about)).entries;
  }

  async #threadWith(peer: string): Promise<Thread | undefined> {
    const page = { view: 'open', lineId: null, after: null, limit: 200 } as const;
    const { threads } = await this.running.caller.call('threads.page', page);
    return threads.find((each) => each.peer === peer);
  }

  /** The conversation with a person in words. */
  async shown(peer: string): Promise<readonly string[]> {
    return (await this.entries(peer)).map(inWords);
  }

  /** The details of the first text with a person. */
  async detailsOfFirst(peer: string): Promise<CommandOutput<'message.details'>> {
    const [entry] = await this.entries(peer);
    if (entry === undefined) throw new Error(`there is no text with ${peer}`);
    return this.running.caller.call('message.details', { entryId: entry.id });
  }

  /** How many texts of a person are unread. */
  async unread(peer: string): Promise<number> {
    return (await this.#threadWith(peer))?.unread ?? 0;
  }

  async connection(): Promise<ConnectionView> {
    const { connections } = await this.running.caller.call('connections.list', {});
    const found = connections.find((each) => each.id === this.connectionId);
    if (found === undefined) throw new Error('the connection is not there');
    return found;
  }

  /** What needs attention, as sentences. */
  async problems(): Promise<readonly string[]> {
    const { items } = await this.running.caller.call('attention.list', {});
    return items.map(({ problem }) => problem);
  }

  /** Brings the last hour of the carrier's lists in, to the end. */
  async sync(): Promise<Sync> {
    const { caller } = this.running;
    const ended = new Promise<Sync>((resolve) => {
      const stop = caller.on('sync.changed', ({ sync }) => {
        if (sync.state === 'running') return;
        stop();
        resolve(sync);
      });
    });
    const since = this.time.now() - 3_600_000;
    await caller.call('sync.start', { connectionId: this.connectionId, since });
    return ended;
  }

  readMedia(id: string): Uint8Array | null {
    const stored = this.running.core.readMedia(id);
    return stored === null ? null : readFileSync(stored.path);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.running[Symbol.asyncDispose]();
    await this.front[Symbol.asyncDispose]();
    await this.api[Symbol.asyncDispose]();
    await this.carrier[Symbol.asyncDispose]();
    this.time[Symbol.dispose]();
    rmSync(this.folder, { recursive: true, force: true });
  }
}

type Connecting = {
  readonly folder: string;
  readonly carrier: Connectable;
  readonly baseUrl: string | null;
  readonly publicUrl: string | null;
};

function connect({ folder, carrier, baseUrl, publicUrl }: Connecting) {
  const { provider, credentials, ours } = carrier;
  const words = ['connect', provider, '--data', folder, '--from', '-'];
  const more = publicUrl === null ? [] : ['--public-url', publicUrl];
  const file = { label: `The ${provider} account`, credentials, numbers: [ours] };
  const whole = baseUrl === null ? file : { ...file, baseUrl };
  const run = runCli([...words, ...more], JSON.stringify(whole));
  if (run.status !== 0) throw new Error(`connect ended with ${run.status}: ${run.err}`);
  return JSON.parse(run.out) as Pick<WholeProgram, 'connectionId' | 'hooks'>;
}

/** Such as `out failed (handset unreachable) Hello` or `in received The menu [stored]`. */
function inWords(entry: Entry): string {
  if (entry.kind !== 'text') return entry.kind;
  const { direction, state, failure, text, media } = entry;
  const why = failure === null ? '' : ` (${failureMeanings[failure.kind].short})`;
  const files = media.length === 0 ? '' : ` [${media.map((each) => each.state).join()}]`;
  return `${direction} ${state}${why} ${text}${files}`;
}

/** Points the account's number at the hooks: by the program where the carrier can be told, else by hand. */
export async function pointHooks(program: WholeProgram): Promise<void> {
  const { carrier, hooks, connectionId, running } = program;
  if (!(await program.capabilities()).configuresWebhooks) return carrier.point(hooks);
  const numbers = [carrier.ours];
  const written = await running.caller.call('connection.write-hooks', { connectionId, numbers });
  expect(written).toEqual({ outcomes: [{ number: carrier.ours, failure: null }], hooks });
}
