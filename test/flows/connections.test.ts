import { readFileSync } from 'node:fs';
import path from 'node:path';

import { describe, expect, it, vi } from 'vitest';

import { newUid } from '#main/history/uid.ts';
import { startSandboxCarrier } from '#main/sandbox-carrier/start-sandbox-carrier.ts';
import type { ConnectionView } from '#shared/contract/connection-shapes.ts';
import type { ConnectionId } from '#shared/message/line.ts';
import { runCli } from '#test/fakes/run-cli.ts';
import { RunningCore } from '#test/fakes/running-core.ts';
import { ours, sandboxOptions, webhookSecret } from '#test/fakes/sandbox-desk.ts';
import { temporaryFolder } from '#test/fakes/temporary-folder.ts';

const credentials = { apiKey: 'key-for-the-sandbox', webhookSecret };

/** A sandbox carrier of its own, connected to a fresh folder from the command line. */
async function connected() {
  const carrier = await startSandboxCarrier(sandboxOptions());
  const data = temporaryFolder();
  const file = { label: 'Outside', credentials, baseUrl: carrier.url, numbers: [ours] };
  const run = runCli(['connect', 'sandbox', '--data', data, '--from', '-'], JSON.stringify(file));
  expect(run.err).toBe('');
  const { connectionId, hooks } = JSON.parse(run.out) as {
    connectionId: ConnectionId;
    hooks: { purpose: string; url: string }[];
  };
  return { carrier, data, connectionId, hooks };
}

async function firstLine({ caller }: RunningCore) {
  const { lines } = await caller.call('overview.get', {});
  const [line] = lines;
  if (line === undefined) throw new Error('there is no line');
  return line;
}

async function write(running: RunningCore, to: string, text: string): Promise<void> {
  const line = await firstLine(running);
  await running.caller.call('message.send', {
    uid: newUid(Date.now()),
    target: { lineId: line.id, to },
    text,
  });
}

/** Everything the newest thread shows, in words. */
async function shown({ caller }: RunningCore): Promise<string[]> {
  const { threads } = await caller.call('threads.page', {
    view: 'open',
    lineId: null,
    after: null,
    limit: 1,
  });
  const [thread] = threads;
  if (thread === undefined) return [];
  const { entries } = await caller.call('entries.page', {
    threadId: thread.id,
    before: null,
    limit: 50,
  });
  return entries.map((entry) =>
    entry.kind === 'text' ? `${entry.direction} ${entry.state} ${entry.text}` : entry.kind,
  );
}

describe('a carrier connected from the command line', () => {
  it('is texted through, both ways, and its secrets stand nowhere in clear', async () => {
    const { carrier, data, connectionId, hooks } = await connected();
    expect(hooks).toEqual([
      { purpose: 'messages', url: `/hooks/sandbox/${connectionId}` },
      { purpose: 'receipts', url: `/hooks/sandbox/${connectionId}` },
    ]);
    await using running = await RunningCore.start(data);
    carrier.setWebhookUrl(running.core.relayUrl + (hooks[0]?.url ?? ''));
    await write(running, '+15550100100', 'Through the outside');
    await vi.waitFor(async () => expect(await shown(running)).toHaveLength(2), { timeout: 40_000 });
    expect((await shown(running))[0]).toBe('out delivered Through the outside');
    for (const file of [
      'history.db',
      'history.db-wal',
      'relay.db',
      'relay.db-wal',
      'secrets.json',
    ]) {
      const bytes = readFileSync(path.join(data, file));
      expect(bytes.includes(credentials.apiKey)).toBe(false);
      expect(bytes.includes(webhookSecret)).toBe(false);
    }
    await carrier.stop();
  });

  it('is listed without secrets', async () => {
    const { carrier, data, connectionId } = await connected();
    const { out, status } = runCli(['connections', '--data', data, '--json']);
    expect(status).toBe(0);
    expect(out).not.toContain(credentials.apiKey);
    expect(JSON.parse(out)).toMatchObject([
      { connectionId, provider: 'sandbox', label: 'Outside', numbers: [{ number: ours }] },
    ]);
    await carrier.stop();
  });

  it.each([
    [['connect'], 2, /Name one carrier/],
    [['connect', 'sandbox'], 2, /--from/],
    [['connect', 'nobody', '--from', '-', '--data', 'x'], 2, /no carrier called "nobody"/],
    [['connect', 'sandbox', '--from', '/nowhere.json', '--data', 'x'], 2, /cannot be read/],
    [['connect', 'sandbox', '--from', '-'], 2, /--data DIR/],
    [['fly'], 2, /no command fly/],
    [['connections', '--colour'], 2, /--help/],
  ])('says what is wrong with %j', (args, status, words) => {
    const run = runCli(args, '{}');
    expect(run.status).toBe(status);
    expect(run.err).toMatch(words);
    expect(run.err).not.toMatch(/\bat \S+:\d+/);
  });

  it.each(['hooks.example', 'ftp://hooks.example', 'https://hooks.example/?a=1'])(
    'refuses %s as its public address',
    (url) => {
      const run = runCli(
        ['connect', 'sandbox', '--data', 'x', '--from', '-', '--public-url', url],
        '{}',
      );
      expect(run.status).toBe(2);
      expect(run.err).toMatch(/--public-url must be the address/);
    },
  );

  it.each([
    ['not JSON', 'nonsense', /not a JSON object/],
    ['an unknown field', JSON.stringify({ credentials, colour: 'red' }), /colour|file/],
    [
      'an impossible number',
      JSON.stringify({ credentials, baseUrl: 'http://127.0.0.1:9', numbers: ['12'] }),
      /numbers/,
    ],
    [
      'a missing credential',
      JSON.stringify({ credentials: {}, baseUrl: 'http://127.0.0.1:9' }),
      /apiKey/,
    ],
  ])('refuses a file with %s, names the field and keeps nothing', (_what, input, words) => {
    const data = temporaryFolder();
    const run = runCli(['connect', 'sandbox', '--data', data, '--from', '-'], input);
    expect(run.status).toBe(2);
    expect(run.err).toMatch(words);
    expect(run.err).not.toContain(webhookSecret);
    expect(JSON.parse(runCli(['connections', '--data', data, '--json']).out)).toEqual([]);
  });

  it('does not touch a folder that Trunkline is running on', async () => {
    const data = temporaryFolder();
    await using running = await RunningCore.start(data);
    const file = JSON.stringify({ credentials, baseUrl: 'http://127.0.0.1:9', numbers: [] });
    const run = runCli(['connect', 'sandbox', '--data', data, '--from', '-'], file);
    expect(run.status).toBe(1);
    expect(run.err).toMatch(/already running/);
    expect((await running.caller.call('connections.list', {})).connections).toHaveLength(1);
  });
});

describe('a connection', () => {
  const view = async ({ caller }: RunningCore): Promise<ConnectionView | undefined> =>
    (await caller.call('connections.list', {})).connections.at(-1);

  async function add(running: RunningCore, baseUrl: string) {
    return running.caller.call('connection.add', {
      provider: 'sandbox',
      label: 'Second',
      baseUrl,
      publicUrl: null,
      credentials,
      numbers: [{ number: ours, label: 'Desk', numberType: '10dlc' }],
    });
  }

  it('is tested, added, switched off and on, given new credentials, and removed; its conversations stay', async () => {
    const carrier = await startSandboxCarrier(sandboxOptions());
    const data = temporaryFolder();
    await using running = await RunningCore.start(data);
    const { caller } = running;
    const tested = await caller.call('connection.test', {
      provider: 'sandbox',
      baseUrl: carrier.url,
      credentials,
    });
    expect(tested).toMatchObject({ kind: 'good', numbers: [{ number: ours }, {}] });
    const bad = await caller.call('connection.test', {
      provider: 'sandbox',
      baseUrl: carrier.url,
      credentials: { ...credentials, apiKey: 'wrong' },
    });
    expect(bad).toMatchObject({ kind: 'bad', failure: { kind: 'credentials' } });

    const { connection } = await add(running, carrier.url);
    carrier.setWebhookUrl(connection.hooks[0]?.url ?? '');
    const { lines } = await caller.call('overview.get', {});
    const line = lines.find((each) => each.connectionId === connection.id);
    if (line === undefined) throw new Error('the connection brought no line');
    const send = (text: string) =>
      caller.call('message.send', {
        uid: newUid(Date.now()),
        target: { lineId: line.id, to: '+15550100100' },
        text,
      });
    await send('While on');
    await vi.waitFor(async () => expect(await shown(running)).toHaveLength(2), { timeout: 40_000 });

    await caller.call('connection.change', { connectionId: connection.id, disabled: true });
    expect(await view(running)).toMatchObject({ disabled: true, state: 'off' });
    await expect(send('While off')).rejects.toMatchObject({
      failure: { code: 'refused', field: 'line' },
    });
    await caller.call('connection.change', { connectionId: connection.id, disabled: false });
    await caller.call('connection.change', {
      connectionId: connection.id,
      credentials: { previousWebhookSecret: 'the-one-before' },
    });
    await caller.call('connection.change', {
      connectionId: connection.id,
      credentials: { previousWebhookSecret: '' },
    });
    await send('On again');
    await vi.waitFor(async () => expect((await shown(running)).length).toBe(4), {
      timeout: 40_000,
    });

    await caller.call('connection.remove', { connectionId: connection.id });
    expect(
      (await caller.call('connections.list', {})).connections.map((each) => each.id),
    ).not.toContain(connection.id);
    await expect(send('After all')).rejects.toMatchObject({
      failure: { code: 'refused', field: 'line' },
    });
    expect(await shown(running)).toHaveLength(4);
    expect(readFileSync(path.join(data, 'secrets.json'), 'utf8')).not.toContain(connection.id);
    await carrier.stop();
  });

  it('that is off still takes in what comes', async () => {
    const carrier = await startSandboxCarrier(sandboxOptions({ speed: 2 }));
    await using running = await RunningCore.start(temporaryFolder());
    const { connection } = await add(running, carrier.url);
    carrier.setWebhookUrl(connection.hooks[0]?.url ?? '');
    const { lines } = await running.caller.call('overview.get', {});
    const line = lines.find((each) => each.connectionId === connection.id);
    if (line === undefined) throw new Error('the connection brought no line');
    await running.caller.call('message.send', {
      uid: newUid(Date.now()),
      target: { lineId: line.id, to: '+15550100100' },
      text: 'Quick',
    });
    await vi.waitFor(
      async () => expect((await shown(running))[0]).toMatch(/^out (accepted|sent)/),
      { timeout: 40_000 },
    );
    await running.caller.call('connection.change', { connectionId: connection.id, disabled: true });
    await vi.waitFor(async () => expect(await shown(running)).toHaveLength(2), { timeout: 40_000 });
    await carrier.stop();
  });

  it('of a carrier that signs nothing has a secret in its address', async () => {
    await using running = await RunningCore.start(temporaryFolder());
    const { providers } = await running.caller.call('providers.list', {});
    const unsigned = providers.find(
      ({ capabilities }) => !capabilities.signedWebhooks && capabilities.hooks.length > 0,
    );
    if (unsigned === undefined) throw new Error('no carrier without signatures is known');
    const keys = unsigned.capabilities.credentials.filter((field) => !field.optional);
    const { connection } = await running.caller.call('connection.add', {
      provider: unsigned.id,
      label: 'Unsigned',
      baseUrl: 'http://127.0.0.1:9',
      publicUrl: 'https://hooks.example',
      credentials: Object.fromEntries(
        keys.map((field) => [field.name, field.choices?.[0] ?? 'some-value']),
      ),
      numbers: [],
    });
    const [hook] = connection.hooks;
    expect(hook?.url).toMatch(
      /^https:\/\/hooks\.example\/hooks\/[a-z-]+\/[0-9a-f]{16}\/[\w-]{43}$/,
    );
    const address = (hook?.url ?? '').replace('https://hooks.example', running.core.relayUrl);
    expect((await fetch(address.slice(0, -3), { method: 'POST', body: '{}' })).status).toBe(404);
    expect((await fetch(`${address.slice(0, -1)}x`, { method: 'POST', body: '{}' })).status).toBe(
      404,
    );
  });
});
