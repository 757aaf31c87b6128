import { describe, expect, it, onTestFinished } from 'vitest';

import { sessionRoad } from '#main/core/team/session-road.ts';
import { TeamOfDesk } from '#main/core/team/team-desk.ts';
import type { Appended } from '#main/relay/delivery-log.ts';
import { NotAppended, type ToAppend } from '#main/relay/desktop-end/pending-appends.ts';
import { connectionIdSchema } from '#shared/message/line.ts';
import { streamLimits } from '#shared/team/stream-frames.ts';
import { deliveryOf, readAll } from '#test/fakes/deliveries.ts';
import { StreamTaker, emptyStore, pairTaker } from '#test/fakes/stream-taker.ts';
import { TeamRelay } from '#test/fakes/team-relay.ts';
import { until } from '#test/fakes/until.ts';

const connectionId = connectionIdSchema.parse('acme0000main');

const arrival = (key: string, body = 'SIP MESSAGE'): ToAppend => ({
  type: 'append-arrival',
  connectionId,
  key,
  headers: { 'x-from': '+15550100100' },
  body: Buffer.from(body).toString('base64'),
});

async function joined(relay: TeamRelay): Promise<StreamTaker> {
  const { desktops } = relay.workspace();
  const identity = await pairTaker(relay.url, desktops.makeCode(Date.now()).code);
  const options = { address: relay.url, identity, store: emptyStore(), manner: 'honest' } as const;
  const taker = new StreamTaker(options);
  onTestFinished(() => taker.kill());
  await until(() => taker.welcomes === 1);
  return taker;
}

describe('what came in over a session that a desktop keeps', () => {
  it('is in the relay’s log when its append resolves, once for however many desktops heard it', async () => {
    const relay = await TeamRelay.start();
    const [kim, sam] = [await joined(relay), await joined(relay)];
    expect(await kim.client.append(arrival('call-1'))).toEqual({ seq: 1, duplicate: false });
    const stored = await readAll(relay.workspace().log);
    expect(stored).toMatchObject([
      { seq: 1, raw: { provider: 'acme', connectionId, method: 'SESSION' } },
    ]);
    expect(await sam.client.append(arrival('call-1'))).toEqual({ seq: 1, duplicate: true });
    await until(() => kim.ends.length === 0 && sam.ends.length === 0);
  });

  it('is refused, and so not answered, where there is no stream, and where it breaks under way', async () => {
    const relay = await TeamRelay.start();
    const kim = await joined(relay);
    const { log } = relay.workspace();
    const underWay = new Promise<Appended>((resolve, reject) => {
      kim.client.append(arrival('call-2')).then(resolve, reject);
      kim.client.close();
    });
    await expect(underWay).rejects.toMatchObject({ again: true });
    await expect(kim.client.append(arrival('call-3'))).rejects.toThrow(NotAppended);
    expect((await readAll(log)).length).toBeLessThanOrEqual(1);
  });

  it.each<[string, ToAppend]>([
    ['too long', arrival('long', 'x'.repeat(streamLimits.frameFromDesktop))],
    ['with too long a key', arrival('k'.repeat(600))],
    [
      'of a connection that is not shared',
      { ...arrival('x'), connectionId: connectionIdSchema.parse('other0000') } as ToAppend,
    ],
  ])('is refused for good, and the stream goes on: %s', async (_what, wanted) => {
    const relay = await TeamRelay.start();
    const kim = await joined(relay);
    await expect(kim.client.append(wanted)).rejects.toMatchObject({ again: false });
    expect(await kim.client.append(arrival('after'))).toMatchObject({ seq: 1 });
    expect(kim.ends).toEqual([]);
  });
});

describe('the road of a session', () => {
  const raw = deliveryOf('hello', { provider: 'smpp', connectionId: 'smpp0001' });
  const roadFor = (origin: 'own' | 'team') => {
    const keys: string[] = [];
    const keep = (where: string) => async (key: string) => {
      keys.push(`${where} ${key}`);
      return { seq: 1, duplicate: false };
    };
    const road = sessionRoad({
      book: { get: () => ({ connection: { origin } }) as never },
      team: { appendArrival: ({ key }) => keep('team')(key) },
      own: { append: (_raw, key) => keep('own')(key) },
    });
    return { road, keys };
  };

  it.each(['own', 'team'] as const)('is that of its connection: %s', async (origin) => {
    const { road, keys } = roadFor(origin);
    await road.append(raw, 'smpp/smpp0001/message 7');
    expect(keys).toEqual([origin === 'own' ? 'own smpp/smpp0001/message 7' : 'team message 7']);
  });

  it('takes nothing where this desktop is in no team', async () => {
    const desk = new TeamOfDesk({} as never);
    const { body, headers, connectionId: id } = raw;
    const refused = desk.appendArrival({ connectionId: id, body, headers, key: 'k' });
    await expect(refused).rejects.toThrow('There is no connection to the team’s relay.');
  });
});
