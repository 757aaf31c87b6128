import { gunzipSync, inflateRawSync, inflateSync } from 'node:zlib';

import { MalformedMessage, type SipMessage, headerOf } from './message.ts';

/** The longest body there may be once inflated, in bytes. */
export const longestInflated = 65_536;

/** The encodings of bodies that are read here. */
export const contentEncodings: readonly string[] = ['identity', 'deflate', 'gzip'];

/** A message's body as it was before it was compressed. @throws MalformedMessage */
export function inflateBody(message: SipMessage): Uint8Array {
  const encoding = contentEncodingOf(message);
  if (encoding === 'identity') return message.body;
  try {
    return inflate(encoding, message.body);
  } catch {
    throw new MalformedMessage(`the body is not in its encoding, ${encoding}`);
  }
}

export function contentEncodingOf(message: SipMessage): string {
  return headerOf(message, 'content-encoding')?.trim().toLowerCase() ?? 'identity';
}

function inflate(encoding: string, body: Uint8Array): Uint8Array {
  const limits = { maxOutputLength: longestInflated };
  if (encoding === 'gzip') return gunzipSync(body, limits);
  if (encoding !== 'deflate') throw new Error('not known');
  /* "deflate" is meant with its zlib wrapping, and often sent without (RFC 9110 8.4.1.2). */
  const wrapped =
    ((body[0] ?? 0) & 0x0f) === 8 && (((body[0] ?? 0) << 8) | (body[1] ?? 0)) % 31 === 0;
  return wrapped ? inflateSync(body, limits) : inflateRawSync(body, limits);
}
