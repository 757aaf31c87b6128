import { describe, expect, it } from 'vitest';

import { answerRenderer } from '#shared/contract/answer-renderer.ts';
import { contractVersion } from '#shared/contract/contract.ts';
import { maxAnswerUnits, maxCallsInFlight } from '#shared/contract/frames.ts';
import { maxFrameUnits } from '#shared/contract/wire.ts';
import { RawScreen } from '#test/fakes/raw-screen.ts';
import { RecordingHandlers } from '#test/fakes/recording-handlers.ts';

import { pairPerTest } from './pair-per-test.ts';
import type { OpenPair } from './wire-suite.ts';

const call = (more: object) => ({
  kind: 'call',
  id: 1,
  command: 'attention.list',
  input: {},
  ...more,
});
const text = (frame: object) => JSON.stringify(frame);

/** Frames no honest screen sends, the code each is answered with, and the id that could be read. */
const hostile: [name: string, frame: string, code: string, id: number | null][] = [
  ['nothing', '', 'malformed', null],
  ['no JSON', '{"kind":', 'malformed', null],
  ['NUL', '\u0000', 'malformed', null],
  ['null', 'null', 'malformed', null],
  ['a number', '7', 'malformed', null],
  ['a list', '[]', 'malformed', null],
  ['100,000 nested lists', '['.repeat(100_000) + ']'.repeat(100_000), 'malformed', null],
  ['no kind', '{"id":1}', 'malformed', 1],
  ['a kind of the host', text({ kind: 'result', id: 1, output: {} }), 'malformed', 1],
  ['kind constructor', text({ kind: 'constructor' }), 'malformed', null],
  ['an unknown key', text(call({ more: 1 })), 'malformed', 1],
  ['no command', text(call({ command: undefined })), 'malformed', 1],
  ['no input', text(call({ input: undefined })), 'malformed', 1],
  ['a command that is no text', text(call({ command: ['search'] })), 'malformed', 1],
  ['id 0', text(call({ id: 0 })), 'malformed', null],
  ['id -1', text(call({ id: -1 })), 'malformed', null],
  ['id 1.5', text(call({ id: 1.5 })), 'malformed', null],
  ['id as text', text(call({ id: '1' })), 'malformed', null],
  ['id 2^53', text(call({ id: 2 ** 53 })), 'malformed', null],
  ['id 1e400', text(call({})).replace('"id":1', '"id":1e400'), 'malformed', null],
  ['no id', text(call({ id: undefined })), 'malformed', null],
  ['__proto__ beside the kind', text(call({})).replace('{', '{"__proto__":{},'), 'malformed', 1],
  ['__proto__ in the input', text(call({})).replace('{}', '{"__proto__":{"a":1}}'), 'malformed', 1],
  [
    '__proto__ spelt by escapes',
    text(call({})).replace('{}', '{"\\u005f_proto__":1}'),
    'malformed',
    1,
  ],
  ['__proto__ deep down', text(call({})).replace('{}', '{"a":[{"__proto__":1}]}'), 'malformed', 1],
  ['constructor as a key', text(call({ input: { constructor: 1 } })), 'bad-input', 1],
  ['an unknown key of input', text(call({ input: { a: 1 } })), 'bad-input', 1],
  ['input null', text(call({ input: null })), 'bad-input', 1],
  ['input a list', text(call({ input: [] })), 'bad-input', 1],
  ['command constructor', text(call({ command: 'constructor' })), 'unknown-command', 1],
  ['command __proto__', text(call({ command: '__proto__' })), 'unknown-command', 1],
  ['command toString', text(call({ command: 'toString' })), 'unknown-command', 1],
  ['an unknown command', text(call({ command: 'files.read' })), 'unknown-command', 1],
  ['an unknown event', text({ kind: 'subscribe', event: 'constructor' }), 'malformed', null],
  ['one unit too many', 'x'.repeat(maxFrameUnits + 1), 'oversize', null],
];

/** What the host does with frames that are broken or hostile: a failure with a stable code, and no handler hears of it. */
export function describeHostileFrames(openPair: OpenPair): void {
  const open = pairPerTest(openPair);
  const attach = async (given: ConstructorParameters<typeof RecordingHandlers>[0] = {}) => {
    const pair = await open();
    const core = new RecordingHandlers({ 'attention.list': () => ({ items: [] }), ...given });
    const errors: string[] = [];
    const answerer = answerRenderer(pair.host, core.handlers, {
      onError: (about) => errors.push(about),
    });
    return { screen: new RawScreen(pair.screen), core, errors, answerer };
  };

  it.each(hostile)('answers %s with a failure, and the next call as ever', async (...row) => {
    const [, frame, code, id] = row;
    const { screen, core, errors } = await attach();
    await screen.greet();
    screen.sendText(frame);
    expect(await screen.next()).toMatchObject({ kind: 'failure', id, failure: { code } });
    expect(core.heard).toEqual([]);
    expect(await screen.ask(call({ id: 2 }))).toMatchObject({ kind: 'result', id: 2 });
    expect(errors).toEqual([]);
    expect(Object.prototype).not.toHaveProperty('a');
  });

  describe('hello', () => {
    it('is wanted before anything else', async () => {
      const { screen, core } = await attach();
      expect(await screen.ask(call({}))).toMatchObject({
        kind: 'failure',
        id: 1,
        failure: { code: 'version-mismatch' },
      });
      expect(core.heard).toEqual([]);
    });

    it('of another version is answered with ours, and calls with a mismatch', async () => {
      const { screen, core, answerer } = await attach();
      const theirs = { kind: 'hello', version: contractVersion + 1, features: ['new'] };
      expect(await screen.ask(theirs)).toEqual({ kind: 'hello', version: contractVersion });
      const answers = [
        await screen.ask(call({})),
        await screen.ask({ kind: 'subscribe', event: 'counts.changed' }),
      ];
      answerer.tell('settings.changed', { settings: { theme: 'dark' } });
      answers.push(await screen.ask(call({ id: 2 })));
      for (const answer of answers)
        expect(answer).toMatchObject({ failure: { code: 'version-mismatch' } });
      expect(core.heard).toEqual([]);
    });
  });

  it('takes no id twice, and leaves the first call with it alone', async () => {
    const gate = Promise.withResolvers<{ items: [] }>();
    const { screen, core } = await attach({ 'attention.list': () => gate.promise });
    await screen.greet();
    screen.send(call({ id: 5 }));
    expect(await screen.ask(call({ id: 5 }))).toMatchObject({
      id: null,
      failure: { code: 'malformed' },
    });
    expect(await screen.ask(call({ id: 4 }))).toMatchObject({
      id: null,
      failure: { code: 'malformed' },
    });
    gate.resolve({ items: [] });
    expect(await screen.next()).toMatchObject({ kind: 'result', id: 5 });
    expect(core.heard).toHaveLength(1);
  });

  it('refuses more calls at once than are allowed, and takes them again later', async () => {
    const gate = Promise.withResolvers<{ items: [] }>();
    const { screen, core, answerer } = await attach({ 'attention.list': () => gate.promise });
    await screen.greet();
    for (let id = 1; id <= maxCallsInFlight; id += 1) screen.send(call({ id }));
    const tooMany = await screen.ask(call({ id: maxCallsInFlight + 1 }));
    expect(tooMany).toMatchObject({ id: maxCallsInFlight + 1, failure: { code: 'refused' } });
    expect(answerer.inFlight()).toBe(maxCallsInFlight);
    gate.resolve({ items: [] });
    for (let id = 1; id <= maxCallsInFlight; id += 1)
      expect(await screen.next()).toMatchObject({ kind: 'result', id });
    expect(answerer.inFlight()).toBe(0);
    expect(await screen.ask(call({ id: 1_000 }))).toMatchObject({ kind: 'result' });
    expect(core.heard).toHaveLength(maxCallsInFlight + 1);
  });

  it('answers with oversize where the answer is longer than a frame may be', async () => {
    const sentence = 'x'.repeat(maxAnswerUnits);
    const { screen } = await attach({
      'attention.list': () => ({
        items: [
          { id: 1, at: 1, provider: 'p', connectionLabel: 'c', problem: 'p', body: sentence },
        ],
      }),
    });
    await screen.greet();
    expect(await screen.ask(call({}))).toMatchObject({ id: 1, failure: { code: 'oversize' } });
  });
}
