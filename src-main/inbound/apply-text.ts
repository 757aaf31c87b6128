import type { Change } from '#main/history/announce.ts';
import { removeListedOnly } from '#main/history/attention.ts';
import { noteSeen, wasSeen } from '#main/history/deliveries-seen.ts';
import { forgetRecovered } from '#main/history/recovered.ts';
import type { WritableDb } from '#main/sqlite/database.ts';
import type { PartOfText, RawDelivery, TextReceived } from '#shared/provider/delivery.ts';

import { addWholeText } from './add-whole-text.ts';
import { takeTold } from './arrival.ts';
import { joinPart } from './join-parts.ts';

/** Puts a text into the timeline of its two numbers, once; a part of a longer text waits for the others. */
export function applyText(db: WritableDb, raw: RawDelivery, text: TextReceived): Change[] {
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
    return applyPart(db, raw, { ...text, part: text.part });
  const providerId = text.providerMessageId;
  return addWholeText(db, { ...text, connectionId: raw.connectionId, providerId, at });
}

function applyPart(
  db: WritableDb,
  raw: RawDelivery,
  text: TextReceived & { part: PartOfText },
): Change[] {
  const { connectionId, receivedAt: at } = raw;
  const whole = joinPart(db, { connectionId, text, at });
  const changes = whole.flatMap((each) =>
    addWholeText(db, { ...each, media: [], connectionId, providerId: each.providerId ?? null, at }),
  );
  if (text.media.length === 0) return changes;
  return [
    ...changes,
    ...addWholeText(db, {
      ...text,
      text: '',
      connectionId,
      providerId: text.providerMessageId,
      aside: 'media',
      at,
    }),
  ];
}
