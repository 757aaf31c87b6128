import { describe } from 'vitest';

import { testDeliveries } from './provider-deliveries.ts';
import { testGuard } from './provider-guard.ts';
import { testLists } from './provider-lists.ts';
import { testSends } from './provider-sends.ts';
import type { ProviderUnderTest } from './provider-under-test.ts';

/** What every carrier's adapter must do, over a real carrier on loopback. */
export function testProvider(provider: ProviderUnderTest): void {
  describe(`${provider.definition.id}: sends`, () => testSends(provider));
  describe(`${provider.definition.id}: lists`, () => testLists(provider));
  describe(`${provider.definition.id}: deliveries`, () => testDeliveries(provider));
  describe(`${provider.definition.id}: guard`, () => testGuard(provider));
}
