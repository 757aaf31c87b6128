import type { DeliveryEvent } from '#shared/provider/delivery.ts';
import type { Inbound } from '#test/carriers/sip-carrier.ts';
import { valueOf } from '#test/carriers/sip-wire.ts';

import { SipDesk } from './sip-desk.ts';

export const imdnNamespace = 'urn:ietf:params:xml:ns:imdn';

/** A receipt that says this. */
export function imdn(inside: string, id = '01890000-0000-7000-8000-000000000001.a1b2'): string {
  return `<?xml version="1.0" encoding="UTF-8"?>\r\n<imdn xmlns="${imdnNamespace}"><!-- so --><message-id>${id}</message-id><datetime>2026-01-01T14:00:05Z</datetime><recipient-uri>sip:+15550100002@x</recipient-uri>${inside}</imdn>`;
}

/** A content wrapped in CPIM. */
export function inCpim(type: string, content: string, prefix = 'imdn'): string {
  return `From: <sip:a@b>\r\nTo: <sip:c@d>\r\nDateTime: 2026-01-01T14:00:00Z\r\nNS: ${prefix} <urn:ietf:params:imdn>\r\n${prefix}.Message-ID: x1\r\n\r\nContent-Type: ${type}\r\nContent-Disposition: notification\r\n\r\n${content}`;
}

/** What a body turned into, and how it was answered; `events` is the complaint where it cannot be read. */
export async function deliver(inbound: Inbound): Promise<{
  answer: string;
  events: readonly DeliveryEvent[] | string | null;
  headers: ReturnType<typeof valueOf>;
}> {
  await using desk = await SipDesk.open();
  desk.carrier.deliver(inbound);
  const [answer = ''] = await desk.answers(1);
  const [arrival] = desk.arrivals;
  const [message] = desk.carrier.answers;
  const headers =
    message === undefined ? '' : valueOf(message, 'accept') + valueOf(message, 'accept-encoding');
  if (arrival === undefined) return { answer, events: null, headers };
  try {
    return { answer, events: desk.read(arrival), headers };
  } catch (error) {
    return { answer, events: String(error), headers };
  }
}
