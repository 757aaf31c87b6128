import type { Change } from '#main/history/announce.ts';
import { noteSeen } from '#main/history/deliveries-seen.ts';
import { forgetRecovered } from '#main/history/recovered.ts';
import type { WritableDb } from '#main/sqlite/database.ts';
import type { CallReceived, RawDelivery, VoicemailReceived } from '#shared/provider/delivery.ts';

import { addInbound } from './add-inbound.ts';
import { takeTold } from './arrival.ts';
import { findPlace } from './find-place.ts';

/** Puts a call into the timeline of its two numbers, once. */
export function applyCall(db: WritableDb, raw: RawDelivery, call: CallReceived): Change[] {
  const at = raw.receivedAt;
  const { providerCallId: providerId } = call;
  const wasListed = forgetRecovered(db, raw.connectionId, `call/${providerId}`);
  if (!noteSeen(db, `call/${raw.connectionId}/${providerId}`, at))
    return wasListed ? takeTold(db, { ...raw, kind: 'call', providerId }) : [];
  const threadId = findPlace(db, { ...call, connectionId: raw.connectionId, at });
  const { direction, outcome, seconds } = call;
  return addInbound(db, {
    entry: { threadId, at, kind: 'call', direction, outcome, seconds },
    connectionId: raw.connectionId,
    providerId,
    media: [],
  });
}

/** Puts a voicemail into the timeline of its two numbers, once. */
export function applyVoicemail(
  db: WritableDb,
  raw: RawDelivery,
  voicemail: VoicemailReceived,
): Change[] {
  const at = raw.receivedAt;
  if (!noteSeen(db, `voicemail/${raw.connectionId}/${voicemail.providerCallId}`, at)) return [];
  const threadId = findPlace(db, { ...voicemail, connectionId: raw.connectionId, at });
  const { direction, seconds, media } = voicemail;
  return addInbound(db, {
    entry: { threadId, at, kind: 'voicemail', direction, seconds },
    connectionId: raw.connectionId,
    providerId: voicemail.providerCallId,
    media,
  });
}
