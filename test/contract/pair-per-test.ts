import { afterEach } from 'vitest';

import type { OpenPair, WirePair } from './wire-suite.ts';

/** Opens pairs that are disposed of after the test that opened them. */
export function pairPerTest(openPair: OpenPair): OpenPair {
  const opened: WirePair[] = [];
  afterEach(async () => {
    await Promise.all(opened.splice(0).map((pair) => pair.dispose()));
  });
  return async () => {
    const pair = await openPair();
    opened.push(pair);
    return pair;
  };
}
