import type { Change } from '#main/history/announce.ts';
import { removeListedOnly } from '#main/history/attention.ts';
import { noteSeen, wasSeen } from '#main/history/deliveries-seen.ts';
import { forgetRecovered } from '#main/history/recovered.ts';
import type { PartOfText, RawDelivery, TextReceived } from '#shared/provider/delivery.ts';

import { addWholeText } from './add-whole-text.ts';
import { takeTold } from './arrival.ts';
import type { InboundDesk } from './inbound-desk.ts';
import { joinPart } from './join-parts.ts';

/** Puts a text into the timeline of its two numbers, once; a part of a longer text waits for the others. */
export function applyText(desk: InboundDesk, raw: RawDelivery, text: TextReceived): Change[] {
  const { db } = desk;
  const at = raw.receivedAt;
  const id = `${raw.connectionId}/${text.providerMessageId}`;
  const key = `text/${text.providerMessageId}`;
  const wasListed = forgetRecovered(db, raw.connectionId, key);
  if (!noteSeen(db, `text/${id}`, at))
    return wasListed
      ? takeTold(db, { ...raw, kind: 'text', providerId: text.providerMessageId })
      : [];
  if (wasSeen(db, `listed/${id}`))
    removeListedOnly(db, { ...text, connectionId: raw.connectionId });
  if (text.part !== null && text.part.total > 1)
    return applyPart(desk, raw, { ...text, part: text.part });
  const providerId = text.providerMessageId;
  return addWholeText(desk, { ...text, connectionId: raw.connectionId, providerId, at });
}

function applyPart(
  desk: InboundDesk,
  raw: RawDelivery,
  text: TextReceived & { part: PartOfText },
): Change[] {
  const { connectionId, receivedAt: at } = raw;
  const whole = joinPart(desk.db, { connectionId, text, at });
  const changes = whole.flatMap((each) =>
    addWholeText(desk, {
      ...each,
      media: [],
      connectionId,
      providerId: each.providerId ?? null,
      at,
    }),
  );
  if (text.media.length === 0) return changes;
  return [
    ...changes,
    ...addWholeText(desk, {
      ...text,
      text: '',
      connectionId,
      providerId: text.providerMessageId,
      aside: 'media',
      at,
    }),
  ];
}
