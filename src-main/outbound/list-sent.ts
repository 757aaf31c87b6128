import type { Asked, ListPage, ListedText, TextQuery } from '#shared/provider/carrier-lists.ts';
import type { ProviderAdapter } from '#shared/provider/provider.ts';

/** Which texts out to list: between two of the numbers, created at or after `since` (milliseconds since 1970). */
export type SentQuery = { readonly from: string; readonly to: string; readonly since: number };

/** A list longer than so many pages is not what was asked for. */
const mostPages = 20;
/** The carrier's clock may be ahead of ours by this much, in milliseconds. */
const clockSlack = 86_400_000;

/** Texts out between two numbers as the carrier lists them, newest first; null where the list could not be read whole. */
export async function listSent(
  adapter: ProviderAdapter,
  { from, to, since }: SentQuery,
  deadlineMs: number,
): Promise<readonly ListedText[] | null> {
  const until = performance.now() + deadlineMs;
  const found: ListedText[] = [];
  let cursor: string | null = null;
  for (let page = 0; page < mostPages; page += 1) {
    const span: TextQuery = {
      since,
      until: Date.now() + clockSlack,
      between: { line: from, peer: to },
      cursor,
    };
    const asked: Asked<ListPage<ListedText>> | undefined = await adapter.listTexts?.(
      span,
      until - performance.now(),
    );
    if (asked?.kind !== 'told') return null;
    found.push(...asked.answer.rows.filter((row) => isBetween(row, { from, to, since })));
    if (asked.answer.next === null) return found;
    cursor = asked.answer.next;
  }
  return null;
}

function isBetween(row: ListedText, { from, to, since }: SentQuery): boolean {
  return row.direction === 'out' && row.from === from && row.to === to && row.createdAt >= since;
}
