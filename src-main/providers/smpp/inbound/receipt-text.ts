/** What the text of a receipt says; null where a field is missing. */
export type ReceiptText = {
  readonly id: string | null;
  readonly stat: string | null;
  readonly err: string | null;
  /** When the carrier took the text, `YYMMDDhhmm` or with seconds, in a zone it does not tell. */
  readonly submitted: string | null;
  /** How the text begins, mostly its first twenty characters. */
  readonly words: string | null;
};

const names = 'id|sub|dlvrd|submit date|done date|stat|err|text';
const field = new RegExp(`(?:^|\\s)(${names}):(.*?)(?=\\s(?:${names}):|$)`, 'gis');

/**
 * Reads `id:1A2B sub:001 dlvrd:001 submit date:2601011400 done date:2601011401 stat:DELIVRD err:000 text:Your table`, in
 * whatever order and case, with fields missing. Of a field that stands twice the first counts, so that our own words behind
 * `text:` cannot overrule the carrier's before them.
 */
export function readReceiptText(text: string): ReceiptText {
  const found = new Map<string, string>();
  for (const [, name = '', value = ''] of text.matchAll(field)) {
    const key = name.toLowerCase();
    if (!found.has(key)) found.set(key, value.trim());
  }
  const start = text.search(/(?:^|\s)text:/i);
  const read = (key: string): string | null => found.get(key) || null;
  return {
    id: read('id'),
    stat: read('stat')?.toUpperCase() ?? null,
    err: read('err'),
    submitted: read('submit date'),
    words: start < 0 ? null : text.slice(start).trim().slice('text:'.length).trim() || null,
  };
}
