import type { RemoteMedia } from '#shared/provider/delivery.ts';

import type { Message } from './wire-types.ts';

/** The attachments of a text. Their addresses are good for a short while only. */
export function mediaOf({ media }: Message): readonly RemoteMedia[] {
  return media.map(({ url, content_type: type }) => ({ url, type: type ?? null }));
}
