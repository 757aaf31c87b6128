import { MalformedMessage } from './message.ts';
import { longestMessage, parseHead, readContentLength } from './parse-message.ts';

/** What a stream was cut into. A lone CRLF is a pong, a double one a ping (RFC 5626 4.4.1). */
export type Frame =
  | { readonly kind: 'message'; readonly bytes: Uint8Array }
  | { readonly kind: 'ping' }
  | { readonly kind: 'pong' };

/**
 * Cuts a stream of bytes into messages by their Content-Length, which a message on a stream must have (RFC 3261 18.3).
 * Keeps at most one message's bytes.
 */
export class StreamFramer {
  #kept: Buffer = Buffer.alloc(0);
  /** Up to here no end of headers was found. */
  #searched = 0;

  /** @throws MalformedMessage where the stream cannot be followed any further: close it */
  push(chunk: Uint8Array): Frame[] {
    this.#kept = this.#kept.length === 0 ? Buffer.from(chunk) : Buffer.concat([this.#kept, chunk]);
    const frames: Frame[] = [];
    for (let frame = this.#next(); frame !== null; frame = this.#next()) frames.push(frame);
    return frames;
  }

  #next(): Frame | null {
    return this.#kept[0] === 0x0d || this.#kept[0] === 0x0a
      ? this.#nextKeepAlive()
      : this.#nextMessage();
  }

  #nextKeepAlive(): Frame | null {
    const text = this.#kept.toString('latin1', 0, 4);
    if (text === '\r\n\r\n') return this.#cut(4, { kind: 'ping' });
    if ('\r\n\r\n'.startsWith(text)) return text === '\r\n' ? this.#cut(2, { kind: 'pong' }) : null;
    if (text.startsWith('\r\n')) return this.#cut(2, { kind: 'pong' });
    throw new MalformedMessage('a message begins with half a line break');
  }

  #nextMessage(): Frame | null {
    const end = this.#kept.indexOf('\r\n\r\n', this.#searched);
    if (end < 0) {
      this.#searched = Math.max(0, this.#kept.length - 3);
      mustBeBounded(this.#kept.length + 1);
      return null;
    }
    const { headers } = parseHead(this.#kept.toString('latin1', 0, end));
    const length = readContentLength(headers);
    if (length === null) throw new MalformedMessage('a message on a stream has no Content-Length');
    const whole = end + 4 + length;
    mustBeBounded(whole);
    this.#searched = end;
    if (this.#kept.length < whole) return null;
    const bytes = Uint8Array.from(this.#kept.subarray(0, whole));
    return this.#cut(whole, { kind: 'message', bytes });
  }

  #cut(bytes: number, frame: Frame): Frame {
    this.#kept = this.#kept.subarray(bytes);
    this.#searched = 0;
    return frame;
  }
}

function mustBeBounded(bytes: number): void {
  if (bytes > longestMessage) throw new MalformedMessage('the message is over 64 KiB');
}
