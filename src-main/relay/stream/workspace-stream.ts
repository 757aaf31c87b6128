import { log as writeLog } from '#main/log/log.ts';
import type { Clock } from '#shared/contract/clock.ts';
import {
  streamCloseCodes,
  streamLimits,
  type DesktopFrame,
  type Member,
  type RelayFrame,
  type SharedConnection,
} from '#shared/team/stream-frames.ts';

import type { DeliveryLog } from '../delivery-log.ts';
import { DeliveryFrames } from './delivery-frames.ts';
import type { DesktopBook, PairedDesktop, Progress } from './desktop-book.ts';
import type { DesktopSocket } from './desktop-socket.ts';
import { DesktopStream } from './desktop-stream.ts';
import { judgeCursor } from './judge-cursor.ts';
import type { StreamCounts } from './stream-counts.ts';

const lookEveryMs = 1_000;
const noteEveryMs = 5_000;
const tellMembersAfterMs = 200;

/** What desktops need of a workspace. */
export type WorkspaceParts = {
  readonly name: string;
  readonly log: DeliveryLog;
  readonly desktops: DesktopBook;
  /** Everything a desktop is given to send with. */
  connections(): readonly SharedConnection[];
  /** Is this the id of a connection of the workspace, or of one that was removed from it? */
  hasOrHad(connectionId: string): boolean;
};

const replaced = {
  code: streamCloseCodes.replaced,
  why: 'replaced',
  reason: 'The same desktop has connected once more.',
} as const;

type Hello = Extract<DesktopFrame, { type: 'hello' }>;

/** How the desktops of a workspace stand. */
export type WorkspaceStats = {
  readonly paired: number;
  readonly connected: number;
  /** Deliveries that the one furthest behind of the connected desktops has not acknowledged. */
  readonly greatestLag: number;
};

/** The streams of one workspace. Nothing in here knows of another workspace. */
export class WorkspaceStream {
  readonly name: string;
  readonly #parts: WorkspaceParts;
  readonly #clock: Clock;
  readonly #counts: StreamCounts;
  readonly #frames: DeliveryFrames;
  readonly #streams = new Map<string, DesktopStream>();
  readonly #timers = new Map<string, () => void>();
  /** How many hellos of each desktop there were: one whose welcome is late must not take the place of a later one. */
  readonly #hellos = new Map<string, number>();
  #isTelling = false;
  #mustLook = false;

  constructor(parts: WorkspaceParts, { clock, counts }: { clock: Clock; counts: StreamCounts }) {
    this.name = parts.name;
    this.#parts = parts;
    this.#clock = clock;
    this.#counts = counts;
    this.#frames = new DeliveryFrames(parts.log, clock);
    this.#repeat('look', lookEveryMs, () => this.#lookForRevoked());
    this.#repeat('note', noteEveryMs, () => this.#noteProgress([...this.#streams.values()]));
  }

  find(desktop: string): PairedDesktop | null {
    return this.#parts.desktops.find(desktop);
  }

  /** Pairs by a code; the new desktop's id, or null where the code is not one of this workspace. */
  pair(code: string, desktop: Pick<PairedDesktop, 'name' | 'publicKey'>): string | null {
    const id = this.#parts.desktops.pair(code, desktop, this.#clock.now());
    if (id !== null) {
      writeLog('stream.paired', { workspace: this.name, desktop: id });
      this.#tellMembersSoon();
    }
    return id;
  }

  /** Lets a desktop in that has shown who it is. The one of the same id that was there before goes. */
  async welcome(socket: DesktopSocket, hello: Hello): Promise<void> {
    const { log, connections } = this.#parts;
    const { desktop } = hello;
    const turn = (this.#hellos.get(desktop) ?? 0) + 1;
    this.#hellos.set(desktop, turn);
    const { lastSeq, trimmedThrough } = await log.health();
    const { after, reset } = judgeCursor(hello, log.id, { lastSeq, trimmedThrough });
    if (!socket.isOpen) return;
    if (this.#hellos.get(desktop) !== turn) return socket.close(replaced);
    // It may have been taken off the list while the log was asked, and is not among those that are looked through then.
    if (this.find(desktop)?.revokedAt !== null) return socket.closeRevoked();
    const told = writeFrame({ type: 'connections', connections: [...connections()] });
    if (told.length > streamLimits.frameFromRelay) return socket.closeTooMany();
    const stream = this.#enter(socket, desktop, after);
    const workspace = this.name;
    socket.send({ type: 'welcome', desktop, workspace, log: log.id, after, lastSeq, reset });
    socket.sendWritten(told, undefined);
    socket.send({ type: 'members', members: this.#members() });
    this.#tellMembersSoon();
    stream.begin(lastSeq);
  }

  async stats(): Promise<WorkspaceStats> {
    const { lastSeq } = await this.#parts.log.health();
    const lags = [...this.#streams.values()].map((each) => lastSeq - each.acknowledged);
    return {
      paired: this.#parts.desktops.list().filter(isIn).length,
      connected: this.#streams.size,
      greatestLag: Math.max(0, ...lags),
    };
  }

  /** Number up to which every connected desktop has taken everything; Infinity while none is connected. */
  takenByConnected(): number {
    return Math.min(Infinity, ...[...this.#streams.values()].map((each) => each.acknowledged));
  }

  stop(): void {
    for (const callOff of this.#timers.values()) callOff();
    this.#noteProgress([...this.#streams.values()]);
    this.#frames.stop();
  }

  #enter(socket: DesktopSocket, desktop: string, after: number): DesktopStream {
    this.#streams.get(desktop)?.socket.close(replaced);
    const { log, connections, hasOrHad } = this.#parts;
    const [clock, counts, frames] = [this.#clock, this.#counts, this.#frames];
    const parts = { socket, desktop, after, log, connections, hasOrHad, frames, clock, counts };
    const stream = new DesktopStream(parts);
    this.#streams.set(desktop, stream);
    socket.onClose(() => this.#leave(stream));
    return stream;
  }

  #leave(stream: DesktopStream): void {
    if (this.#streams.get(stream.desktop) !== stream) return;
    this.#streams.delete(stream.desktop);
    this.#noteProgress([stream]);
    this.#tellMembersSoon();
  }

  #members(): Member[] {
    return this.#parts.desktops
      .list()
      .filter(isIn)
      .map(({ id, name }) => ({ id, name, online: this.#streams.has(id) }));
  }

  /** Many may come and go at once, as after a restart: all of it is told once. */
  #tellMembersSoon(): void {
    if (this.#isTelling) return;
    this.#isTelling = true;
    this.#plan('tell', tellMembersAfterMs, () => {
      this.#isTelling = false;
      const members = this.#members();
      for (const { socket } of this.#streams.values()) socket.send({ type: 'members', members });
    });
  }

  /** Another program may have taken a desktop off the list. Where that cannot be read now, the next look sees it. */
  #lookForRevoked(): void {
    this.#mustLook ||= this.#parts.desktops.hasChanged();
    if (!this.#mustLook) return;
    for (const { id } of this.#parts.desktops.list().filter((each) => !isIn(each)))
      this.#streams.get(id)?.socket.closeRevoked();
    this.#mustLook = false;
    this.#tellMembersSoon();
  }

  #noteProgress(streams: readonly DesktopStream[]): void {
    if (streams.length === 0) return;
    const seenAt = this.#clock.now();
    const log = this.#parts.log.id;
    try {
      this.#parts.desktops.noteProgress(
        streams.map(({ desktop, acknowledged }): Progress => ({
          id: desktop,
          log,
          acknowledged,
          seenAt,
        })),
      );
    } catch (error) {
      writeLog('stream.progress-not-noted', {
        problem: error instanceof Error ? error.message : null,
      });
    }
  }

  #plan(name: string, ms: number, deed: () => void): void {
    const guarded = (): void => {
      try {
        deed();
      } catch (error) {
        // The list of desktops cannot be read: what is known goes on holding.
        writeLog('stream.failed', { error: error instanceof Error ? error.message : null });
      }
    };
    this.#timers.set(name, this.#clock.after(ms, guarded));
  }

  #repeat(name: string, ms: number, deed: () => void): void {
    this.#plan(name, ms, () => {
      this.#repeat(name, ms, deed);
      deed();
    });
  }
}

function writeFrame(frame: RelayFrame): Buffer {
  return Buffer.from(JSON.stringify(frame));
}

function isIn({ revokedAt }: PairedDesktop): boolean {
  return revokedAt === null;
}
