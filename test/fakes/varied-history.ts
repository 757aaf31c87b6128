import { acceptDelivery } from '#main/inbound/accept-delivery.ts';
import type { DeliveryEvent } from '#shared/provider/delivery.ts';
import { hostileTexts } from '#test/fixtures/hostile-texts.ts';

import { deliveryOf } from './fake-carrier.ts';
import type { HistoryDesk } from './history-desk.ts';
import {
  type OutboundRoad,
  accepted,
  answers,
  outboundRoad,
  refused,
  sends,
} from './outbound-road.ts';
import { peerNumber, textIn } from './write-history.ts';

let deliveries = 0;

/** The carrier has told this. */
export function told(desk: HistoryDesk, event: DeliveryEvent): void {
  deliveries += 1;
  const raw = deliveryOf(event, { receivedAt: desk.clock.now() });
  acceptDelivery(desk, { log: 'relay', seq: deliveries, raw });
}

/** What a spreadsheet would take for a formula, what comes near to it, and what breaks lines and tables. */
export const trickyTexts: readonly string[] = [
  '=1+1',
  '=HYPERLINK("http://evil.example","x")',
  '+15550100100',
  '-2+3',
  '@SUM(1)',
  '\t=1',
  '\r=1',
  '\n=1',
  "'=1",
  "''=1",
  "'tis",
  "''",
  '＝1',
  'a,b;c\td',
  'quotes " and "" and "',
  'one\r\ntwo\nthree\rfour',
  'line\u2028and\u2029and\u0085end',
  '\u202egnp.exe\u202c',
  '👩‍👩‍👧 Ünïcödé 漢字',
  '\0\u0001\u001b[31m\u007f',
  `long ${'x'.repeat(5_000)}`,
];

export type VariedHistory = { readonly road: OutboundRoad; readonly texts: readonly string[] };

/**
 * A history with one of everything: hostile texts in, texts out that were delivered, refused, are unknown and wait, a call, and
 * a voicemail whose sound is still with the carrier.
 */
export async function variedHistory(): Promise<VariedHistory> {
  const road = outboundRoad();
  const texts = [...hostileTexts, ...trickyTexts];
  texts.forEach((text, index) => {
    textIn(road, { text, peer: peerNumber(index % 3), at: road.clock.now() + index });
  });
  await road.clock.advance(60_000);
  await sends(road, { peer: 1, text: 'Delivered' });
  await answers(road, accepted('fake-1'));
  told(road, {
    kind: 'receipt',
    providerMessageId: 'fake-1',
    reference: null,
    state: 'delivered',
    failure: null,
    happenedAt: road.clock.now() - 1_000,
    billing: { segments: 1, priceMicros: 7_500, feeMicros: null, currency: 'USD' },
  });
  await sends(road, { peer: 2, text: 'Refused' });
  await answers(road, refused);
  await sends(road, { peer: 1, text: 'On its way' });
  const { line } = road;
  const between = { line: line.number, peer: peerNumber(2) };
  told(road, {
    kind: 'call',
    providerCallId: 'call-1',
    direction: 'in',
    ...between,
    outcome: 'missed',
    seconds: 0,
  });
  const media = [{ url: 'http://127.0.0.1:9/sound', type: 'audio/amr' }];
  told(road, {
    kind: 'voicemail',
    providerCallId: 'call-1',
    direction: 'in',
    ...between,
    seconds: 7,
    media,
  });
  return { road, texts };
}
