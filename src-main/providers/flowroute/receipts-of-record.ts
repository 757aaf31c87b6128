import type { ReceiptReceived } from '#shared/provider/delivery.ts';
import { readTime } from '#shared/provider/read-time.ts';

import { billingOf } from './billing-of.ts';
import { standingOf } from './receipt-state.ts';
import type { MessageWire, ReceiptWire } from './wire-types.ts';

/** One receipt; null where it says nothing known. `reference` is our uid of the text, where it is known. */
export function receiptOf(
  providerMessageId: string,
  wire: ReceiptWire,
  reference: string | null,
): ReceiptReceived | null {
  const standing = standingOf(wire);
  if (standing === null) return null;
  const happenedAt = readTime(wire.timestamp);
  return { kind: 'receipt', providerMessageId, reference, ...standing, happenedAt };
}

/** Everything a record of a text out knows, oldest first; where it holds no receipts, its latest status. */
export function receiptsOfRecord(record: MessageWire, reference: string | null): ReceiptReceived[] {
  const { delivery_receipts: receipts, status, timestamp } = record.attributes;
  const bare = { level: null, status_code: null, status_code_description: null, timestamp: null };
  const wires = receipts == null || receipts.length === 0 ? [{ ...bare, status }] : receipts;
  const billing = billingOf(record.attributes);
  const sentAt = readTime(timestamp);
  return wires
    .toSorted((a, b) => rankOf(a) - rankOf(b))
    .flatMap((wire) => receiptOf(record.id, wire, reference) ?? [])
    .map((receipt) => ({ ...receipt, happenedAt: receipt.happenedAt ?? sentAt, billing }));
}

/* Both levels often bear the same second, and the list is newest first. */
function rankOf({ timestamp, level }: ReceiptWire): number {
  return (readTime(timestamp) ?? 0) + Number(level ?? 0) / 10;
}
