import { expect, it, vi } from 'vitest';

import { newUid } from '#main/history/uid.ts';
import type { LineId } from '#shared/message/line.ts';
import { AcrobitsServer } from '#test/carriers/acrobits-server.ts';
import { ours } from '#test/carriers/generic-account.ts';
import { GenericCarrier } from '#test/carriers/generic-carrier.ts';
import {
  type Credentials,
  byAcrobits,
  inJson,
  webhookSecret,
} from '#test/contract/generic-desk.ts';
import { RunningCore } from '#test/fakes/running-core.ts';
import { temporaryFolder } from '#test/fakes/temporary-folder.ts';

const peer = '+15550100190';
const signing = {
  secret: webhookSecret,
  header: 'x-signature',
  algorithm: 'sha256',
  encoding: 'hex',
  timestampHeader: 'x-timestamp',
} as const;

async function connect({ caller }: RunningCore, baseUrl: string, credentials: Credentials) {
  const { connection } = await caller.call('connection.add', {
    provider: 'generic-http',
    label: 'Our own carrier',
    baseUrl,
    publicUrl: null,
    credentials,
    numbers: [{ number: ours, label: 'Office', numberType: '10dlc' }],
  });
  const { lines } = await caller.call('overview.get', {});
  const line = lines.find((each) => each.connectionId === connection.id);
  if (line === undefined) throw new Error('there is no line');
  return { connection, line };
}

/** Every text with the peer, oldest first, in words. */
async function shown({ caller }: RunningCore): Promise<string[]> {
  const page = { view: 'open', lineId: null, after: null, limit: 10 } as const;
  const { threads } = await caller.call('threads.page', page);
  const thread = threads.find((each) => each.peer === peer);
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

const soon = { timeout: 40_000, interval: 50 };

it('texts through a carrier of templates, both ways, and believes nobody who does not sign', async () => {
  await using carrier = await GenericCarrier.start();
  await using running = await RunningCore.start(temporaryFolder());
  const { connection, line } = await connect(running, carrier.url, inJson);
  const hook = connection.hooks[0]?.url ?? '';
  expect(new URL(hook).pathname).toMatch(/^\/hooks\/generic-http\/[^/]+\/[\w-]{40,}$/);
  const uid = newUid(Date.now());
  await running.caller.call('message.send', {
    uid,
    target: { lineId: line.id, to: peer },
    text: 'Ready? {{to}} "now" & 100%',
  });
  await vi.waitFor(() => expect(carrier.last?.text).toBe('Ready? {{to}} "now" & 100%'), soon);
  expect(carrier.last?.receiptUrl).toBe(`${hook}?ref=${uid}`);
  const receipt = { id: carrier.last?.id, status: 'delivered' };
  await carrier.tell(receipt, hook);
  const text = { id: 7, sender: peer, recipient: ours, words: 'Yes' };
  const arrives = { type: 'text.received', text };
  await carrier.tell(arrives, hook);
  expect(await shown(running)).toEqual([expect.stringMatching(/^out (?:accepted|sent) Ready/)]);
  carrier.signing = signing;
  await carrier.tell(
    receipt,
    hook.replace(/.$/, (last) => (last === 'A' ? 'B' : 'A')),
  );
  await carrier.tell(receipt, carrier.last?.receiptUrl ?? '');
  for (const repeated of [arrives, arrives]) await carrier.tell(repeated, hook);
  await vi.waitFor(
    async () =>
      expect(await shown(running)).toEqual([
        expect.stringMatching(/^out delivered/),
        'in received Yes',
      ]),
    soon,
  );
});

/** What was done the day before: the account was connected. */
async function before(data: string, server: AcrobitsServer): Promise<LineId> {
  await using running = await RunningCore.start(data);
  return (await connect(running, server.url, byAcrobits)).line.id;
}

it('texts through a server of the Acrobits contract that names no ids and forgets what it told', async () => {
  await using server = await AcrobitsServer.start({ namesIds: false, forgets: true });
  const data = temporaryFolder();
  const lineId = await before(data, server);
  server.receive({ text: 'Anybody there?', peer: peer.slice(1) });
  await using running = await RunningCore.start(data);
  await vi.waitFor(async () => expect(await shown(running)).toHaveLength(1), soon);
  await running.caller.call('message.send', {
    uid: newUid(Date.now()),
    target: { lineId, to: peer },
    text: 'We are.',
  });
  await vi.waitFor(
    async () =>
      expect(await shown(running)).toEqual([
        expect.stringMatching(/^in .*Anybody there\?$/),
        'out accepted We are.',
      ]),
    soon,
  );
  expect(server.texts.map(({ text }) => text)).toEqual(['We are.']);
});
