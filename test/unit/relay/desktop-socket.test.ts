import { EventEmitter } from 'node:events';

import { describe, expect, it } from 'vitest';
import type { WebSocket } from 'ws';

import { DesktopSocket } from '#main/relay/stream/desktop-socket.ts';
import { StreamCounts } from '#main/relay/stream/stream-counts.ts';

import { ManualClock } from '../../fakes/manual-clock.ts';

const mebibyte = 1_024 ** 2;

/** A socket whose other end reads nothing and ends nothing. */
class DeafSocket extends EventEmitter {
  readonly OPEN = 1;
  readyState = 1;
  bufferedAmount = 0;
  readonly sent: string[] = [];
  readonly closes: number[] = [];
  isCut = false;

  send(frame: string): void {
    this.sent.push(frame);
  }

  ping(): void {}
  resume(): void {}

  close(code: number): void {
    this.readyState = 2;
    this.closes.push(code);
  }

  terminate(): void {
    this.isCut = true;
    this.emit('close');
  }
}

function wrap() {
  const deaf = new DeafSocket();
  const [clock, counts] = [new ManualClock(), new StreamCounts()];
  const socket = new DesktopSocket(deaf as unknown as WebSocket, { clock, counts });
  return { deaf, clock, counts, socket };
}

describe('the relay’s end of a desktop that does not read', () => {
  it('sends answers until 12 MiB are waiting, then ends it', () => {
    const { deaf, counts, socket } = wrap();
    deaf.bufferedAmount = 12 * mebibyte;
    socket.send({ type: 'tip', lastSeq: 1 });
    expect(deaf.sent).toEqual(['{"type":"tip","lastSeq":1}']);
    deaf.bufferedAmount += 1;
    for (const lastSeq of [2, 3]) socket.send({ type: 'tip', lastSeq });
    expect([deaf.sent.length, deaf.closes]).toEqual([1, [4408]]);
    expect([...counts.ends]).toEqual([['not-reading', 1]]);
  });

  it('cuts it where it does not end the closing handshake in two seconds, and waits for nothing more', async () => {
    const { deaf, clock, socket } = wrap();
    socket.closeFailed();
    await clock.advance(1_999);
    expect([deaf.closes, deaf.isCut]).toEqual([[1013], false]);
    await clock.advance(1);
    expect([deaf.isCut, clock.planned]).toEqual([true, 0]);
  });
});
