import { type MessageBody } from '../wire/message-body.ts';
import { tags } from '../wire/tlvs.ts';

/** `acknowledgement`: a handset's own, which no ordinary handset sends. */
export type KindOfMessage = 'text' | 'receipt' | 'acknowledgement';

const kinds: ReadonlyMap<number, KindOfMessage> = new Map([
  [0x00, 'text'],
  [0x04, 'receipt'],
  [0x20, 'receipt'],
]);

/** What a message is, by esm_class; a receipt sent as a text is known by parameters that no handset can set. */
export function kindOfMessage({ esmClass, tlvs }: MessageBody): KindOfMessage {
  const kind = kinds.get(esmClass & 0x3c) ?? 'acknowledgement';
  const isReceipt = tlvs.has(tags.receiptedMessageId) && tlvs.has(tags.messageState);
  return kind === 'text' && isReceipt ? 'receipt' : kind;
}
