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
 * whatever order and case, with fields missing. What stands behind `text:` are words of ours and is not looked into, unless a
 * field stands nowhere else.
 */
export function readReceiptText(text: string): ReceiptText {
  const found = new Map<string, string>();
  const start = text.search(/(?:^|\s)text:/i);
  const pieces = start < 0 ? [text] : [text.slice(0, start), text.slice(start)];
  for (const piece of pieces)
    for (const [, name = '', value = ''] of piece.matchAll(field)) {
      const key = name.toLowerCase();
      if (!found.has(key)) found.set(key, value.trim());
    }
  const read = (key: string): string | null => found.get(key) || null;
  return {
    id: read('id'),
    stat: read('stat')?.toUpperCase() ?? null,
    err: read('err'),
    submitted: read('submit date'),
    words: start < 0 ? null : text.slice(start).trim().slice('text:'.length).trim() || null,
  };
}
