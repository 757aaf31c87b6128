import type { Asked } from '#shared/provider/carrier-lists.ts';

import type { Access } from './access.ts';
import { ask } from './ask.ts';
import { type ApplicationWire, applicationShape } from './wire-types.ts';

/** An application of the account as it is now. */
export async function readApplication(
  access: Access,
  id: string,
  deadlineMs: number,
): Promise<Asked<ApplicationWire>> {
  const url = addressOfApplication(access, id);
  const call = { method: 'GET', url, by: 'account', shape: applicationShape } as const;
  return await ask(access, call, deadlineMs);
}

/** Where an application is read and changed. */
export function addressOfApplication(access: Access, id: string): string {
  return `${access.apiUrl}/v2/applications/${encodeURIComponent(id)}`;
}
