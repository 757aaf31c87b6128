import { counted, dataSize } from '../controls/tell-amount.ts';
import type { Attachment } from '../store/attachments-store.ts';

/**
 * What stands in the place of the counter where pictures go along: "MMS · 2 pictures, 580 kB"; null where none does. What was
 * refused does not count.
 */
export function mediaWords(attachments: readonly Attachment[]): string | null {
  const going = attachments.filter(({ standing }) => standing.kind !== 'refused');
  if (going.length === 0) return null;
  const sizes = going.map(({ standing }) => (standing.kind === 'ready' ? standing.media.size : 0));
  const octets = sizes.reduce((sum, size) => sum + size, 0);
  const size = octets === 0 ? '' : `, ${dataSize(octets)}`;
  return `MMS · ${counted(going.length, 'picture')}${size}`;
}
