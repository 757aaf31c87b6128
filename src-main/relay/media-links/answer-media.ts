import type { IncomingMessage } from 'node:http';

import type { Answer } from '../answer.ts';
import { pathOf } from '../hook-path.ts';
import type { LinkDoor } from './link-door.ts';
import type { MediaLinks } from './media-links.ts';

export type MediaDoors = {
  /** The links of every workspace. */
  links(): readonly MediaLinks[];
  /** Answers `POST /media`, where desktops leave files here; null where none do. Throws {@link Refusal}. */
  readonly takeFile: ((request: IncomingMessage) => Promise<Answer>) | null;
};

/** Answers what is asked for at `/media` and under it. Throws {@link Refusal}. */
export async function answerMedia(
  request: IncomingMessage,
  door: LinkDoor,
  { takeFile }: MediaDoors,
): Promise<Answer> {
  const isUpload = request.method === 'POST' && pathOf(request.url ?? '') === '/media';
  return isUpload && takeFile !== null ? takeFile(request) : door.answer(request);
}
