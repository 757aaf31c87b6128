import type { DeliveryEvent, RawDelivery } from '#shared/provider/delivery.ts';
import type { SessionArrival } from '#shared/provider/provider.ts';

import { judgeLate } from '../outbound/judge.ts';
import type { SipResponse } from '../wire/message.ts';
import { writeMessage } from '../wire/write-message.ts';

/** Headers of an arrival that say which of our texts a late answer is about, and the id that text goes by. */
const referenceHeader = 'x-reference';
const messageIdHeader = 'x-provider-message-id';

type About = { readonly uid: string; readonly providerMessageId: string };

/** An answer that came after its sender had stopped waiting, as the session stores it. */
export function lateArrival(
  response: SipResponse,
  { uid, providerMessageId }: About,
): SessionArrival {
  return {
    body: writeMessage(response),
    headers: {
      'content-type': 'message/sip',
      [referenceHeader]: uid,
      [messageIdHeader]: providerMessageId,
    },
    key: `answer ${uid} ${providerMessageId}`,
  };
}

/** What a stored answer says of its text; nothing where it leaves open whether the text was taken. */
export function readLateAnswer(
  response: SipResponse,
  headers: RawDelivery['headers'],
): readonly DeliveryEvent[] {
  const [reference, providerMessageId] = [headers[referenceHeader], headers[messageIdHeader]];
  const standing = judgeLate(response);
  if (standing === null || reference === undefined || providerMessageId === undefined) return [];
  return [{ kind: 'receipt', providerMessageId, reference, ...standing, happenedAt: null }];
}
