import type { SipHeader, SipMessage } from './message.ts';

/**
 * A message as bytes, with its Content-Length counted here.
 * @throws Error where a header or the first line would break into two: what goes in must have been checked before
 */
export function writeMessage(message: SipMessage): Uint8Array {
  const start =
    message.kind === 'request'
      ? `${message.method} ${message.uri} SIP/2.0`
      : `SIP/2.0 ${message.status} ${message.reason}`;
  const headers = message.headers.filter(([name]) => name.toLowerCase() !== 'content-length');
  const length: SipHeader = ['Content-Length', String(message.body.length)];
  const lines = [start, ...[...headers, length].map(([name, value]) => `${name}: ${value}`)];
  for (const line of lines) mustBeOneLine(line);
  return Buffer.concat([Buffer.from(`${lines.join('\r\n')}\r\n\r\n`, 'latin1'), message.body]);
}

function mustBeOneLine(line: string): void {
  // oxlint-disable-next-line no-control-regex
  if (!/^[\t\x20-\x7e\x80-\xff]*$/.test(line)) throw new Error('a line of a SIP message is broken');
}
