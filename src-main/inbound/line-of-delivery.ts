import type { DeliveryEvent, RawDelivery } from '#shared/provider/delivery.ts';
import type { ProviderAdapter } from '#shared/provider/provider.ts';

/**
 * Which of our numbers a delivery brings a text or a call in for, by the first it tells; null where it tells none or is not
 * understood. Of a long text only the first part counts, because carriers list it as one.
 */
export function lineOfDelivery(
  adapter: ProviderAdapter | undefined,
  raw: RawDelivery,
): string | null {
  try {
    const lines = (adapter?.readDelivery(raw) ?? []).map(lineOfEvent);
    return lines.find((line) => line !== null) ?? null;
  } catch {
    // Not understood: it is shown as such once it is taken in.
    return null;
  }
}

function lineOfEvent(event: DeliveryEvent): string | null {
  switch (event.kind) {
    case 'text-received':
      return event.part === null || event.part.sequence === 1 ? event.to : null;
    case 'call':
      return event.line;
    case 'receipt':
    case 'voicemail':
      return null;
  }
}
