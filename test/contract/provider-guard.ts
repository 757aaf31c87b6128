import { expect, test } from 'vitest';

import type { RawDelivery } from '#shared/provider/delivery.ts';

import { OpenProvider } from './open-provider.ts';
import type { ProviderUnderTest } from './provider-under-test.ts';

function withSignature(open: OpenProvider, raw: RawDelivery, signature: string): RawDelivery {
  return { ...raw, headers: { ...raw.headers, [open.carrier.signatureHeader]: signature } };
}

/** Who may put something into the log. */
export function testGuard(provider: ProviderUnderTest): void {
  if (provider.definition.capabilities.signedWebhooks) testSignatures(provider);

  test('a connection without what it needs does not open: it names what is missing and quotes nothing', async () => {
    await using open = await OpenProvider.start(provider);
    const { baseUrl, credentials, neededCredentials } = open.carrier;
    for (const name of neededCredentials)
      for (const value of [undefined, ''])
        expect(() => {
          const { [name]: _gone, ...rest } = credentials;
          open.connect(baseUrl, value === undefined ? rest : { ...rest, [name]: value });
        }).toThrow(name);
    expect(neededCredentials.length).toBeGreaterThan(0);
  });
}

function testSignatures(provider: ProviderUnderTest): void {
  test('a good signature is authentic over any bytes', async () => {
    await using open = await OpenProvider.start(provider);
    for (const body of ['{}', '', 'ü€👍', Uint8Array.of(0, 255, 10, 13)])
      expect(open.guard.authenticate(open.delivery(body))).toBe('authentic');
  });

  test('a body changed by one byte is forged', async () => {
    await using open = await OpenProvider.start(provider);
    const raw = open.delivery('{"id":"a","amount":1}');
    const body = Uint8Array.from(raw.body);
    body[body.length - 2] = 0x32;
    expect(open.guard.authenticate({ ...raw, body })).toBe('forged');
    const spaced = new TextEncoder().encode('{"id": "a","amount":1}');
    expect(open.guard.authenticate({ ...raw, body: spaced })).toBe('forged');
  });

  test('a signature that is missing, empty, short, long, doubled or of other letters is forged', async () => {
    await using open = await OpenProvider.start(provider);
    const raw = open.delivery('{}');
    const name = open.carrier.signatureHeader;
    const good = raw.headers[name] ?? '';
    expect(good).not.toBe('');
    const doubled = open.carrier.severalSignatures === true ? [] : [`${good}, ${good}`];
    const bad = ['', good.slice(1), `${good}0`, ...doubled, 'ü'.repeat(64), '0'.repeat(64)];
    for (const signature of bad)
      expect(open.guard.authenticate(withSignature(open, raw, signature)), signature).toBe(
        'forged',
      );
    const { [name]: _gone, ...headers } = raw.headers;
    expect(open.guard.authenticate({ ...raw, headers })).toBe('forged');
    expect(open.guard.authenticate({ ...raw, headers: {} })).toBe('forged');
  });

  test('a secret of somebody else, or none, signs nothing', async () => {
    await using open = await OpenProvider.start(provider);
    for (const secret of ['somebody else', '', 'undefined', open.carrier.secrets.next])
      expect(open.guard.authenticate(open.delivery('{}', { secret })), secret).toBe('forged');
  });

  test('while a secret is rotated both are good; afterwards the old one is not', async () => {
    await using open = await OpenProvider.start(provider);
    const { baseUrl, rotatedCredentials, secrets } = open.carrier;
    const { guard } = open.connect(baseUrl, rotatedCredentials);
    for (const secret of [secrets.current, secrets.next])
      expect(guard.authenticate(open.delivery('{}', { secret }))).toBe('authentic');
    const kept = Object.entries(rotatedCredentials).filter(
      ([name]) => !name.startsWith('previous'),
    );
    const done = open.connect(baseUrl, Object.fromEntries(kept)).guard;
    expect(done.authenticate(open.delivery('{}', { secret: secrets.next }))).toBe('authentic');
    expect(done.authenticate(open.delivery('{}', { secret: secrets.current }))).toBe('forged');
  });

  test('a signature that is too old, or of the future, is forged', async () => {
    await using open = await OpenProvider.start(provider);
    const { toleranceMs, aheadMs = toleranceMs } = open.carrier;
    if (toleranceMs === null || aheadMs === null) return;
    for (const shift of [2_000 - toleranceMs, 0, aheadMs - 2_000])
      expect(open.guard.authenticate(open.delivery('{}', { at: Date.now() + shift }))).toBe(
        'authentic',
      );
    for (const shift of [-toleranceMs - 2_000, aheadMs + 2_000, -73 * 3_600_000])
      expect(open.guard.authenticate(open.delivery('{}', { at: Date.now() + shift }))).toBe(
        'forged',
      );
  });
}
