import { randomUUID } from 'node:crypto';

import { describe, expect, it, onTestFinished, vi } from 'vitest';

import { closeHistory, openHistory } from '#main/history/open-history.ts';
import { startSandboxCarrier } from '#main/sandbox-carrier/start-sandbox-carrier.ts';
import type { LineId } from '#shared/message/line.ts';
import { attachFile } from '#test/fakes/attach-file.ts';
import { FileRelay, type Oddity } from '#test/fakes/file-relay.ts';
import { picture } from '#test/fakes/media-desk.ts';
import { sandboxOptions, webhookSecret } from '#test/fakes/sandbox-desk.ts';
import { TeamLab, sharedId } from '#test/fakes/team-lab.ts';
import { png } from '#test/fixtures/media-bytes.ts';

const madeUrl = async (answer: Response): Promise<string> =>
  ((await answer.json()) as { url: string }).url;

describe('a file that a desktop leaves at its team’s relay', () => {
  it('is there under the link that is answered', async () => {
    const relay = await FileRelay.start();
    const answer = await relay.upload(picture);
    expect(answer.status).toBe(201);
    const fetched = await fetch(await madeUrl(answer));
    expect(fetched.headers.get('content-type')).toBe('image/png');
    expect(Buffer.from(await fetched.arrayBuffer()).equals(picture)).toBe(true);
  });

  const other = 'A'.repeat(43);
  it.each<[string, Oddity]>([
    ['a signature of somebody else', { signature: 'A'.repeat(86) }],
    ['a signature for another relay', { signed: { relay: randomUUID() } }],
    ['a signature for another desktop', { signed: { desktop: randomUUID() } }],
    ['a signature for another connection', { signed: { connection: 'c2' } }],
    ['a signature for another time', { signed: { time: '1' } }],
    ['a signature for another nonce', { signed: { nonce: 'n'.repeat(22) } }],
    ['a signature for another file', { signed: { digest: other } }],
    ['another file than was signed for', { bytes: png(3, 3) }],
    ['a digest of another file, signed', { digest: other }],
    ['a desktop nobody knows', { desktop: randomUUID() }],
    ['a time that is none', { time: 'now' }],
    ['a time long past', { time: '0' }],
    ['no desktop', { leaveOut: 'desktop' }],
    ['no signature', { leaveOut: 'signature' }],
    ['no digest', { leaveOut: 'digest' }],
  ])('is refused with %s, and nothing is kept', async (_what, odd) => {
    const relay = await FileRelay.start();
    const answer = await relay.upload(picture, odd);
    expect([answer.status, await answer.text()]).toEqual([403, 'Forbidden\n']);
    expect((await relay.upload(picture)).status).toBe(201);
  });

  it('is taken for five minutes either way, and once', async () => {
    const relay = await FileRelay.start();
    const signedAt = relay.clock.now();
    const at = (ms: number): Promise<Response> =>
      relay.upload(picture, { time: String(signedAt + ms), nonce: 'n'.repeat(22) });
    const tried = [-300_001, -300_000, -300_000, 0, 0, 300_000, 300_000, 300_001];
    const statuses: number[] = [];
    for (const ms of tried) statuses.push((await at(ms)).status);
    expect(statuses).toEqual([403, 201, 403, 201, 403, 201, 403, 403]);
  });

  it('is refused of a desktop that was revoked', async () => {
    const relay = await FileRelay.start();
    relay.desktops.revoke(relay.desktop, relay.clock.now());
    expect((await relay.upload(picture)).status).toBe(403);
  });

  it.each([
    ['for a connection that is not here', 404, { connection: 'c2' }, picture],
    ['that is no picture', 415, {}, Buffer.from('<html>')],
    ['of more than 5,000,000 octets', 413, {}, Buffer.alloc(5_000_001, 0x89)],
  ] as const)('is refused %s with %i', async (...[, status, odd, bytes]) => {
    const relay = await FileRelay.start();
    expect((await relay.upload(bytes, odd)).status).toBe(status);
  });

  it('is refused where there is no room, with 507', async () => {
    const relay = await FileRelay.start(1_000);
    expect((await relay.upload(picture)).status).toBe(507);
  });
});

describe('a desktop of a team', () => {
  it('sends a picture over a shared account by a link on the team’s relay', async () => {
    const lab = await TeamLab.start();
    const account = { id: 'team', apiKey: 'key-of-the-team', webhookSecret, webhookUrl: null };
    const carrier = await startSandboxCarrier(sandboxOptions({ account }));
    onTestFinished(() => carrier.stop());
    await lab.stopRelay();
    const db = openHistory(lab.folder);
    db.prepare('UPDATE connections SET base_url = ?').run(carrier.url);
    closeHistory(db);
    await lab.startRelay();
    const relayUrl = `http://127.0.0.1:${lab.proxy.port}`;
    carrier.setWebhookUrl(`${relayUrl}/hooks/sandbox/${sharedId}`);
    const { core } = await lab.desktop('Dana');
    const lineId = await vi.waitFor(async () => {
      const { lines } = await core.caller.call('overview.get', {});
      const line = lines.find(({ connectionId }) => connectionId === sharedId);
      return (line ?? expect.fail('the line is not there yet')).id as LineId;
    }, 10_000);
    const media = await attachFile(core.caller, picture);
    const target = { lineId, to: '+15550100100' };
    const wanted = { uid: randomUUID(), target, text: 'Look', media: [media.id] };
    const { entry } = await core.caller.call('message.send', wanted);
    await vi.waitFor(async () => {
      const { threadId } = entry;
      const page = await core.caller.call('entries.page', { threadId, before: null, limit: 9 });
      const texts = page.entries.filter((each) => each.kind === 'text');
      expect(texts.map(({ state }) => state)).toEqual(['delivered', 'received']);
      expect(texts[1]?.text).toContain('You sent a picture (PNG, 1 kB)');
    }, 15_000);
    const listed = await fetch(`${carrier.url}/v1/messages`, {
      headers: { authorization: `Bearer ${account.apiKey}` },
    });
    const { data } = (await listed.json()) as { data: { media_urls: string[] }[] };
    expect(data[0]?.media_urls[0]?.startsWith(`${relayUrl}/media/`)).toBe(true);
  });
});
