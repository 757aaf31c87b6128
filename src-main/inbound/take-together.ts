import { transact } from '#main/sqlite/database.ts';

import type { NumberedDelivery } from './accept-delivery.ts';
import type { InboundDesk } from './inbound-desk.ts';

/**
 * Takes deliveries in, in one commit for all: what waits in a log costs one sync of the disk instead of one each. Each is
 * written down wholly or not at all, as when taken by itself, and nothing is told before the commit.
 * @throws where they cannot be taken together; none of them was taken then
 */
export function takeTogether<Desk extends InboundDesk>(
  desk: Desk,
  deliveries: readonly NumberedDelivery[],
  takeOne: (desk: Desk, delivery: NumberedDelivery) => void,
): void {
  const afterwards: (() => void)[] = [];
  const silent: Desk = {
    ...desk,
    tell: (...told) => void afterwards.push(() => desk.tell(...told)),
    wakeInbound: () => undefined,
  };
  transact(desk.db, () => {
    for (const each of deliveries) takeOne(silent, each);
  });
  for (const tell of afterwards) tell();
  desk.wakeInbound();
}
