import type { ConnectionView } from '#shared/contract/connection-shapes.ts';

/** Where a connection stands, in a word; its sentence says more. */
export const stateWords: Readonly<Record<ConnectionView['state'], string>> = {
  ok: 'Working',
  trouble: 'In trouble',
  starting: 'Starting',
  off: 'Off',
};
