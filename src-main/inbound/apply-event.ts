import type { Change } from '#main/history/announce.ts';
import type { DeliveryEvent, RawDelivery } from '#shared/provider/delivery.ts';

import { applyCall, applyVoicemail } from './apply-call.ts';
import { applyReceipt } from './apply-receipt.ts';
import { applyText } from './apply-text.ts';
import type { InboundDesk } from './inbound-desk.ts';

/** Writes down one thing a delivery said. Call it in a transaction. Said twice, it changes nothing the second time. */
export function applyEvent(desk: InboundDesk, raw: RawDelivery, event: DeliveryEvent): Change[] {
  switch (event.kind) {
    case 'text-received':
      return applyText(desk, raw, event);
    case 'receipt':
      return applyReceipt(desk.db, raw, event);
    case 'call':
      return applyCall(desk.db, raw, event);
    case 'voicemail':
      return applyVoicemail(desk.db, raw, event);
  }
}
