import { expect, test } from 'vitest';

import { UnreadableDelivery } from '#shared/provider/delivery.ts';

import { OpenProvider } from './open-provider.ts';
import type { ProviderUnderTest } from './provider-under-test.ts';

const deep = '{"a":'.repeat(10_000) + '1' + '}'.repeat(10_000);

/** Wrong in any carrier's eyes. */
const hostile: readonly (readonly [string, string | Uint8Array])[] = [
  ['nothing', ''],
  ['invalid UTF-8', Uint8Array.of(0x7b, 0x22, 0xc3, 0x28, 0x22, 0x7d)],
  ['a lone byte order mark', '\u{feff}'],
  ['half of an object', '{"id":"x"'],
  ['nesting 10,000 deep', deep],
  ['an array', '[{"id":"x"}]'],
  ['null', 'null'],
  ['a number', '1e400'],
  ['an empty object', '{}'],
  ['__proto__', '{"__proto__":{"id":"x","type":"message.received"}}'],
  ['constructor', '{"constructor":{"prototype":{"polluted":true}}}'],
  ['NUL bytes', '\u0000\u0000\u0000'],
  ['a form', 'From=%2B15550100100&Body=hi'],
];

/** What deliveries say, and that no body whatever brings the reader down. */
export function testDeliveries(provider: ProviderUnderTest): void {
  test('every kind of delivery is authentic and says what happened', async () => {
    await using open = await OpenProvider.start(provider);
    const samples = await open.carrier.samples();
    for (const { what, raw, means } of samples) {
      expect(open.guard.authenticate(raw), what).toBe('authentic');
      expect(open.adapter.readDelivery(raw), what).toMatchObject(means);
    }
    const said = samples.flatMap(({ means }) => means);
    const kinds = new Set(said.map(({ kind }) => kind));
    expect(kinds).toContain('text-received');
    const states = new Set(said.map((event) => ('state' in event ? event.state : null)));
    if (provider.definition.capabilities.deliveryReceipts)
      expect([...states]).toEqual(expect.arrayContaining(['sent', 'delivered', 'failed']));
    const withMedia = said.some((event) => 'media' in event && (event.media?.length ?? 0) > 0);
    expect(withMedia).toBe(provider.definition.capabilities.mms);
  });

  test('media of a delivery lies where the connection may fetch it', async () => {
    await using open = await OpenProvider.start(provider);
    const { adapter } = open.connect(open.carrier.baseUrl);
    const { origins } = adapter.mediaAccess();
    const events = (await open.carrier.samples()).flatMap(({ raw }) => adapter.readDelivery(raw));
    const media = events.flatMap((event) => ('media' in event ? event.media : []));
    for (const { url } of media) expect(origins).toContain(new URL(url).origin);
  });

  test('two deliveries have two keys, and the same one always has its own', async () => {
    await using open = await OpenProvider.start(provider);
    const samples = await open.carrier.samples();
    const keys = samples.map(({ raw }) => open.guard.dedupeKey(raw));
    expect(new Set(keys).size).toBe(samples.length);
    const later = samples.map(({ raw }) => ({ ...raw, receivedAt: raw.receivedAt + 60_000 }));
    expect(later.map((raw) => open.guard.dedupeKey(raw))).toEqual(keys);
  });

  test.each(hostile)('authentic but unreadable: %s', async (_what, body) => {
    await using open = await OpenProvider.start(provider);
    const raw = open.delivery(body);
    expect(open.guard.authenticate(raw)).toBe('authentic');
    expect(() => open.adapter.readDelivery(raw)).toThrow(UnreadableDelivery);
    expect(open.guard.dedupeKey(raw)).toMatch(/^.{1,300}$/s);
    expect({}).not.toHaveProperty('polluted');
  });

  test('authentic but unreadable: the carrier’s own forms, each wrong in one place', async () => {
    await using open = await OpenProvider.start(provider);
    const { hostileBodies } = open.carrier;
    for (const { what, body } of hostileBodies) {
      const raw = open.delivery(body);
      expect(() => open.adapter.readDelivery(raw), what).toThrow(UnreadableDelivery);
      expect(open.guard.dedupeKey(raw), what).toMatch(/^.{1,300}$/s);
    }
    const keys = hostileBodies.map(({ body }) => open.guard.dedupeKey(open.delivery(body)));
    expect(hostileBodies.length).toBeGreaterThan(5);
    expect(new Set(keys).size).toBeGreaterThan(1);
  });

  test('a stored delivery is answered with 2xx', async () => {
    await using open = await OpenProvider.start(provider);
    const { status, body } = open.guard.reply(open.delivery('{}'));
    expect(status).toBeGreaterThanOrEqual(200);
    expect(status).toBeLessThan(300);
    expect(typeof body).toBe('string');
  });
}
