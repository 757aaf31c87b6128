import { describe, expect, it } from 'vitest';

import { streamLimits } from '#shared/team/stream-frames.ts';

import { StreamDesktop } from '../fakes/stream-desktop.ts';
import { TeamRelay } from '../fakes/team-relay.ts';

type Hostile = {
  readonly is: string;
  readonly code: number;
  do(desktop: StreamDesktop): void;
};

const says = (is: string, text: string): Hostile => ({
  is,
  code: 4400,
  do: ({ socket }) => socket.send(text),
});

const ack = (seq: unknown): string => JSON.stringify({ type: 'ack', seq });

/** Against a desktop that was sent 5 deliveries and has acknowledged 3. */
const hostile: readonly Hostile[] = [
  says('no JSON', '{"type":"ack"'),
  says('nothing', ''),
  says('JSON of another shape', '[]'),
  says('null', 'null'),
  says('an unknown type', JSON.stringify({ type: 'drop-table' })),
  says('a prototype', '{"__proto__":{"type":"ack","seq":1}}'),
  says('a deep one', '['.repeat(30_000)),
  says('an acknowledgement of what was not sent', ack(6)),
  says('an acknowledgement past all numbers', ack(2 ** 53)),
  says('an acknowledgement below 0', ack(-1)),
  says('an acknowledgement that goes back', ack(2)),
  says('half an acknowledgement', ack(3.5)),
  says('an acknowledgement in words', ack('4')),
  says('an event that is none', JSON.stringify({ type: 'append', id: 1, event: { kind: 'x' } })),
  { is: 'binary', code: 4400, do: ({ socket }) => socket.send(Buffer.from(ack(4))) },
  {
    is: 'a frame that is one octet too long',
    code: 1009,
    do: ({ socket }) => socket.send(' '.repeat(streamLimits.frameFromDesktop + 1)),
  },
  {
    is: 'one in a thousand pieces',
    code: 1008,
    do({ socket }) {
      for (let piece = 0; piece < 1_000; piece += 1) socket.send(' ', { fin: false });
    },
  },
  { is: 'text that is no UTF-8', code: 1007, do: ({ socket }) => socket.send(badText, asText) },
];

const badText = Buffer.from([0x22, 0xff, 0x22]);
const asText = { binary: false };

describe('a frame of a desktop', () => {
  it.each(hostile)('that is $is ends its connection and no other', async (each) => {
    const relay = await TeamRelay.start();
    await relay.workspace().append('1', '2', '3', '4', '5');
    const [desktop, witness] = [await relay.join(), await relay.join()];
    await Promise.all([desktop.deliveries(5), witness.deliveries(5)]);
    desktop.say({ type: 'ack', seq: 3 });
    each.do(desktop);
    expect(await desktop.untilClosed()).toMatchObject({ code: each.code });
    await relay.workspace().append('6');
    await witness.deliveries(6);
    expect((await relay.workspace().log.health()).lastSeq).toBe(6);
  });

  it('may be as long as is said, and come in pieces', async () => {
    const relay = await TeamRelay.start();
    await relay.workspace().append('1', '2', '3');
    const desktop = await relay.join();
    await desktop.deliveries(3);
    const written = ack(2);
    const longest = written + ' '.repeat(streamLimits.frameFromDesktop - written.length);
    desktop.socket.send(longest);
    desktop.socket.send('{"type":"ack",', { fin: false });
    desktop.socket.send('"seq":3}', { fin: true });
    desktop.socket.close(1000);
    expect(await desktop.untilClosed()).toMatchObject({ code: 1000 });
    const [kept] = relay.workspace().desktops.list();
    expect(kept?.acknowledgedSeq).toBe(3);
  });

  it('before the hello may be no more than hello and pair', async () => {
    const relay = await TeamRelay.start();
    for (const text of [ack(0), '{}', 'x'.repeat(1_000)]) {
      const desktop = await StreamDesktop.open(relay.url);
      desktop.socket.send(text);
      expect(await desktop.untilClosed()).toMatchObject({ code: 4400 });
    }
  });
});
