type Links = { readonly links?: { readonly next?: string | null | undefined } | null | undefined };

/** The query of one page; a cursor is the number of rows before it. */
export function pageQuery(
  cursor: string | null,
  limit: number,
  more: Readonly<Record<string, string>> = {},
): string {
  const page = { ...more, limit: String(limit), offset: String(offsetOf(cursor)) };
  return new URLSearchParams(page).toString();
}

/**
 * The cursor of the page after one of `limit` rows at most; null after the last. That there is one is taken from the carrier's
 * link, but not where it is, because links may name hosts of its inside.
 */
export function cursorAfter(
  cursor: string | null,
  limit: number,
  page: Links & { readonly data: readonly unknown[] },
): string | null {
  if (page.data.length === 0) return null;
  const more = page.links == null ? page.data.length >= limit : page.links.next != null;
  return more ? String(offsetOf(cursor) + page.data.length) : null;
}

function offsetOf(cursor: string | null): number {
  const offset = Number(cursor ?? 0);
  return Number.isSafeInteger(offset) && offset >= 0 ? offset : 0;
}
