import type { CommandInput } from '#shared/contract/contract.ts';

import type { Screen } from '../store/screen.ts';

/** Milliseconds to wait for what the host must ask a carrier for, perhaps page by page. */
export const carrierPatience = 120_000;

/** Changes what is given of a connection; the host tells every screen how it stands afterwards. */
export async function changeConnection(
  { host }: Screen,
  change: CommandInput<'connection.change'>,
): Promise<void> {
  await host.call('connection.change', change, carrierPatience);
}
