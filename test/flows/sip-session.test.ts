import { spawnSync } from 'node:child_process';
import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';

import { expect, test, vi } from 'vitest';

import { newUid } from '#main/history/uid.ts';
import { SipCarrier, account, domain } from '#test/carriers/sip-carrier.ts';
import { carrierCertificate } from '#test/carriers/sip-doors.ts';
import { RunningCore } from '#test/fakes/running-core.ts';
import { temporaryFolder } from '#test/fakes/temporary-folder.ts';

const ours = '+15550100001';
const theirs = '+15550100777';

/** A SIP trunk connected to a fresh folder from the command line. */
function connect(carrier: SipCarrier): string {
  const data = temporaryFolder();
  const server = `127.0.0.1:${carrier.port('tls')}`;
  const credentials = { domain, ...account, server, tlsCa: carrierCertificate };
  const file = { label: 'Trunk', credentials, numbers: [ours] };
  const program = path.resolve('src-main/hosts/cli/start.ts');
  const args = [program, 'connect', 'sip-message', '--data', data, '--from', '-'];
  const run = spawnSync(process.execPath, args, { input: JSON.stringify(file), encoding: 'utf8' });
  expect(run.stderr).toBe('');
  expect(JSON.parse(run.stdout)).toMatchObject({ hooks: [] });
  return data;
}

async function connectionOf({ caller }: RunningCore) {
  const { connections } = await caller.call('connections.list', {});
  return connections.find(({ provider }) => provider === 'sip-message');
}

async function untilRegistered(running: RunningCore): Promise<void> {
  await vi.waitFor(
    async () => expect(await connectionOf(running)).toMatchObject({ state: 'ok' }),
    8_000,
  );
}

async function write(running: RunningCore, text: string): Promise<void> {
  const { lines } = await running.caller.call('overview.get', {});
  const line = lines.find(({ number }) => number === ours);
  if (line === undefined) throw new Error('there is no line');
  const target = { lineId: line.id, to: theirs };
  await running.caller.call('message.send', { uid: newUid(Date.now()), target, text });
}

/** Everything the newest thread shows, in words. */
async function shown({ caller }: RunningCore): Promise<string[]> {
  const page = { view: 'open', lineId: null, after: null, limit: 1 } as const;
  const { threads } = await caller.call('threads.page', page);
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

const everyFile = (folder: string): string =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((each) => each.isFile())
    .map((each) => readFileSync(path.join(each.parentPath, each.name), 'latin1'))
    .join('\n');

test('a SIP trunk connected from the command line is texted through, both ways, and each text shows once', async () => {
  await using carrier = await SipCarrier.start();
  const data = connect(carrier);
  await using running = await RunningCore.start(data);
  await untilRegistered(running);
  expect(await connectionOf(running)).toMatchObject({
    inboundRoad: 'session',
    sentence: 'Registered with sip.example.net over TLS',
    hooks: [],
  });
  await write(running, 'Your table is ready ✓');
  await vi.waitFor(
    async () => expect(await shown(running)).toEqual(['out accepted Your table is ready ✓']),
    5_000,
  );
  expect(carrier.taken.map(({ to, message }) => [to, message.body.toString()])).toEqual([
    [theirs, 'Your table is ready ✓'],
  ]);
  const bytes = carrier.deliver({ from: theirs, text: 'Thank you' });
  const again = bytes.toString('latin1').replace(/branch=\S+/, 'branch=z9hG4bKagain');
  carrier.deliver({ again: Buffer.from(again, 'latin1') });
  await vi.waitFor(
    async () => expect(await shown(running)).toContain('in received Thank you'),
    5_000,
  );
  await vi.waitFor(() => expect(carrier.answers).toHaveLength(2), 5_000);
  expect(carrier.answers.every(({ start }) => start === 'SIP/2.0 200 OK')).toBe(true);
  expect(await shown(running)).toHaveLength(2);
  expect(everyFile(data)).not.toContain(account.password);
});

test('a text that cannot be read is kept raw for a person, and answered', async () => {
  await using carrier = await SipCarrier.start();
  await using running = await RunningCore.start(connect(carrier));
  await untilRegistered(running);
  carrier.deliver({ from: theirs, type: 'message/cpim', text: 'From: <sip:a@b>' });
  await vi.waitFor(
    () => expect(carrier.answers.map(({ start }) => start)).toEqual(['SIP/2.0 200 OK']),
    5_000,
  );
  await vi.waitFor(async () => {
    const { health } = await running.caller.call('overview.get', {});
    expect(JSON.stringify(health)).toMatch(/"attention":\s*1|"needsAttention":\s*1/);
  }, 5_000);
});

test('an answer after the sender stopped waiting settles the text: it was taken', async () => {
  await using carrier = await SipCarrier.start();
  await using running = await RunningCore.start(connect(carrier));
  await untilRegistered(running);
  carrier.whims.MESSAGE.push({ taken: true, afterMs: 11_500 });
  await write(running, 'Slow');
  await vi.waitFor(async () => expect(await shown(running)).toEqual(['out unknown Slow']), 12_000);
  await vi.waitFor(async () => expect(await shown(running)).toEqual(['out accepted Slow']), 5_000);
  expect(carrier.taken).toHaveLength(1);
}, 30_000);

test('while the trunk is away texts wait, and go when it is back', async () => {
  await using carrier = await SipCarrier.start();
  await using running = await RunningCore.start(connect(carrier));
  await untilRegistered(running);
  carrier.whims.REGISTER.push(...Array(2).fill({ taken: false, status: '503 Down' }));
  carrier.cut();
  await vi.waitFor(
    async () => expect(await connectionOf(running)).toMatchObject({ state: 'trouble' }),
    5_000,
  );
  await write(running, 'Later');
  expect(carrier.taken).toEqual([]);
  await vi.waitFor(
    async () => expect(await shown(running)).toEqual(['out accepted Later']),
    20_000,
  );
  expect(carrier.taken).toHaveLength(1);
}, 40_000);
