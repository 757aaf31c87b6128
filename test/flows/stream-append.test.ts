import { randomUUID } from 'node:crypto';

import { describe, expect, it } from 'vitest';

import { LogFailure } from '#main/relay/delivery-log.ts';
import { connectionIdSchema } from '#shared/message/line.ts';
import type { DesktopFrame } from '#shared/team/stream-frames.ts';
import type { TeamEvent } from '#shared/team/team-event.ts';

import { deliveryOf, readAll, textOf } from '../fakes/deliveries.ts';
import { StreamDesktop } from '../fakes/stream-desktop.ts';
import { TeamRelay } from '../fakes/team-relay.ts';

const connectionId = connectionIdSchema.parse('acme0000main');

/** An arrival that is refused, so that its answer tells that all before it was heard. */
const notHere = {
  connectionId: connectionIdSchema.parse('nobodysconnection'),
  key: '',
  headers: {},
  body: '',
};

function note(text: string, id: string = randomUUID()): TeamEvent {
  const place = { connectionId, line: '+12025550100', peer: '+12025550101' };
  return { kind: 'note-written', id, at: 1, uid: randomUUID(), place, text };
}

function arrival(id: number, more: object = {}): DesktopFrame {
  const body = Buffer.from('by radio').toString('base64');
  const said = { connectionId, key: 'pdu-1', headers: { 'x-from': 'smsc' }, body };
  return { type: 'append-arrival', id, ...said, ...more };
}

describe('an event of a desktop', () => {
  it('is in the log when it is answered, under the desktop that said hello, and comes to all', async () => {
    const relay = await TeamRelay.start();
    const identity = await relay.pair();
    const author = await StreamDesktop.join(relay.url, identity);
    const reader = await relay.join();
    await reader.next('members');
    const event = note('call back');
    author.say({ type: 'append', id: 7, event });
    expect(await author.next('appended')).toEqual({
      type: 'appended',
      id: 7,
      seq: 1,
      duplicate: false,
    });
    const [stored] = await readAll(relay.workspace().log);
    expect(stored?.raw).toMatchObject({
      provider: 'trunkline',
      connectionId: identity.desktop,
      method: 'TEAM',
      url: '',
      headers: {},
    });
    expect(JSON.parse(textOf(stored as NonNullable<typeof stored>))).toEqual(event);
    for (const desktop of [author, reader]) {
      const [delivery] = await desktop.deliveries(1);
      expect(delivery).toMatchObject({ seq: 1, raw: { connectionId: identity.desktop } });
    }
  });

  it('is not answered before it is durable', async () => {
    const relay = await TeamRelay.start();
    const { log } = relay.workspace();
    const desktop = await relay.join();
    await desktop.next('members');
    const honest = log.append.bind(log);
    const gate = Promise.withResolvers<void>();
    log.append = (raw, key) => gate.promise.then(() => honest(raw, key));
    desktop.say({ type: 'append', id: 1, event: note('held') });
    desktop.say({ type: 'append-arrival', id: 2, ...notHere });
    await desktop.next('not-appended');
    expect(desktop.frames.some(({ type }) => type === 'appended')).toBe(false);
    gate.resolve();
    expect(await desktop.next('appended')).toMatchObject({ id: 1, seq: 1 });
  });

  it('is stored once, however often it is told; another desktop of the same id is another event', async () => {
    const relay = await TeamRelay.start();
    const [first, second] = [await relay.join(), await relay.join()];
    await Promise.all([first.next('members'), second.next('members')]);
    const event = note('once');
    for (const id of [1, 2]) first.say({ type: 'append', id, event });
    expect(await first.next('appended')).toMatchObject({ id: 1, seq: 1, duplicate: false });
    expect(await first.next('appended')).toMatchObject({ id: 2, seq: 1, duplicate: true });
    second.say({ type: 'append', id: 1, event });
    expect(await second.next('appended')).toMatchObject({ seq: 2, duplicate: false });
  });

  it('keeps its order among hundreds at once', async () => {
    const relay = await TeamRelay.start();
    const desktop = await relay.join();
    await desktop.next('members');
    const count = 500;
    for (let id = 0; id < count; id += 1)
      desktop.say({ type: 'append', id, event: note(`note ${id}`) });
    for (let id = 0; id < count; id += 1)
      expect(await desktop.next('appended')).toMatchObject({ id, seq: id + 1 });
  });

  it('is to be told again where the log could not store it', async () => {
    const relay = await TeamRelay.start();
    const { log } = relay.workspace();
    const desktop = await relay.join();
    await desktop.next('members');
    const honest = log.append.bind(log);
    log.append = () => Promise.reject(new LogFailure('full', 'The disk is full.'));
    const event = note('later');
    desktop.say({ type: 'append', id: 1, event });
    const refused = { type: 'not-appended', id: 1, sentence: 'The disk is full.', again: true };
    expect(await desktop.next('not-appended')).toEqual(refused);
    log.append = honest;
    desktop.say({ type: 'append', id: 2, event });
    expect(await desktop.next('appended')).toMatchObject({ id: 2, duplicate: false });
  });

  it('is taken where it is of no connection', async () => {
    const relay = await TeamRelay.start();
    const desktop = await relay.join();
    await desktop.next('members');
    const event = { kind: 'template-removed', id: randomUUID(), at: 1, uid: randomUUID() } as const;
    desktop.say({ type: 'append', id: 5, event });
    expect(await desktop.next('appended')).toMatchObject({ id: 5, seq: 1 });
  });

  it('is refused for good where it is of a connection of another workspace', async () => {
    const relay = await TeamRelay.start({ names: ['main', 'second'] });
    const desktop = await relay.join('second');
    await desktop.next('members');
    desktop.say({ type: 'append', id: 4, event: note('for the others') });
    const sentence = 'This workspace has no such connection.';
    const refused = { type: 'not-appended', id: 4, sentence, again: false };
    expect(await desktop.next('not-appended')).toEqual(refused);
    for (const { log } of relay.workspaces) expect(await readAll(log)).toEqual([]);
  });
});

describe('what comes in over a session that a desktop keeps', () => {
  it('is stored as the relay itself would, once for two desktops', async () => {
    const relay = await TeamRelay.start();
    const { log } = relay.workspace();
    const [first, second] = [await relay.join(), await relay.join()];
    await Promise.all([first.next('members'), second.next('members')]);
    first.say(arrival(1));
    expect(await first.next('appended')).toMatchObject({ seq: 1, duplicate: false });
    second.say(arrival(1));
    expect(await second.next('appended')).toMatchObject({ seq: 1, duplicate: true });
    const more = { provider: 'acme', connectionId };
    expect(await log.append(deliveryOf('by radio', more), `acme/${connectionId}/pdu-1`)).toEqual({
      seq: 1,
      duplicate: true,
    });
    const [stored] = await readAll(log);
    expect(stored?.raw).toMatchObject({
      provider: 'acme',
      connectionId,
      method: 'SESSION',
      headers: { 'x-from': 'smsc' },
    });
  });

  it('is refused for good where the connection is of another workspace', async () => {
    const relay = await TeamRelay.start({ names: ['main', 'second'] });
    const desktop = await relay.join('second');
    await desktop.next('members');
    desktop.say(arrival(3));
    expect(await desktop.next('not-appended')).toMatchObject({ id: 3, again: false });
    for (const { log } of relay.workspaces) expect(await readAll(log)).toEqual([]);
  });
});
