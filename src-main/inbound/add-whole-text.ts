import type { Change } from '#main/history/announce.ts';
import type { WritableDb } from '#main/sqlite/database.ts';
import type { TextReceived } from '#shared/provider/delivery.ts';
import { analyzeText } from '#shared/text/analyze-text.ts';

import { addInbound } from './add-inbound.ts';
import { findPlace } from './find-place.ts';

type WholeText = Pick<TextReceived, 'from' | 'to' | 'text' | 'media'> & {
  readonly connectionId: string;
  readonly at: number;
  /** The carrier's id of it, or of its first part; null where it is not known. */
  readonly providerId: string | null;
  readonly aside?: string;
};

/** Adds a text that is all there. */
export function addWholeText(
  db: WritableDb,
  { from, to, text, media, connectionId, at, providerId, aside }: WholeText,
): Change[] {
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
  });
}
