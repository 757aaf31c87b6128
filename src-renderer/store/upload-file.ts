import { pieceOctets } from '#shared/contract/attachment-commands.ts';
import type { HostCaller } from '#shared/contract/call-host.ts';
import type { Media } from '#shared/message/entry.ts';

/** Brings a file to the host piece by piece. Rejects with the host's failure. */
export async function uploadFile(host: HostCaller, file: Blob): Promise<Media> {
  const { uploadId } = await host.call('attachment.begin', { size: file.size, type: file.type });
  for (let at = 0; at < file.size; at += pieceOctets) {
    const piece = new Uint8Array(await file.slice(at, at + pieceOctets).arrayBuffer());
    await host.call('attachment.append', { uploadId, at, bytes: inBase64(piece) });
  }
  const { media } = await host.call('attachment.end', { uploadId });
  return media;
}

/* As arguments of one call, so many octets fit. */
const stretch = 8_192;

function inBase64(bytes: Uint8Array): string {
  let text = '';
  for (let at = 0; at < bytes.length; at += stretch)
    text += String.fromCharCode(...bytes.subarray(at, at + stretch));
  return btoa(text);
}
