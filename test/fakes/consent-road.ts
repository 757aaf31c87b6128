import { consentHandlers } from '#main/commands/consent.ts';
import type { Desk } from '#main/commands/desk.ts';
import { findThreadByKey } from '#main/history/threads.ts';
import { acceptDelivery } from '#main/inbound/accept-delivery.ts';
import { all } from '#main/sqlite/database.ts';
import { sql } from '#main/sqlite/sql.ts';
import type { ThreadId } from '#shared/message/entry.ts';
import type { Capabilities } from '#shared/provider/capabilities.ts';

import { FakeCarrier, deliveryOf } from './fake-carrier.ts';
import { ourNumber } from './history-desk.ts';
import { type ManualClock, settle } from './manual-clock.ts';
import { type OutboundRoad, accepted, outboundRoad } from './outbound-road.ts';
import { peerNumber } from './write-history.ts';

/** Both roads over one history, with a carrier that takes everything at once. */
export class ConsentRoad {
  readonly road: OutboundRoad;
  #seq = 0;

  constructor(
    given: {
      dataFolder?: string;
      capabilities?: Partial<Capabilities>;
      carrier?: FakeCarrier;
      clock?: ManualClock;
    } = {},
  ) {
    const carrier = given.carrier ?? new FakeCarrier(given.capabilities);
    let ids = 0;
    carrier.onSend = () => accepted(`${given.dataFolder ?? ''}id-${(ids += 1)}`);
    const folder = given.dataFolder === undefined ? {} : { dataFolder: given.dataFolder };
    const clock = given.clock === undefined ? {} : { clock: given.clock };
    this.road = outboundRoad({ carrier, ...folder, ...clock });
  }

  /** A customer writes; what follows from it has happened when this resolves. Returns the words of the delivery. */
  async hears(
    text: string,
    more: { peer?: number; from?: string; ago?: number; id?: string } = {},
  ): Promise<void> {
    const { peer = 0, ago = 0, id = `in-${this.#seq + 1}` } = more;
    const event = {
      kind: 'text-received',
      providerMessageId: id,
      from: more.from ?? peerNumber(peer),
      to: ourNumber,
      text,
      media: [],
      part: null,
      sentAt: null,
    } as const;
    const receivedAt = this.road.clock.now() - ago;
    const raw = deliveryOf(event, { receivedAt });
    acceptDelivery(this.road, { log: 'relay', seq: (this.#seq += 1), raw });
    this.road.drain.wake();
    await settle();
  }

  get handlers() {
    return consentHandlers({
      ...this.road,
      wakeOutbox: () => this.road.drain.wake(),
    } as unknown as Desk);
  }

  threadOf(peer = 0): ThreadId {
    const thread = findThreadByKey(this.road.db, {
      lineId: this.road.line.id,
      peer: peerNumber(peer),
    });
    if (thread === undefined) throw new Error('there is no such conversation');
    return thread.id;
  }

  /** Everything in the history, oldest first: the kind, and the words with the state of what went out. */
  lines(): string[] {
    const rows = all<{ kind: string; direction: string; text: string; state: string }>(
      this.road.db,
      sql`SELECT kind, direction, text, state FROM entries ORDER BY id`,
    );
    return rows.map(({ kind, direction, text, state }) =>
      kind === 'system' ? `* ${text}` : direction === 'in' ? `< ${text}` : `> ${text} [${state}]`,
    );
  }

  /** The words of what reached the carrier. */
  get sent(): string[] {
    return this.road.carrier.sent.map(({ text }) => text);
  }
}
