import type { DeliveryLog } from '#main/relay/delivery-log.ts';

/** The same log with some of what it does done otherwise. */
export function changedLog(log: DeliveryLog, more: Partial<DeliveryLog>): DeliveryLog {
  return {
    id: log.id,
    append: (raw, key) => log.append(raw, key),
    readAfter: (seq, limit) => log.readAfter(seq, limit),
    onAppended: (listener) => log.onAppended(listener),
    trim: (allowed) => log.trim(allowed),
    health: () => log.health(),
    close: () => log.close(),
    ...more,
  };
}
