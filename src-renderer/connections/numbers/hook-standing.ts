import type { ConnectionView } from '#shared/contract/connection-shapes.ts';

import type { CarrierNumber } from './use-numbers.ts';

export type HookStanding = 'here' | 'elsewhere' | 'unknown';

/** Where a number's texts go now, as far as the carrier tells. */
export function hookStanding(
  { hookUrl }: Pick<CarrierNumber, 'hookUrl'>,
  { hooks }: Pick<ConnectionView, 'hooks'>,
): HookStanding {
  if (hookUrl === null || hookUrl === '') return 'unknown';
  return hooks.some(({ url }) => withoutQuery(url) === withoutQuery(hookUrl))
    ? 'here'
    : 'elsewhere';
}

const withoutQuery = (url: string): string => url.replace(/[?#].*$/u, '').replace(/\/+$/u, '');

export const hookStandingWords: Readonly<Record<HookStanding, string>> = {
  here: 'Comes here',
  elsewhere: 'Goes elsewhere',
  unknown: 'Not told',
};
