import type { IncomingMessage } from 'node:http';
import { TLSSocket } from 'node:tls';

import { streamPath, streamProtocol } from '#shared/team/stream-frames.ts';

import { addressKey, isLoopback } from '../caller-address.ts';

/** The status line that turns a wish for the stream away; null for a desktop's. */
export function judgeUpgrade({ url, method, headers }: IncomingMessage): string | null {
  if (url !== streamPath || method !== 'GET') return '404 Not Found';
  // Browsers always say where a page is from; a desktop is no page.
  if (headers.origin !== undefined) return '403 Forbidden';
  const offered = (headers['sec-websocket-protocol'] ?? '').split(',').map((each) => each.trim());
  return offered.includes(streamProtocol) ? null : '400 Bad Request';
}

/** Can nobody on the way listen? By TLS, or because the way does not leave this machine. */
export function isUnheard({ socket }: IncomingMessage): boolean {
  if (socket instanceof TLSSocket) return true;
  return isLoopback(socket.remoteAddress ?? '') && isLoopback(socket.localAddress ?? '');
}

/**
 * What a caller's wrong codes are counted by. Behind a proxy the last address it names is the caller's; those before it the
 * caller may have made up.
 */
export function callerOf({ socket, headers }: IncomingMessage, behindProxy: boolean): string {
  const forwarded = String(headers['x-forwarded-for'] ?? '');
  const named = forwarded.split(',').at(-1)?.trim() ?? '';
  return addressKey(behindProxy && named !== '' ? named : (socket.remoteAddress ?? ''));
}
