import { longNameOf } from './header-names.ts';
import { MalformedMessage, type SipHeader, type SipMessage, headersOf } from './message.ts';

/** The longest message taken or sent over a stream, in bytes. */
export const longestMessage = 65_536;
const mostHeaders = 128;
const longestHeader = 8_192;

const requestLine = /^([A-Za-z0-9.!%*_+`'~-]{1,32}) ([^\s<>"]{1,2048}) SIP\/2\.0$/i;
const statusLine = /^SIP\/2\.0 ([1-6]\d\d)(?: (.{0,512}))?$/i;
const headerLine = /^([A-Za-z0-9.!%*_+`'~-]{1,64})[ \t]*:[ \t]*(.*)$/;

/** Headers of which a message has one at most; two that differ are how requests are smuggled. */
const single = ['from', 'to', 'call-id', 'cseq', 'content-length', 'content-type', 'max-forwards'];

export type Head = { readonly start: string; readonly headers: readonly SipHeader[] };

/**
 * Reads one whole message: a datagram, a frame of a WebSocket, or what was cut from a stream. A body longer than its
 * Content-Length is cut to it (RFC 3261 18.3).
 * @throws MalformedMessage
 */
export function parseMessage(bytes: Uint8Array): SipMessage {
  if (bytes.length > longestMessage) throw new MalformedMessage('the message is over 64 KiB');
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
  const end = buffer.indexOf('\r\n\r\n');
  if (end < 0) throw new MalformedMessage('the headers have no end');
  const { start, headers } = parseHead(buffer.toString('latin1', 0, end));
  const rest = buffer.subarray(end + 4);
  const length = readContentLength(headers) ?? rest.length;
  if (length > rest.length) throw new MalformedMessage('the body is shorter than Content-Length');
  return asMessage(start, headers, Uint8Array.from(rest.subarray(0, length)));
}

function asMessage(start: string, headers: readonly SipHeader[], body: Uint8Array): SipMessage {
  const [, status, reason = ''] = statusLine.exec(start) ?? [];
  if (status !== undefined)
    return { kind: 'response', status: Number(status), reason, headers, body };
  const [, method, uri] = requestLine.exec(start) ?? [];
  if (method === undefined || uri === undefined)
    throw new MalformedMessage('the first line is neither a request nor a status');
  return { kind: 'request', method, uri, headers, body };
}

/** The first line and the headers, folded ones in one piece. @throws MalformedMessage */
export function parseHead(head: string): Head {
  const [start = '', ...lines] = unfold(head);
  if (lines.length > mostHeaders) throw new MalformedMessage('there are over 128 headers');
  const headers = lines.map(parseHeader);
  for (const name of single)
    if (new Set(headersOf({ headers }, name)).size > 1)
      throw new MalformedMessage(`there are two headers ${name}`);
  return { start, headers };
}

/* A line that begins with a space continues the one before it (RFC 3261 7.3.1). */
function unfold(head: string): string[] {
  const lines = head.replaceAll(/\r\n[ \t]+/g, ' ').split('\r\n');
  // oxlint-disable-next-line no-control-regex
  if (lines.some((line) => /[\0-\x08\x0a-\x1f\x7f]/.test(line)))
    throw new MalformedMessage('a header holds a control character');
  return lines;
}

function parseHeader(line: string): SipHeader {
  if (line.length > longestHeader) throw new MalformedMessage('a header is over 8 KiB');
  const [, name, value] = headerLine.exec(line) ?? [];
  if (name === undefined || value === undefined) throw new MalformedMessage('a line is no header');
  return [longNameOf(name), value.trimEnd()];
}

/** The length the headers give the body; null where they give none. @throws MalformedMessage */
export function readContentLength(headers: readonly SipHeader[]): number | null {
  const [written] = headersOf({ headers }, 'content-length');
  if (written === undefined) return null;
  if (!/^\d{1,8}$/.test(written)) throw new MalformedMessage('Content-Length is no number');
  return Number(written);
}
