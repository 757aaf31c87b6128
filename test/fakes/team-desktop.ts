import { randomUUID } from 'node:crypto';

import Database from 'better-sqlite3';

import type { Desk } from '#main/commands/desk.ts';
import { addNote, assignThread } from '#main/commands/team-deeds.ts';
import { markThreadRead, saveThreadDraft, setThreadDone } from '#main/commands/threads.ts';
import { announce } from '#main/history/announce.ts';
import { saveConnectionRates } from '#main/history/connection-limits.ts';
import { addConnection } from '#main/history/connections.ts';
import { readCursor } from '#main/history/deliveries-seen.ts';
import { addLine } from '#main/history/lines.ts';
import { openHistory } from '#main/history/open-history.ts';
import { listNext, markAppended, tellAgain } from '#main/history/team-outbox.ts';
import { joinTeam, saveMembers } from '#main/history/team.ts';
import { acceptDelivery } from '#main/inbound/accept-delivery.ts';
import { applyTeamEvent } from '#main/inbound/apply-team-event.ts';
import { takeListedText } from '#main/inbound/take-listed-text.ts';
import { type OutboxDrain, drainOutbox } from '#main/outbound/drain-outbox.ts';
import { sendMessage } from '#main/outbound/send-message.ts';
import { takeUpAbandoned } from '#main/outbound/take-up-abandoned.ts';
import { tryAgain } from '#main/outbound/try-again.ts';
import { type WritableDb, transact } from '#main/sqlite/database.ts';
import type { Tell } from '#shared/contract/contract.ts';
import type { Entry, EntryId, ThreadId } from '#shared/message/entry.ts';
import type { ConnectionId } from '#shared/message/line.ts';
import type { ListedText } from '#shared/provider/carrier-lists.ts';
import type { RawDelivery } from '#shared/provider/delivery.ts';
import type { SendOutcome } from '#shared/provider/provider.ts';
import { teamProvider } from '#shared/team/team-event.ts';

import { FakeCarrier } from './fake-carrier.ts';
import { ManualClock, settle } from './manual-clock.ts';
import { temporaryFolder } from './temporary-folder.ts';

export const teamConnection = 'teams0001' as ConnectionId;
export const teamLine = '+15550100001';
export const teamLog = 'log-1';

export type Stored = { readonly seq: number; readonly raw: RawDelivery };
export const desktopIds = ['desk-a', 'desk-b', 'desk-c', 'desk-d', 'desk-late'] as const;

/** The file of a desktop that has joined, as bytes, but for who it is: migrating one for every run would take minutes. */
export function blankHistory(origin: 'team' | 'own' = 'team'): Buffer {
  const db = openHistory(temporaryFolder());
  const now = Date.UTC(2026, 0, 1);
  const account = { id: teamConnection, provider: 'fake', label: 'Fake', baseUrl: null };
  addConnection(db, { ...account, origin }, now);
  const looks = { numberType: '10dlc', label: 'Front desk', colour: '#111111' } as const;
  addLine(db, { connectionId: teamConnection, number: teamLine, ...looks }, now);
  // So much that no text waits: what the carrier lists as taken must have left.
  const plenty = { limit: 1_000, within: 1_000 };
  saveConnectionRates(db, teamConnection, { sms: plenty, mms: plenty });
  saveMembers(
    db,
    desktopIds.map((id) => ({ id, name: id.toUpperCase() })),
  );
  const bytes = db.serialize();
  db.close();
  // Says that there is no write-ahead log, which a database in memory cannot have (sqlite.org/fileformat.html, 1.3.3).
  return Buffer.from(bytes.fill(1, 18, 20));
}

/** What sends what waits; a control does it wrongly. */
export type Draining = (desk: Desk) => OutboxDrain;

/** A desktop of a team: the real history, both roads, and what its screen was told. */
export class TeamDesktop {
  readonly id: string;
  readonly clock: ManualClock;
  readonly carrier = new FakeCarrier();
  /** What a screen that only listens knows. */
  readonly screen = new Map<EntryId, Entry>();
  /** Entries that turned out to be the same as another. */
  removed = 0;
  db!: WritableDb;
  #drain!: OutboxDrain;
  #boots = 0;
  #draining: Draining = drainOutbox;

  constructor(id: string, blank: Buffer, clock: number) {
    this.id = id;
    this.clock = new ManualClock(clock);
    this.#open(blank);
    const joined = { address: '', relay: 'r', workspace: 'main', joinedAt: 1 };
    joinTeam(this.db, { ...joined, desktop: id, name: id.toUpperCase() });
  }

  get desk(): Desk {
    const tell: Tell = (name, payload) => this.#hear(name, payload);
    const desk = {
      db: this.db,
      clock: this.clock,
      tell,
      bootId: `${this.id}/${this.#boots}`,
      random: () => 0.5,
      adapterOf: (id: string) => (id === teamConnection ? this.carrier.adapter : undefined),
      noteOutcome: () => undefined,
      wakeReconcile: () => undefined,
      wakeInbound: () => undefined,
    };
    return desk as unknown as Desk;
  }

  /** Sends what waits in another way from now on. */
  drainBy(draining: Draining): void {
    this.#drain.stop();
    this.#draining = draining;
    this.#drain = draining(this.desk);
  }

  /** The program ends and begins anew on what was committed. */
  restart(): void {
    const kept = Buffer.from(this.db.serialize());
    this.close();
    this.#open(kept);
    takeUpAbandoned(this.desk);
    tellAgain(this.db);
  }

  close(): void {
    this.#drain.stop();
    this.db.close();
  }

  #open(bytes: Buffer): void {
    this.#boots += 1;
    this.db = new Database(bytes) as unknown as WritableDb;
    this.db.pragma('foreign_keys = ON');
    this.#drain = this.#draining(this.desk);
  }

  #hear(name: string, payload: unknown): void {
    const told = payload as { entry: Entry; entryId: EntryId };
    if (name === 'entry.added' || name === 'entry.changed')
      this.screen.set(told.entry.id, told.entry);
    if (name !== 'entry.removed') return;
    this.removed += 1;
    this.screen.delete(told.entryId);
  }

  /** What can leave now is handed over when this resolves. */
  async wake(): Promise<void> {
    this.#drain.wake();
    await settle();
  }

  get cursor(): number {
    return readCursor(this.db, teamLog);
  }

  take({ seq, raw }: Stored): void {
    const delivery = { log: teamLog, seq, raw };
    if (raw.provider === teamProvider) applyTeamEvent(this.desk, delivery);
    else acceptDelivery(this.desk, delivery);
  }

  untold = (limit: number) => listNext(this.db, limit);
  told = (id: number, seq: number): void => markAppended(this.db, id, seq);

  /** Sends a text, which has ended so when this resolves. */
  async send(to: string, text: string, outcome: SendOutcome): Promise<void> {
    this.carrier.onSend = () => outcome;
    const lineId = 1 as never;
    sendMessage(this.desk, { uid: randomUUID(), target: { lineId, to }, text });
    this.#drain.wake();
    await settle();
  }

  async again(id: EntryId, outcome: SendOutcome): Promise<void> {
    this.carrier.onSend = () => outcome;
    tryAgain(this.desk, id);
    this.#drain.wake();
    await settle();
  }

  /** Compares what the carrier lists with what is here. */
  sweep(list: readonly ListedText[]): void {
    const now = this.clock.now() + 3_600_000;
    const listing = { provider: 'fake', connectionId: teamConnection, now, unread: true };
    const changes = transact(this.db, () =>
      list.flatMap((text) => takeListedText(this.db, listing, text).changes),
    );
    announce(this.db, this.desk.tell, changes);
  }

  read = (threadId: ThreadId, upTo: EntryId) => markThreadRead(this.desk, { threadId, upTo });
  draft = (threadId: ThreadId, text: string) => saveThreadDraft(this.desk, { threadId, text });
  done = (threadId: ThreadId, done: boolean) => setThreadDone(this.desk, { threadId, done });
  assign = (threadId: ThreadId, to: string | null) => assignThread(this.desk, { threadId, to });
  note = (threadId: ThreadId, text: string) =>
    addNote(this.desk, { uid: randomUUID(), threadId, text });
}
