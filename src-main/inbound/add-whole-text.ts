import type { Change } from '#main/history/announce.ts';
import type { TextReceived } from '#shared/provider/delivery.ts';
import { analyzeText } from '#shared/text/analyze-text.ts';

import { addInbound } from './add-inbound.ts';
import { findPlace } from './find-place.ts';
import type { InboundDesk } from './inbound-desk.ts';

type WholeText = Pick<TextReceived, 'from' | 'to' | 'text' | 'media'> & {
  readonly connectionId: string;
  readonly at: number;
  /** The carrier's id of it, or of its first part; null where it is not known. */
  readonly providerId: string | null;
  readonly aside?: string;
};

/** Adds a text that is all there. */
export function addWholeText(
  desk: Pick<InboundDesk, 'db' | 'clock' | 'adapterOf'>,
  { from, to, text, media, connectionId, at, providerId, aside }: WholeText,
): Change[] {
  const { db } = desk;
  const threadId = findPlace(db, { connectionId, line: to, peer: from, at });
  const { encoding, segments } = analyzeText(text);
  return addInbound(db, {
    entry: {
      threadId,
      at,
      kind: 'text',
      direction: 'in',
      text,
      encoding,
      segments: segments.length,
    },
    connectionId,
    providerId,
    ...(aside === undefined ? {} : { aside }),
    media,
    hearing: { carrier: desk.adapterOf(connectionId)?.capabilities, now: desk.clock.now() },
  });
}
