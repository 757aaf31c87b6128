import { counted, dataSize } from '../controls/tell-amount.ts';
import type { Attachment } from '../store/attachments-store.ts';

/** What stands in the place of the counter where pictures go along: "MMS · 2 pictures, 580 kB". */
export function mediaWords(attachments: readonly Attachment[]): string {
  const sizes = attachments.map(({ standing }) =>
    standing.kind === 'ready' ? standing.media.size : 0,
  );
  const octets = sizes.reduce((sum, size) => sum + size, 0);
  const size = octets === 0 ? '' : `, ${dataSize(octets)}`;
  return `MMS · ${counted(attachments.length, 'picture')}${size}`;
}
