import { z } from 'zod';

import type { RemoteMedia } from '#shared/provider/delivery.ts';

import { isWebAddress } from '../read-media.ts';

/** The content type under which a text is a JSON document that names its attachments. */
export const fileTransferType = 'application/x-acro-filetransfer+json';

const transferShape = z.object({
  body: z.string().nullish(),
  text: z.string().nullish(),
  attachments: z
    .array(
      z.object({
        'content-url': z.string().refine(isWebAddress),
        'content-type': z.string().max(200).nullish(),
      }),
    )
    .max(50),
});

export type Content = { readonly text: string; readonly media: readonly RemoteMedia[] };

/** What a transfer says; null where it is none. Servers put the words into `body` or `text`. */
export function readTransfer(written: string): Content | null {
  const read = transferShape.safeParse(parse(written)).data;
  if (read === undefined) return null;
  return {
    text: read.body ?? read.text ?? '',
    media: read.attachments.map((each) => ({
      url: each['content-url'],
      type: each['content-type'] ?? null,
    })),
  };
}

function parse(written: string): unknown {
  try {
    return JSON.parse(written);
  } catch {
    return undefined;
  }
}

const types: ReadonlyMap<string, string> = new Map([
  ['jpg', 'image/jpeg'],
  ['jpeg', 'image/jpeg'],
  ['png', 'image/png'],
  ['gif', 'image/gif'],
]);

/** A text with attachments as such a document. A type is written where the address shows it; without one it is a JPEG. */
export function writeTransfer(text: string, urls: readonly string[]): string {
  const attachments = urls.map((url) => {
    const type = types.get(/\.([a-z]{3,4})(?:[?#]|$)/i.exec(url)?.[1]?.toLowerCase() ?? '');
    return { ...(type === undefined ? {} : { 'content-type': type }), 'content-url': url };
  });
  return JSON.stringify({ ...(text === '' ? {} : { body: text }), attachments });
}
