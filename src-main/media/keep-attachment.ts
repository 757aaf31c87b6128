import {
  type Attachment,
  addAttachment,
  forgetAttachment,
  listAttachedBefore,
} from '#main/history/attachments.ts';
import type { WritableDb } from '#main/sqlite/database.ts';
import type { Clock } from '#shared/contract/clock.ts';
import { CommandFailure } from '#shared/contract/failure.ts';

import { describeMedia } from './describe-media.ts';
import { isPictureType } from './read-dimensions.ts';
import { removeStored, storeMedia } from './store.ts';
import { stripMetadata } from './strip/strip-metadata.ts';
import { type Uploaded, newMediaId } from './uploads.ts';

/** A picture that was attached and not sent is forgotten after so long, in milliseconds: a day. */
const keptUnsentMs = 86_400_000;

export type KeepingAttachments = {
  readonly db: WritableDb;
  readonly clock: Clock;
  readonly dataFolder: string;
};

const notThis = (message: string, cure: string): CommandFailure =>
  new CommandFailure('refused', message, { field: 'file', cure });

/**
 * Stores a picture that is to be sent, as it will be sent: without what it tells of place, time and camera. Pictures that
 * nobody sent are forgotten on the way.
 * @throws {CommandFailure} where it is not one that may be sent
 */
export async function keepAttachment(
  { db, clock, dataFolder }: KeepingAttachments,
  uploaded: Uploaded,
): Promise<Attachment> {
  const bytes = cleaned(uploaded);
  const described = describeMedia(bytes, []);
  if (described.kind === 'unfit') throw notThis(described.problem, 'Make it smaller first.');
  const { type, size, width, height } = described;
  const attachment = { id: newMediaId(), type, size, width, height };
  await storeMedia(dataFolder, attachment.id, bytes);
  addAttachment(db, attachment, clock.now());
  await forgetUnsent({ db, clock, dataFolder });
  return attachment;
}

function cleaned({ bytes, declaredType }: Uploaded): Uint8Array {
  const described = describeMedia(bytes, [declaredType]);
  if (described.kind === 'unfit') throw notThis(described.problem, 'Make it smaller first.');
  const { type } = described;
  if (!isPictureType(type))
    throw notThis(
      'Only pictures can be attached: JPEG, PNG, GIF and WebP. This file is none of these.',
      'Save it as one of these, or send a link to it.',
    );
  const stripped = stripMetadata(bytes, type);
  if (stripped !== null) return stripped;
  throw notThis(
    'The picture is damaged: it cannot be read to its end.',
    'Save it anew and attach that.',
  );
}

/** Forgets one attached picture; nothing happens where it is sent already. */
export async function dropAttachment(
  { db, dataFolder }: KeepingAttachments,
  id: string,
): Promise<void> {
  if (forgetAttachment(db, id)) await removeStored(dataFolder, id);
}

/** Forgets pictures that were attached and not sent within a day. */
export async function forgetUnsent(keeping: KeepingAttachments): Promise<void> {
  const old = listAttachedBefore(keeping.db, keeping.clock.now() - keptUnsentMs);
  for (const id of old) await dropAttachment(keeping, id);
}
