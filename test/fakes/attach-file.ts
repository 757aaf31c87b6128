import { pieceOctets } from '#shared/contract/attachment-commands.ts';
import type { HostCaller } from '#shared/contract/call-host.ts';
import type { Media } from '#shared/message/entry.ts';

/** Brings a file to the host as a screen does; answers with what is kept of it. */
export async function attachFile(
  host: Pick<HostCaller, 'call'>,
  bytes: Uint8Array,
  type = 'image/png',
): Promise<Media> {
  const { uploadId } = await host.call('attachment.begin', { size: bytes.byteLength, type });
  for (let at = 0; at < bytes.byteLength; at += pieceOctets) {
    const piece = Buffer.from(bytes.subarray(at, at + pieceOctets)).toString('base64');
    await host.call('attachment.append', { uploadId, at, bytes: piece });
  }
  return (await host.call('attachment.end', { uploadId })).media;
}
