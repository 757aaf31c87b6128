import type { DeliveryLog, StoredDelivery } from '#main/relay/delivery-log.ts';
import type { RawDelivery } from '#shared/provider/delivery.ts';

/** A delivery whose body is this text. */
export function deliveryOf(text: string, more: Partial<RawDelivery> = {}): RawDelivery {
  return {
    provider: 'sandbox',
    connectionId: 'c1',
    method: 'POST',
    url: 'http://127.0.0.1:4010/hooks/sandbox/c1',
    headers: { 'content-type': 'text/plain', 'x-signature': 'none' },
    body: Buffer.from(text),
    receivedAt: 1_760_000_000_000,
    ...more,
  };
}

export function textOf(stored: Omit<StoredDelivery, 'line'>): string {
  return Buffer.from(stored.raw.body).toString();
}

/** Everything in a log after this number, read in pages. */
export async function readAll(log: DeliveryLog, after = 0, page = 500): Promise<StoredDelivery[]> {
  const stored: StoredDelivery[] = [];
  for (;;) {
    const next = await log.readAfter(stored.at(-1)?.seq ?? after, page);
    if (next.length === 0) return stored;
    stored.push(...next);
  }
}

/** How many counts do not follow the one before on their line. */
export function lineGapsIn(stored: readonly StoredDelivery[]): number {
  const last = new Map<string, number>();
  return stored.filter(({ line }) => {
    if (line === null) return false;
    const before = last.get(line.number) ?? 0;
    last.set(line.number, line.count);
    return line.count !== before + 1;
  }).length;
}
