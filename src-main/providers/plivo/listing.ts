/** The most rows that this carrier gives at once. */
export const pageSize = 20;

const hourMs = 3_600_000;

/**
 * A span for the carrier's filters, as it writes times. Whether it takes them in UTC or in the account's own zone is not said,
 * so the span is as much wider as zones differ, and rows are judged by their own times, which have their zone.
 */
export function widened(
  since: number,
  until: number,
): { readonly from: string; readonly to: string } {
  return { from: written(since - 12 * hourMs), to: written(until + 14 * hourMs) };
}

function written(at: number): string {
  return new Date(Math.max(at, 0)).toISOString().slice(0, 19).replace('T', ' ');
}

type Page = {
  readonly meta: { readonly next?: string | null | undefined };
  readonly objects: readonly unknown[];
};

/** The offset of the page after one; null where there is none, or all of this one lies before `since` already. */
export function offsetAfter(
  offset: number,
  page: Page,
  span: { readonly times: readonly number[]; readonly since: number },
): number | null {
  if (page.meta.next == null || page.objects.length === 0) return null;
  const over = span.times.every((at) => at < span.since);
  return over ? null : offset + page.objects.length;
}
