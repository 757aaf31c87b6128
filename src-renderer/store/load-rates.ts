import type { Screen } from './screen.ts';

/** Fetches what texts cost. Where it cannot be had, texts are shown without a price, and what was known stays. */
export async function loadRates({ host, rates }: Screen): Promise<void> {
  try {
    rates.setState(await host.call('rates.list', {}));
  } catch {
    // The next connection fetches them again.
  }
}
