import type { RawData, WebSocket } from 'ws';

import type { Clock } from '#shared/contract/clock.ts';
import { createWireEars } from '#shared/contract/wire-ears.ts';
import { maxFrameUnits, type Wire } from '#shared/contract/wire.ts';

/** Close codes of our own and of RFC 6455 that a screen meets. Only after `expired` is there no use in connecting again. */
export const closeCodes = { leaving: 1001, binary: 1003, behind: 1013, expired: 4401 } as const;

/** Octets: a frame of the longest length takes at most three for each UTF-16 unit. Longer ones close the socket (1009). */
export const maxFrameOctets = 3 * maxFrameUnits;

/** Octets: a screen that has more than this waiting for it is too far behind; it reconnects and asks anew. */
const maxBehindOctets = 8 * 1_048_576;

/** Milliseconds. */
const pingEveryMs = 20_000;
/** Milliseconds: a screen not heard of for so long is gone. */
const deadAfterMs = 45_000;
/** Milliseconds: a screen that does not end the closing handshake by then is cut off. */
const closeWithinMs = 2_000;

export type WebSocketWireOptions = {
  readonly clock: Clock;
  /** Asked before each frame is heard and at each ping; once it says no the socket is closed as expired. */
  readonly isWelcome: (cause: 'frame' | 'ping') => boolean;
};

/** Makes an accepted socket a wire. */
export function createWebSocketWire(socket: WebSocket, options: WebSocketWireOptions): Wire {
  const ears = createWireEars();
  const close = createClose(socket, options.clock);
  socket.on('message', (data, isBinary) => {
    if (socket.readyState !== socket.OPEN) return;
    if (isBinary) close(closeCodes.binary);
    else if (!options.isWelcome('frame')) close(closeCodes.expired);
    else ears.hearFrame(textOf(data));
  });
  socket.on('close', ears.hearClose);
  // What is wrong with a socket also closes it; nothing is left to do here.
  socket.on('error', () => {});
  keepAlive(socket, options, close);
  return {
    send(frame) {
      if (socket.readyState !== socket.OPEN) return;
      if (socket.bufferedAmount > maxBehindOctets) close(closeCodes.behind);
      else socket.send(frame);
    },
    onFrame: ears.onFrame,
    onClose: ears.onClose,
    close() {
      ears.hearClose();
      close(closeCodes.leaving);
    },
  };
}

function textOf(data: RawData): string {
  return Array.isArray(data)
    ? Buffer.concat(data).toString()
    : Buffer.from(data as Buffer).toString();
}

function createClose(socket: WebSocket, clock: Clock): (code: number) => void {
  return (code) => {
    if (socket.readyState !== socket.OPEN) return;
    socket.close(code);
    const cancel = clock.after(closeWithinMs, () => socket.terminate());
    socket.once('close', cancel);
  };
}

/** Pings, cuts off a screen that has gone silent, and lets an expired one go. */
function keepAlive(
  socket: WebSocket,
  { clock, isWelcome }: WebSocketWireOptions,
  close: (code: number) => void,
): void {
  let heardAt = clock.now();
  const hear = () => (heardAt = clock.now());
  socket.on('message', hear);
  socket.on('pong', hear);
  const beat = () => {
    if (clock.now() - heardAt > deadAfterMs) return socket.terminate();
    if (!isWelcome('ping')) return close(closeCodes.expired);
    if (socket.readyState === socket.OPEN) socket.ping();
    cancel = clock.after(pingEveryMs, beat);
  };
  let cancel = clock.after(pingEveryMs, beat);
  socket.once('close', () => cancel());
}
