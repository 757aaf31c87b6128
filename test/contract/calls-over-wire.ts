import { describe, expect, it, onTestFinished } from 'vitest';

import { systemClock } from '#main/log/system-clock.ts';
import { answerRenderer, type Handlers } from '#shared/contract/answer-renderer.ts';
import { createHostCaller, type ConnectionState } from '#shared/contract/call-host.ts';
import { CommandFailure } from '#shared/contract/failure.ts';
import { maxCallsInFlight } from '#shared/contract/frames.ts';
import type { Wire } from '#shared/contract/wire.ts';
import { RecordingHandlers } from '#test/fakes/recording-handlers.ts';

import { pairPerTest } from './pair-per-test.ts';
import type { OpenPair } from './wire-suite.ts';

/** The whole road: a screen's call, over the wire, to a handler and back; events the other way. */
export function describeCalls(openPair: OpenPair): void {
  const open = pairPerTest(openPair);

  const start = (given: Partial<Handlers> = {}) => {
    const core = new RecordingHandlers(given);
    const errors: unknown[] = [];
    const hosts: { wire: Wire; answerer: ReturnType<typeof answerRenderer> }[] = [];
    const caller = createHostCaller({
      clock: systemClock,
      random: () => 0.1,
      connect: async () => {
        const pair = await open();
        const options = { onError: (...error: unknown[]) => errors.push(error) };
        hosts.push({
          wire: pair.host,
          answerer: answerRenderer(pair.host, core.handlers, options),
        });
        return pair.screen;
      },
    });
    onTestFinished(() => caller.close());
    return { caller, core, errors, hosts };
  };

  describe('calls', () => {
    it('carry input and output as the contract says', async () => {
      const { caller, core } = start({
        'attention.read-again': ({ id }) => ({ understood: id === 7 }),
      });
      expect(await caller.call('attention.read-again', { id: 7 })).toEqual({ understood: true });
      expect(core.heard).toEqual([{ command: 'attention.read-again', input: { id: 7 } }]);
    });

    it('carry a failure of the command as it is', async () => {
      const failure = new CommandFailure('refused', 'No.', { field: 'id', cure: 'Ask another.' });
      const { caller, errors } = start({
        'attention.read-again': () => Promise.reject(failure),
      });
      const thrown = await caller.call('attention.read-again', { id: 7 }).catch((e: unknown) => e);
      expect(thrown).toBeInstanceOf(CommandFailure);
      expect((thrown as CommandFailure).failure).toEqual(failure.failure);
      expect(errors).toEqual([]);
    });

    it('carry no word of any other error, which the host hears of instead', async () => {
      const secret = new Error('password=hunter2 at /home/agent');
      const { caller, errors } = start({
        'attention.list': () => {
          throw secret;
        },
      });
      const thrown = await caller.call('attention.list', {}).catch((e: unknown) => e);
      expect((thrown as CommandFailure).failure.code).toBe('internal');
      expect(JSON.stringify((thrown as CommandFailure).failure)).not.toMatch(/hunter2|agent|stack/);
      expect(errors).toEqual([['attention.list', secret]]);
    });

    it('name the bad field and the cure', async () => {
      const { caller, core } = start();
      const bad = { query: 'a', limit: 500 };
      const thrown = await caller.call('search', bad).catch((e: unknown) => e);
      expect((thrown as CommandFailure).failure).toEqual({
        code: 'bad-input',
        field: 'limit',
        message: '"limit" is over 200.',
        cure: 'Give at most 200.',
      });
      expect(core.heard).toEqual([]);
    });

    it('end at their deadline where no answer comes', async () => {
      const { caller } = start({ 'attention.list': () => new Promise(() => {}) });
      await expect(caller.call('attention.list', {}, 60)).rejects.toMatchObject({
        failure: { code: 'deadline' },
      });
    });

    it('wait for their turn beyond those allowed at once, and all are answered', async () => {
      let underWay = 0;
      let most = 0;
      const { caller } = start({
        'attention.read-again': async ({ id }) => {
          most = Math.max(most, (underWay += 1));
          await new Promise((resolve) => setTimeout(resolve, 5));
          underWay -= 1;
          return { understood: id % 2 === 0 };
        },
      });
      const ids = Array.from({ length: 4 * maxCallsInFlight }, (_, i) => i + 1);
      const answers = await Promise.all(
        ids.map((id) => caller.call('attention.read-again', { id })),
      );
      expect(answers).toEqual(ids.map((id) => ({ understood: id % 2 === 0 })));
      expect(most).toBe(maxCallsInFlight);
    });

    it('are refused where the answer is not as the contract says', async () => {
      const odd = { items: 'none' } as unknown as { items: [] };
      const { caller } = start({ 'attention.list': () => odd });
      await expect(caller.call('attention.list', {})).rejects.toMatchObject({
        failure: { code: 'internal' },
      });
    });

    it('under way when the wire is lost reject as closed, and the next is answered', async () => {
      const { caller, hosts } = start({
        'attention.list': () => new Promise(() => {}),
        'attention.read-again': () => ({ understood: true }),
      });
      const lost = caller.call('attention.list', {});
      await caller.call('attention.read-again', { id: 1 });
      hosts[0]?.wire.close();
      await expect(lost).rejects.toMatchObject({ failure: { code: 'closed' } });
      expect(await caller.call('attention.read-again', { id: 1 })).toEqual({ understood: true });
      expect(hosts).toHaveLength(2);
    });

    it('under way are answered while the host closes, and later ones refused', async () => {
      const gate = Promise.withResolvers<{ items: [] }>();
      const { caller, hosts } = start({
        'attention.list': () => gate.promise,
        'attention.read-again': () => ({ understood: true }),
      });
      const underWay = caller.call('attention.list', {});
      await caller.call('attention.read-again', { id: 1 });
      hosts[0]?.answerer.close();
      await expect(caller.call('attention.read-again', { id: 2 })).rejects.toMatchObject({
        failure: { code: 'closed' },
      });
      gate.resolve({ items: [] });
      expect(await underWay).toEqual({ items: [] });
    });

    it('reject as closed once the caller is closed', async () => {
      const { caller } = start({ 'attention.list': () => new Promise(() => {}) });
      const pending = caller.call('attention.list', {});
      const states: ConnectionState[] = [];
      caller.onConnection((state) => states.push(state));
      caller.close();
      await expect(pending).rejects.toMatchObject({ failure: { code: 'closed' } });
      await expect(caller.call('attention.list', {})).rejects.toMatchObject({
        failure: { code: 'closed' },
      });
      expect(states.at(-1)).toBe('closed');
    });
  });

  describe('events', () => {
    const dark = { settings: { theme: 'dark' } } as const;
    const light = { settings: { theme: 'light' } } as const;

    it('reach only a screen that listens for them, until it stops', async () => {
      const { caller, hosts } = start({ 'attention.list': () => ({ items: [] }) });
      const heard: unknown[] = [];
      const settled = () => caller.call('attention.list', {});
      await settled();
      hosts[0]?.answerer.tell('settings.changed', dark);
      const stop = caller.on('settings.changed', (payload) => heard.push(payload));
      await settled();
      hosts[0]?.answerer.tell('settings.changed', light);
      await settled();
      stop();
      await settled();
      hosts[0]?.answerer.tell('settings.changed', dark);
      await settled();
      expect(heard).toEqual([light]);
    });

    it('are heard again after a reconnect', async () => {
      const { caller, hosts } = start({ 'attention.list': () => ({ items: [] }) });
      const heard = Promise.withResolvers<unknown>();
      caller.on('settings.changed', heard.resolve);
      await caller.call('attention.list', {});
      const states: ConnectionState[] = [];
      const connected = Promise.withResolvers<void>();
      caller.onConnection((state) => {
        states.push(state);
        if (states.includes('reconnecting') && state === 'connected') connected.resolve();
      });
      hosts[0]?.wire.close();
      await connected.promise;
      await caller.call('attention.list', {});
      expect(states).toEqual(['connected', 'reconnecting', 'connected']);
      hosts[1]?.answerer.tell('settings.changed', dark);
      expect(await heard.promise).toEqual(dark);
    });
  });
}
