import { type WritableDb, all } from '#main/sqlite/database.ts';
import { sql } from '#main/sqlite/sql.ts';
import type { EntryId, ThreadId } from '#shared/message/entry.ts';
import type { ListedText } from '#shared/provider/carrier-lists.ts';
import type { DeliveryEvent, RawDelivery } from '#shared/provider/delivery.ts';
import type { SendOutcome } from '#shared/provider/provider.ts';
import { teamProvider } from '#shared/team/team-event.ts';

import { deliveryOf } from './fake-carrier.ts';
import { type Stored, TeamDesktop, desktopIds, teamConnection, teamLine } from './team-desktop.ts';

/** More than any run brings. */
export const everything = 1_000_000;
const begin = Date.UTC(2026, 0, 1);
const peers = ['+15550200000', '+15550200001'];

export type ThreadRef = { readonly id: ThreadId; readonly newest: EntryId };

/** A carrier, a relay's log as an array, and desktops that see each other only through it. */
export class TeamWorld {
  readonly log: Stored[] = [];
  readonly desktops: TeamDesktop[];
  /** What the carrier would list. */
  readonly list: ListedText[] = [];
  #ids = 0;
  readonly #appended = new Map<string, number>();
  readonly #blank: Buffer;

  constructor(blank: Buffer, count: number) {
    this.#blank = blank;
    // No two clocks agree.
    this.desktops = desktopIds
      .slice(0, count)
      .map((id, nth) => new TeamDesktop(id, blank, begin + nth * 7_000));
  }

  /** A desktop that hears of all this only now. */
  join(): TeamDesktop {
    const late = new TeamDesktop('desk-late', this.#blank, begin);
    this.desktops.push(late);
    return late;
  }

  close(): void {
    for (const each of this.desktops) each.close();
  }

  peer = (nth: number): string => peers[nth % peers.length] ?? '';
  nextId = (): string => `id-${(this.#ids += 1)}`;

  /** The relay takes a call of the carrier's. */
  hook(event: DeliveryEvent, receivedAt = begin + this.log.length * 1_000): void {
    const connectionId = teamConnection;
    this.#append(deliveryOf(event, { connectionId, receivedAt }));
  }

  textIn(peer: string): DeliveryEvent {
    const [providerMessageId, text] = [this.nextId(), `in ${this.#ids}`];
    const both = { providerMessageId, from: peer, to: teamLine, text, media: [] };
    const createdAt = begin + this.log.length * 1_000;
    this.list.push(listed({ ...both, direction: 'in', state: null, createdAt }));
    return { kind: 'text-received', ...both, part: null, sentAt: null };
  }

  /** The carrier takes a text, whether or not its answer arrives. */
  taken(desktop: TeamDesktop, { to, text }: { to: string; text: string }): string {
    const [providerMessageId, createdAt] = [this.nextId(), desktop.clock.now()];
    const both = { providerMessageId, from: teamLine, to, text, createdAt };
    this.list.push(listed({ ...both, direction: 'out', state: 'accepted' }));
    return providerMessageId;
  }

  /** A desktop tells up to so many events; the relay's answer may be lost on the way. */
  push(desktop: TeamDesktop, most: number, isAnswered = true): void {
    for (const { id, event } of desktop.untold(most)) {
      const seq = this.#appended.get(event.id) ?? this.#appendEvent(desktop.id, event);
      this.#appended.set(event.id, seq);
      if (isAnswered) desktop.told(id, seq);
    }
  }

  /** The relay forgot that it had this event, and takes it once more. */
  repeat(nth: number): void {
    const events = this.log.filter(({ raw }) => raw.provider === teamProvider);
    const event = events[nth % Math.max(1, events.length)];
    if (event) this.#append(event.raw);
  }

  pull(desktop: TeamDesktop, most: number, take = (each: Stored) => desktop.take(each)): void {
    const { cursor } = desktop;
    for (const each of this.log.slice(cursor, cursor + most)) take(each);
  }

  #appendEvent(connectionId: string, event: object): number {
    const body = Buffer.from(JSON.stringify(event));
    const head = { provider: teamProvider, connectionId, method: 'TEAM', url: '', headers: {} };
    return this.#append({ ...head, body, receivedAt: begin });
  }

  #append(raw: RawDelivery): number {
    const seq = this.log.length + 1;
    this.log.push({ seq, raw });
    return seq;
  }
}

const listed = (
  text: Omit<ListedText, 'media' | 'reference' | 'failure' | 'billing'>,
): ListedText => ({ ...text, media: [], reference: null, failure: null, billing: null });

export const acceptedAs = (providerMessageId: string): SendOutcome => ({
  kind: 'accepted',
  providerMessageId,
});

/** The conversations of a desktop. */
export const threadsOf = ({ db }: TeamDesktop): ThreadRef[] =>
  all<ThreadRef>(
    db,
    sql`SELECT id, (SELECT max(id) FROM entries WHERE thread_id = threads.id) AS newest FROM threads ORDER BY peer`,
  );

/** All that desktops of a team must agree upon. The order of a timeline is each one's own: it keeps what it was told last last. */
export function agreedUpon(db: WritableDb): unknown {
  return {
    threads: all(
      db,
      sql`SELECT peer, done, draft, assignee, unread, awaits_reply, failed, lower(hex(entries.uid)) AS last_out
          FROM threads LEFT JOIN entries ON entries.id = threads.last_out ORDER BY peer`,
    ),
    entries: all(
      db,
      sql`SELECT lower(hex(entries.uid)) AS uid, peer, entries.at, kind, direction, text, state, failure_kind, author, segments,
            unread.entry_id IS NOT NULL AS unread,
            (SELECT group_concat(attempt || ':' || coalesce(provider_id, '?')) FROM attempts WHERE entry_id = entries.id) AS attempts,
            (SELECT provider_id FROM inbound_ids WHERE entry_id = entries.id) AS inbound
          FROM entries JOIN threads ON threads.id = entries.thread_id
          LEFT JOIN unread ON unread.entry_id = entries.id ORDER BY entries.uid`,
    ),
    searchable: all(
      db,
      sql`SELECT count(*) AS n FROM entry_search WHERE entry_search MATCH 'in OR out OR note'`,
    ),
  };
}
