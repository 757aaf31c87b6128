import { describe, expect, it } from 'vitest';

import { decodeDelivery, encodeDelivery } from '#main/relay/jetstream/delivery-message.ts';
import { deliveryOf } from '#test/fakes/deliveries.ts';

describe('a delivery as a message', () => {
  it('comes back as it was, whatever bytes and names it has', () => {
    const raw = deliveryOf('', {
      body: Buffer.from([1, 0, 255, 254, 10, 13]),
      url: 'https://h/\u0000\uD800?é',
      headers: Object.fromEntries([['__proto__', 'x\r\ny']]),
    });
    expect(decodeDelivery(7, encodeDelivery(raw))).toEqual({ seq: 7, raw, line: null });
  });

  it('is not read from what a newer program, or another one, wrote', () => {
    const bytes = encodeDelivery(deliveryOf('text'));
    const changed = (at: number, to: number) => Uint8Array.from(bytes).fill(to, at, at + 1);
    const read = (data: Uint8Array) => () => decodeDelivery(7, data);
    expect(read(changed(0, 2))).toThrow(expect.objectContaining({ reason: 'newer' }));
    const corrupt = expect.objectContaining({
      reason: 'corrupt',
      message: 'Message 7 of the log is not one that Trunkline wrote.',
    });
    for (const data of [changed(0, 0), changed(1, 9), changed(5, 0), bytes.subarray(0, 3)])
      expect(read(data)).toThrow(corrupt);
    expect(read(new Uint8Array())).toThrow(corrupt);
  });
});
