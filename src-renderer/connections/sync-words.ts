import type { Sync } from '#shared/contract/connection-shapes.ts';

import { counted } from '../controls/tell-amount.ts';

/** "312 texts, 18 calls". */
const found = ({ texts, calls }: Sync): string =>
  `${counted(texts, 'text')}, ${counted(calls, 'call')}`;

/** How far the fetching of a history has come, or what came of it. */
export function syncWords(sync: Sync): string {
  switch (sync.state) {
    case 'running':
      return `${counted(sync.read, 'row')} read so far; new among them: ${found(sync)}`;
    case 'done':
      return sync.texts + sync.calls === 0
        ? `Nothing was missing: ${counted(sync.read, 'row')} read, all known.`
        : `Brought in: ${found(sync)}`;
    case 'cancelled':
      return `Cancelled. Brought in until then: ${found(sync)}`;
    case 'failed':
      return `Stopped early. Brought in until then: ${found(sync)}`;
  }
}

const day = 86_400_000;

/** How far back a history may be brought in: milliseconds. */
export const spans = [
  { words: 'The last day', length: day },
  { words: 'The last 7 days', length: 7 * day },
  { words: 'The last 30 days', length: 30 * day },
  { words: 'The last 90 days', length: 90 * day },
  { words: 'The last year', length: 365 * day },
  { words: 'The last 3 years', length: 3 * 365 * day },
] as const;
