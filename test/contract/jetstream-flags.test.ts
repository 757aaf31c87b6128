import { describe, expect, it, onTestFinished } from 'vitest';

import { LogFailure } from '#main/relay/delivery-log.ts';
import { openNatsLog, type NatsWishes } from '#main/relay/open-nats-log.ts';
import {
  canSync,
  natsMissing,
  NatsServer,
  type NatsServerOptions,
} from '#test/fakes/nats-servers.ts';

const nowhere = 'http://127.0.0.1:1';

async function startServer(more: NatsServerOptions = {}): Promise<NatsServer> {
  const server = await NatsServer.start(more);
  onTestFinished(() => server.remove());
  return server;
}

/** Opens a log and closes it again; resolves with its id, or with the sentence of its refusal. */
async function tryOpen(wishes: Partial<NatsWishes>): Promise<string> {
  try {
    const log = await openNatsLog({ urls: [], workspace: 'desk', maxBytes: 1024 ** 2, ...wishes });
    await log.close();
    return log.id;
  } catch (error) {
    if (error instanceof LogFailure) return error.message;
    throw error;
  }
}

describe.skipIf(natsMissing())('a log on NATS, as flags name it', () => {
  it('is opened with one copy on a server that stands alone, for trials without proof of its syncing', async () => {
    const { url, monitor } = await startServer({ jetstream: '' });
    expect(await tryOpen({ urls: [url], allowUnsynced: true })).toMatch(/^TRUNKLINE_desk_/);
    expect(await tryOpen({ urls: [url] })).toMatch(
      /^Nothing shows .* \(--nats-monitor\), as http.*sync_interval: always/,
    );
    expect(await tryOpen({ urls: [url], monitors: [monitor] })).toMatch(
      /^The NATS server alone .* before it writes to disk.*sync_interval: always/,
    );
    expect(await tryOpen({ urls: [url], monitors: [nowhere] })).toMatch(
      /^--nats-monitor: 127.0.0.1:1 does not answer/,
    );
  });

  it.skipIf(!canSync())('is opened where the server shows that it syncs', async () => {
    const { url, monitor } = await startServer({ jetstream: 'sync_interval: always' });
    expect(await tryOpen({ urls: [url], monitors: [`${monitor}/`] })).toMatch(/^TRUNKLINE_desk_/);
  });

  it('signs in with what is set apart from the address, and repeats none of it', async () => {
    const { url, port } = await startServer({
      more: 'authorization { user: relay, password: "s3cret/4:%" }',
    });
    const open = (access: string) => tryOpen({ urls: [url], access, allowUnsynced: true });
    expect(await open('relay:s3cret/4:%')).toMatch(/^TRUNKLINE_desk_/);
    for (const wrong of ['relay:wr0ng', 'wr0ng', '']) {
      const sentence = await open(wrong);
      expect(sentence).toMatch(/^NATS does not know this user or password/);
      expect(sentence).not.toMatch(/wr0ng|relay/);
    }
    const inAddress = await tryOpen({ urls: [`nats://relay:s3cret@127.0.0.1:${port}`] });
    expect(inAddress).toMatch(/^--nats: leave user and password out of the address/);
    expect(inAddress).not.toMatch(/s3cret/);
  });

  it('is refused by a server without JetStream', { timeout: 20_000 }, async () => {
    const { url } = await startServer({
      more: 'no_auth_user: a, accounts { A { users: [{ user: a, password: a }] } }',
    });
    expect(await tryOpen({ urls: [url], allowUnsynced: true })).toMatch(/JetStream/);
  });
});

describe('addresses of NATS that cannot be right', () => {
  it.each([
    [{ urls: [] }, /^--nats: name at least one/],
    [{ urls: ['127.0.0.1:4222'] }, /^--nats: one of the addresses is not of the form/],
    [{ urls: ['nats://127.0.0.1:1'] }, /^NATS cannot be reached/],
    [{ urls: ['nats://127.0.0.1:1'], workspace: 'Front Desk' }, /^workspace: /],
  ])('%j', async (wishes, sentence) => {
    expect(await tryOpen(wishes)).toMatch(sentence);
  });
});
