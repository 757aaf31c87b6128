import {
  type DeliveryEvent,
  type RawDelivery,
  type ReceiptState,
  UnreadableDelivery,
} from '#shared/provider/delivery.ts';
import type { SendFailure } from '#shared/provider/send-failure.ts';

import type { Profile } from '../profile.ts';
import { readEnvelope } from '../wire/envelope.ts';
import type { Imdn } from '../wire/imdn.ts';
import { inflateBody } from '../wire/inflate-body.ts';
import { MalformedMessage, type SipRequest, headerOf } from '../wire/message.ts';
import { parseMessage } from '../wire/parse-message.ts';
import { identityOf } from './identity.ts';
import { readLateAnswer } from './late-answer.ts';
import { readBody } from './read-body.ts';
import { receivingNumber, sendingNumber } from './sides.ts';

/**
 * Understands what a session stored: a MESSAGE as it came, or an answer that came after its sender had stopped waiting.
 * @throws UnreadableDelivery
 */
export function readDelivery(profile: Profile, raw: RawDelivery): readonly DeliveryEvent[] {
  try {
    const message = parseMessage(raw.body);
    if (message.kind === 'request') return readRequest(profile, message);
    return readLateAnswer(message, raw.headers);
  } catch (error) {
    if (error instanceof MalformedMessage) throw new UnreadableDelivery(error.message);
    throw error;
  }
}

function readRequest(profile: Profile, request: SipRequest): readonly DeliveryEvent[] {
  if (request.method !== 'MESSAGE') throw new UnreadableDelivery('it is no MESSAGE');
  const envelope = readEnvelope(request);
  const read = readBody({ headers: request.headers, body: inflateBody(request) });
  switch (read.kind) {
    case 'nothing':
      return [];
    case 'receipt':
      return receiptsOf(read.imdn);
    case 'text':
      return [
        {
          kind: 'text-received',
          providerMessageId: identityOf(request, envelope),
          from: sendingNumber(request, envelope),
          to: receivingNumber(profile, request, envelope),
          text: read.text,
          media: [],
          part: null,
          sentAt: read.sentAt ?? timeIn(headerOf(request, 'date')),
        },
      ];
  }
}

type Standing = { readonly state: ReceiptState; readonly failure: SendFailure | null };

/** Nothing where a notification says nothing of how the text fared, such as that notifications are forbidden. */
function receiptsOf({ messageId, about, status, at }: Imdn): readonly DeliveryEvent[] {
  const standing = standingOf(`${about}/${status}`);
  if (standing === null) return [];
  const reference = /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}/.exec(messageId)?.[0] ?? null;
  const happenedAt = timeIn(at ?? undefined);
  return [{ kind: 'receipt', providerMessageId: messageId, reference, ...standing, happenedAt }];
}

function standingOf(told: string): Standing | null {
  switch (told) {
    case 'delivery/delivered':
    case 'display/displayed':
      return { state: 'delivered', failure: null };
    case 'delivery/failed':
      return { state: 'failed', failure: { kind: 'unreachable', raw: 'IMDN: failed' } };
    case 'processing/processed':
    case 'processing/stored':
      return { state: 'sent', failure: null };
    default:
      return null;
  }
}

function timeIn(written: string | undefined): number | null {
  const at = Date.parse(written ?? '');
  return Number.isNaN(at) ? null : at;
}
