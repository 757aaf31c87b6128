import { readFile } from 'node:fs/promises';

import { findMedia } from '#main/history/media.ts';
import { log } from '#main/log/log.ts';
import { readStored } from '#main/media/store.ts';
import type { LinkOutcome, MediaRoad } from '#main/outbound/media-road.ts';
import { type MediaLinks, MediaLinksFull } from '#main/relay/media-links/media-links.ts';
import type { ReadableDb } from '#main/sqlite/database.ts';

import type { ConnectionBook } from './connections/connection-book.ts';
import { isOnThisMachine } from './connections/hook-addresses.ts';

/** A stored picture about to be offered to a carrier. */
export type OfferedFile = { readonly bytes: Uint8Array; readonly type: string };

export type MediaRoadParts = {
  readonly db: ReadableDb;
  readonly dataFolder: string;
  readonly book: ConnectionBook;
  readonly links: MediaLinks;
  /** Where the embedded relay is reached on this machine. */
  readonly relayUrl: string;
  /** Offers a file on the relay of the team, for a connection that is the team's; null for one of our own. */
  teamLinkFor(connectionId: string): ((file: OfferedFile) => Promise<LinkOutcome>) | null;
};

const noAddress = {
  because: 'This line has no public address, so its carrier could not fetch the picture.',
  cure: 'Give its connection a public address under Connections, or send the text alone.',
};

/** How pictures get to carriers: over the own relay where a carrier reaches it, or over that of the team. */
export function mediaRoad(parts: MediaRoadParts): MediaRoad {
  const reaches = (id: string): boolean =>
    parts.teamLinkFor(id) !== null || baseOf(parts, id) !== null;
  return {
    problemOf: (id) => (reaches(id) ? null : noAddress),
    async link(connectionId, mediaId) {
      try {
        const file = await readOffered(parts, mediaId);
        if (file === null) return notMade('The picture is no longer on the disk.');
        const byTeam = parts.teamLinkFor(connectionId);
        return await (byTeam === null ? linkHere(parts, connectionId, file) : byTeam(file));
      } catch (error) {
        if (error instanceof MediaLinksFull) return notMade(error.message);
        log('media-link.not-made', { reason: error instanceof Error ? error.name : 'unknown' });
        return notMade('The picture could not be written where the carrier fetches it.');
      }
    },
  };
}

const notMade = (because: string): LinkOutcome => ({ kind: 'not-made', because });

/** The address under which the carrier of a connection reaches our relay, without a path; null where it does not. */
function baseOf({ book, relayUrl }: MediaRoadParts, connectionId: string): string | null {
  const opened = book.get(connectionId);
  if (opened === undefined) return null;
  return opened.connection.publicUrl ?? (isOnThisMachine(opened.baseUrl) ? relayUrl : null);
}

async function linkHere(
  parts: MediaRoadParts,
  connectionId: string,
  { bytes, type }: OfferedFile,
): Promise<LinkOutcome> {
  const base = baseOf(parts, connectionId);
  if (base === null) return notMade(noAddress.because);
  const { path } = await parts.links.make(bytes, type);
  return { kind: 'made', url: base.replace(/\/+$/, '') + path };
}

async function readOffered(
  { db, dataFolder }: MediaRoadParts,
  mediaId: string,
): Promise<OfferedFile | null> {
  const media = findMedia(db, mediaId);
  const file = media?.state === 'stored' ? readStored(dataFolder, mediaId) : null;
  if (media === undefined || file === null) return null;
  return { bytes: await readFile(file), type: media.type };
}
