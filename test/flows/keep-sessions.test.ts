import { expect, test } from 'vitest';

import type { OpenedConnection } from '#main/core/connections/connection-book.ts';
import { ConnectionHealth } from '#main/core/connections/connection-health.ts';
import { type SessionParts, keepSessions } from '#main/core/connections/keep-sessions.ts';
import { findConnection } from '#main/history/connections.ts';
import type { RawDelivery } from '#shared/provider/delivery.ts';
import type { SessionRoad } from '#shared/provider/provider.ts';
import { fakeConnection, historyDesk } from '#test/fakes/history-desk.ts';
import { settle } from '#test/fakes/manual-clock.ts';

type Standing = { readonly road: SessionRoad; bye: () => void };

/** A book with one connection whose carrier keeps a session; it says goodbye when the test lets it. */
function kept() {
  const desk = historyDesk();
  const connection = findConnection(desk.db, fakeConnection);
  if (connection === undefined) throw new Error('the desk has no connection');
  const standing: Standing[] = [];
  const saidGoodbye: Standing[] = [];
  const open = (): OpenedConnection => ({
    connection,
    baseUrl: null,
    pathSecret: null,
    guard: {
      authenticate: () => 'forged',
      dedupeKey: () => '',
      reply: () => ({ status: 200, type: '', body: '' }),
    },
    adapter: {
      ...desk.carrier.adapter,
      keepSession(road) {
        const session: Standing = { road, bye: () => undefined };
        standing.push(session);
        return {
          stop: () =>
            new Promise((resolve) => {
              session.bye = () => {
                saidGoodbye.push(session);
                resolve();
              };
            }),
        };
      },
    },
  });
  let opened: OpenedConnection | undefined = open();
  const book: SessionParts['book'] = {
    all: () => (opened === undefined ? [] : [opened]),
    get: () => opened,
    onOpened: () => undefined,
    onClosed: () => undefined,
  };
  const appended: { raw: RawDelivery; key: string }[] = [];
  const health = new ConnectionHealth();
  const sessions = keepSessions({
    book,
    health,
    clock: desk.clock,
    touch: () => undefined,
    deliveries: {
      append: async (raw, key) => {
        appended.push({ raw, key });
        return { seq: appended.length, duplicate: false };
      },
    },
  });
  return {
    standing,
    saidGoodbye,
    appended,
    health,
    sessions,
    close() {
      opened = undefined;
      book.onClosed(fakeConnection);
    },
    reopen() {
      book.onClosed(fakeConnection);
      opened = open();
      book.onOpened(opened);
    },
  };
}

test('a connection that is opened again begins its session only when the one before is over', async () => {
  const { standing, saidGoodbye, reopen } = kept();
  expect(standing).toHaveLength(1);
  reopen();
  reopen();
  await settle();
  expect(standing).toHaveLength(1);
  standing[0]?.bye();
  await settle();
  expect(saidGoodbye).toHaveLength(1);
  expect(standing).toHaveLength(2);
});

test('one that was closed meanwhile begins none', async () => {
  const { standing, reopen, close } = kept();
  reopen();
  close();
  standing[0]?.bye();
  await settle();
  expect(standing).toHaveLength(1);
});

test('a stop waits for every goodbye, and nothing begins after it', async () => {
  const { standing, sessions, reopen } = kept();
  reopen();
  let isOver = false;
  const stopping = sessions.stop().then(() => (isOver = true));
  await settle();
  expect(isOver).toBe(false);
  standing[0]?.bye();
  await stopping;
  expect(standing).toHaveLength(1);
});

test('what comes in is in the log before it is answered, under a key of its connection', async () => {
  const { standing, appended, health } = kept();
  const body = new TextEncoder().encode('Hi');
  await standing[0]?.road.append({ body, headers: { 'x-a': '1' }, key: 'm1' });
  expect(appended).toMatchObject([
    { key: `fake/${fakeConnection}/m1`, raw: { method: 'SESSION', headers: { 'x-a': '1' } } },
  ]);
  standing[0]?.road.onState({ state: 'trouble', sentence: 'The carrier hung up.' });
  expect(health.stateOf(fakeConnection)).toMatchObject({ sentence: 'The carrier hung up.' });
});
