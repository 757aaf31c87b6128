import { expect, test } from 'vitest';

import { listSent } from '#main/outbound/list-sent.ts';
import type { OutboundText, SendOutcome } from '#shared/provider/provider.ts';
import { RawServer, closedPort } from '#test/fakes/raw-server.ts';

import { OpenProvider } from './open-provider.ts';
import { keptOf, lately } from './provider-lists.ts';
import type { ProviderUnderTest } from './provider-under-test.ts';

const deadlineMs = 5_000;
const unknown = { kind: 'unknown', failure: { kind: 'no-answer' } };
const deep = '['.repeat(10_000) + ']'.repeat(10_000);

/** No body under a status of success that is not the carrier's own answer may pass for one. */
const neverTaken = [
  '',
  'null',
  '[]',
  '{}',
  '"ok"',
  '0',
  '<html>OK</html>',
  '\u0000',
  '{"id":',
  deep,
];

async function isListed(open: OpenProvider, text: OutboundText): Promise<boolean> {
  const { adapter } = open.connect(open.carrier.baseUrl);
  const listed = await listSent(adapter, { ...text, since: lately() }, deadlineMs);
  const kept = keptOf(open, text);
  return (
    listed?.some((each) => each.reference === kept.reference && each.text === kept.text) ?? false
  );
}

/** How a send ends, whatever the carrier says. */
export function testSends(provider: ProviderUnderTest): void {
  test('a text that is taken has an id, and the carrier has the text', async () => {
    await using open = await OpenProvider.start(provider);
    const text = open.text({ text: 'Grüße 👋 "quoted" \\ \n two lines' });
    const outcome = await open.adapter.send(text, deadlineMs);
    expect(outcome).toEqual({ kind: 'accepted', providerMessageId: expect.stringMatching(/./) });
    const listed = await listSent(open.adapter, { ...text, since: lately() }, deadlineMs);
    if (provider.definition.capabilities.listsMessages)
      expect(listed).toMatchObject([keptOf(open, text)]);
  });

  test('texts sent at once have ids of their own', async () => {
    await using open = await OpenProvider.start(provider);
    const { parallelSends } = provider.definition.capabilities;
    const sends = Array.from({ length: 3 * parallelSends }, () =>
      open.adapter.send(open.text(), deadlineMs),
    );
    const ids = (await Promise.all(sends)).map((outcome) =>
      outcome.kind === 'accepted' ? outcome.providerMessageId : outcome.kind,
    );
    expect(new Set(ids).size).toBe(3 * parallelSends);
    expect(ids).not.toContain('unknown');
  });

  test('a text that is refused says why, in our kinds and in the carrier’s words', async () => {
    await using open = await OpenProvider.start(provider);
    const { recipients, refusedTexts } = open.carrier;
    const changes = [
      ...recipients.refused.map(({ to, kind }) => ({ change: { to }, kind })),
      ...refusedTexts,
    ];
    for (const { change, kind } of changes)
      expect(await open.adapter.send(open.text(change), deadlineMs)).toEqual({
        kind: 'refused',
        failure: { kind, raw: expect.stringMatching(/\w+/) },
      });
    expect(changes.length).toBeGreaterThan(2);
  });

  test('credentials that are refused say so', async () => {
    await using open = await OpenProvider.start(provider);
    const entries = Object.entries(open.carrier.credentials);
    const wrong = Object.fromEntries(entries.map(([name, value]) => [name, `${value}x`]));
    const { baseUrl, wrongCredentials } = open.carrier;
    const { adapter } = open.connect(baseUrl, wrongCredentials ?? wrong);
    expect(await adapter.send(open.text(), deadlineMs)).toMatchObject({
      kind: 'refused',
      failure: { kind: 'credentials' },
    });
  });

  test('a code nobody knows is unmapped and keeps the code', async () => {
    await using open = await OpenProvider.start(provider);
    open.front.manners = { kind: 'answer', ...open.carrier.complaint('98765') };
    expect(await open.adapter.send(open.text(), deadlineMs)).toEqual({
      kind: 'refused',
      failure: { kind: 'unmapped', raw: expect.stringContaining('98765') },
    });
  });

  test('too fast: nothing was taken, and the carrier’s own pause is kept', async () => {
    await using open = await OpenProvider.start(provider);
    const { to, retryAfterMs } = open.carrier.recipients.rateLimited;
    const text = open.text({ to });
    expect(await open.adapter.send(text, deadlineMs)).toMatchObject({
      kind: 'unsent',
      failure: { kind: 'rate-limited' },
      retryAfterMs,
    });
    expect(await isListed(open, text)).toBe(false);
  });

  test.each([
    ['7', 7_000],
    ['soon', null],
  ])('too fast or too busy, with Retry-After "%s": the text is unsent', async (pause, ms) => {
    await using open = await OpenProvider.start(provider);
    const headers = { 'retry-after': pause };
    expect(open.carrier.unsentStatuses).toContain(429);
    for (const status of open.carrier.unsentStatuses) {
      open.front.manners = { kind: 'answer', status, headers, body: '<html>busy</html>' };
      expect(await open.adapter.send(open.text(), deadlineMs), String(status)).toMatchObject({
        kind: 'unsent',
        retryAfterMs: ms,
      });
    }
  });

  test.each([500, 502, 503, 504, 599, 301, 307, 204, 200])(
    'an answer of %i without the carrier’s own words leaves the outcome unknown',
    async (status) => {
      await using open = await OpenProvider.start(provider);
      if (open.carrier.unsentStatuses.includes(status)) return;
      const headers = { location: open.carrier.baseUrl };
      open.front.manners = { kind: 'answer', taken: true, status, headers, body: '' };
      const text = open.text();
      expect(await open.adapter.send(text, deadlineMs)).toMatchObject(unknown);
      expect(open.front.calls).toBe(1);
      if (provider.definition.capabilities.listsMessages)
        expect(await isListed(open, text)).toBe(true);
    },
  );

  test('an answer of success that is malformed leaves the outcome unknown', async () => {
    await using open = await OpenProvider.start(provider);
    const { takenStatus: status, notTaken } = open.carrier;
    const bodies = [...neverTaken, ...notTaken, Uint8Array.of(0x7b, 0xff, 0xfe, 0x7d)];
    for (const body of bodies) {
      open.front.manners = { kind: 'answer', status, body };
      expect(await open.adapter.send(open.text(), deadlineMs), String(body)).toMatchObject(unknown);
    }
  });

  test.each(['reset', 'cut'] as const)(
    'a connection that is %s after the carrier took the text leaves the outcome unknown',
    async (kind) => {
      await using open = await OpenProvider.start(provider);
      open.front.manners = { kind, taken: true };
      const text = open.text();
      expect(await open.adapter.send(text, deadlineMs)).toMatchObject(unknown);
      expect(open.front.calls).toBe(1);
    },
  );

  test('no answer within the deadline leaves the outcome unknown', async () => {
    await using open = await OpenProvider.start(provider);
    open.front.manners = { kind: 'hang', taken: true };
    const start = performance.now();
    expect(await open.adapter.send(open.text(), 300)).toMatchObject(unknown);
    expect(performance.now() - start).toBeLessThan(2_000);
  });

  test('nothing left where nobody listens, or where a certificate is not shown', async () => {
    await using open = await OpenProvider.start(provider);
    await using mute = await RawServer.start((socket) => socket.resetAndDestroy());
    const urls = [`http://127.0.0.1:${await closedPort()}`, `https://127.0.0.1:${mute.port}`];
    for (const url of urls) {
      const { adapter } = open.connect(url);
      expect(await adapter.send(open.text(), deadlineMs)).toMatchObject({
        kind: 'unsent',
        failure: { kind: 'network' },
        retryAfterMs: null,
      });
    }
  });

  test('an answer that repeats what it was sent does not bring a credential into a failure', async () => {
    await using open = await OpenProvider.start(provider);
    open.front.manners = { kind: 'echo' };
    const outcome: SendOutcome = await open.adapter.send(open.text(), deadlineMs);
    expect(outcome.kind).not.toBe('accepted');
    const { credentials, plainCredentials = [] } = open.carrier;
    for (const [name, secret] of Object.entries(credentials))
      if (!plainCredentials.includes(name)) expect(JSON.stringify(outcome)).not.toContain(secret);
  });
}
