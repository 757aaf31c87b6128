import type { Asked, CarrierNumber, ListPage } from '#shared/provider/carrier-lists.ts';
import type { ProviderAdapter } from '#shared/provider/provider.ts';
import { ours } from '#test/carriers/telnyx-account.ts';

import { credentials, openTelnyx } from './telnyx-under-test.ts';

export const deadlineMs = 5_000;

type More = { readonly numbers?: readonly string[]; readonly profile?: string };

/** A connection with these numbers and this messaging profile of its own. */
export function connect(
  baseUrl: string,
  { numbers = [ours], profile }: More = {},
): ProviderAdapter {
  const extra = profile === undefined ? {} : { messagingProfileId: profile };
  return openTelnyx(baseUrl, { credentials: { ...credentials, ...extra }, numbers }).adapter;
}

/** Every number the adapter lists, page by page. */
export async function numbersOf(adapter: ProviderAdapter): Promise<readonly CarrierNumber[]> {
  const rows: CarrierNumber[] = [];
  let cursor: string | null = null;
  do {
    const page: Asked<ListPage<CarrierNumber>> | undefined = await adapter.listNumbers?.(
      cursor,
      deadlineMs,
    );
    if (page?.kind !== 'told') throw new Error(JSON.stringify(page));
    rows.push(...page.answer.rows);
    cursor = page.answer.next;
  } while (cursor !== null);
  return rows;
}

export async function findNumber(adapter: ProviderAdapter, number: string): Promise<CarrierNumber> {
  const found = (await numbersOf(adapter)).find((each) => each.number === number);
  if (found === undefined) throw new Error(`${number} is not listed`);
  return found;
}
