import { type StorageTrouble, storageTroubleOf } from '#main/sqlite/storage-trouble.ts';
import type { Handlers } from '#shared/contract/answer-renderer.ts';
import { CommandFailure } from '#shared/contract/failure.ts';

const troubles: Readonly<Record<StorageTrouble, readonly [string, string]>> = {
  full: [
    'The disk is full, so nothing was saved.',
    'Free some space on the disk of the data folder and try again.',
  ],
  'read-only': [
    'The data folder can no longer be written to, so nothing was saved.',
    'Allow writing to it and try again.',
  ],
  broken: [
    'The disk refused to save this.',
    'Check the disk, and copy the data folder to a safe place.',
  ],
  busy: [
    'Another program holds the history, so nothing was saved.',
    'Close that program and try again.',
  ],
};

/** Answers a disk that refuses with a sentence the person can act on, instead of a fault of the program. */
export function answerStorageTrouble(handlers: Handlers): Handlers {
  const guarded = Object.entries(handlers).map(([name, handle]) => [
    name,
    async (input: never) => {
      try {
        return await handle(input);
      } catch (error) {
        const trouble = storageTroubleOf(error);
        if (trouble === null) throw error;
        const [message, cure] = troubles[trouble];
        throw new CommandFailure('storage', message, { cure });
      }
    },
  ]);
  return Object.fromEntries(guarded) as Handlers;
}
