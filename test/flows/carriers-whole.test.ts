import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';

import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';

import { allAtWork } from '#test/carriers/whole/all-at-work.ts';
import { addressOf, forger } from '#test/carriers/whole/carrier-at-work.ts';
import { WholeProgram } from '#test/fakes/whole-program.ts';

const soon = { timeout: 40_000 };

/* No public address: the carrier is on this machine and calls the relay where it says it listens. */
describe.each(Object.entries(allAtWork))('%s, connected from the command line', (_name, start) => {
  let program: WholeProgram;

  beforeAll(async () => {
    program = await WholeProgram.open(start, {});
    const { carrier, hooks, running } = program;
    carrier.point(hooks.map(({ purpose, url }) => ({ purpose, url: running.core.relayUrl + url })));
  });
  afterAll(() => program[Symbol.asyncDispose]());

  test('prints the paths of its hooks', () => {
    const { hooks, carrier, connectionId } = program;
    expect(hooks.length).toBeGreaterThan(0);
    for (const { url } of hooks)
      expect(url).toMatch(new RegExp(`^/hooks/${carrier.provider}/${connectionId}(/[\\w-]{43})?$`));
  });

  test('a text goes out, is accepted and delivered, and what it cost is kept', async () => {
    const { carrier } = program;
    const to = '+15550100201';
    await program.write(to, 'Hello');
    await vi.waitFor(async () => expect(await carrier.takenFor(to)).toHaveLength(1), soon);
    await vi.waitFor(
      async () =>
        expect((await program.shown(to))[0]).toMatch(/^out (accepted|sent|delivered) Hello$/),
      soon,
    );
    const [id = ''] = await carrier.takenFor(to);
    await carrier.report(id);
    await vi.waitFor(
      async () => expect(await program.shown(to)).toEqual(['out delivered Hello']),
      soon,
    );
    expect(await program.sync()).toMatchObject({ state: 'done', failure: null });
    expect(await program.detailsOfFirst(to)).toMatchObject({
      providerMessageId: id,
      billing: carrier.billing,
    });
    expect(await program.connection()).toMatchObject({ state: 'ok', inboundRoad: 'webhook' });
    expect((await program.connection()).lastReceiptAt).not.toBeNull();
  });

  test('a text and a picture come in; the picture is fetched as it is', async () => {
    const { carrier } = program;
    const written = await carrier.receive('text');
    await vi.waitFor(
      async () =>
        expect(await program.shown(written.from)).toContain(`in received ${written.text}`),
      soon,
    );
    const pictured = await carrier.receive('picture');
    await vi.waitFor(
      async () =>
        expect(await program.shown(pictured.from)).toContain(
          `in received ${pictured.text} [stored]`,
        ),
      soon,
    );
    const entry = (await program.entries(pictured.from)).at(-1);
    const [media] = entry?.kind === 'text' ? entry.media : [];
    const bytes = program.readMedia(media?.id ?? '');
    expect(Buffer.from(bytes ?? []).equals(pictured.picture ?? Buffer.of(0))).toBe(true);
  });

  test('a text that reaches nobody says why', async () => {
    const { carrier } = program;
    const { to, words } = carrier.failing;
    await program.write(to, 'Anybody there?');
    await vi.waitFor(async () => expect(await carrier.takenFor(to)).toHaveLength(1), soon);
    const [id = ''] = await carrier.takenFor(to);
    await carrier.report(id);
    await vi.waitFor(async () => expect((await program.shown(to))[0]).toMatch(/^out failed/), soon);
    expect((await program.shown(to))[0]).toMatch(words);
    const { events } = await program.detailsOfFirst(to);
    expect(events.at(-1)?.raw).toMatch(/\w/);
  });

  test('a forged call is refused, and nothing of it is kept', async () => {
    const { carrier, hooks, running } = program;
    const url = running.core.relayUrl + addressOf(hooks, 'messages');
    const { signedWebhooks } = await program.capabilities();
    const post = async (to: string): Promise<number> => {
      const { headers, body } = carrier.makeUp(to, 'forger');
      return (await fetch(to, { method: 'POST', headers, body })).status;
    };
    if (!signedWebhooks) {
      const wrongSecret = `${url.slice(0, -1)}${url.endsWith('A') ? 'B' : 'A'}`;
      expect(await post(wrongSecret)).toBe(404);
      expect(await post(url.slice(0, url.lastIndexOf('/')))).toBe(404);
    }
    if (carrier.signs) {
      const before = (await program.connection()).signatureFailures;
      expect(await post(url)).toBe(403);
      expect((await fetch(url, { method: 'POST', body: '' })).status).toBe(403);
      expect((await program.connection()).signatureFailures).toBe(before + 2);
    }
    expect(await program.shown(forger)).toEqual([]);
    expect(await program.problems()).toEqual([]);
  });

  test('what is made up where nothing is signed is not believed', async () => {
    const { carrier, hooks, running, time } = program;
    if (carrier.signs) return;
    const url = running.core.relayUrl + addressOf(hooks, 'messages');
    const { headers, body } = carrier.makeUp(url, 'forger');
    expect((await fetch(url, { method: 'POST', headers, body })).status).toBe(200);
    await vi.waitFor(async () => expect(await program.problems()).toHaveLength(1), soon);
    expect((await program.problems())[0]).toMatch(/asked again by itself/);
    time.skip(125_000);
    await vi.waitFor(async () => expect(await program.problems()).toEqual([]), soon);
    expect(await program.shown(forger)).toEqual([]);
  });

  test('leaves none of its secrets in any file in clear', async () => {
    const { carrier, hooks, folder } = program;
    const { credentials } = await program.capabilities();
    const secretOnes = credentials.filter(({ secret }) => secret).map(({ name }) => name);
    const [pathSecret] = /[\w-]{43}$/.exec(addressOf(hooks, 'messages')) ?? [];
    const secrets = [...secretOnes.map((name) => carrier.credentials[name]), pathSecret];
    const known = secrets.filter((each) => each !== undefined);
    expect(known.length).toBeGreaterThan(0);
    for (const file of readdirSync(folder, { recursive: true, withFileTypes: true })) {
      if (!file.isFile()) continue;
      const bytes = readFileSync(path.join(file.parentPath, file.name));
      for (const secret of known) expect(bytes.includes(secret), file.name).toBe(false);
    }
  });
});
