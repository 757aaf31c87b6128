/** A piece of a template: words as they are, or a field, with what stands for it where nothing is known. */
export type Piece =
  | { readonly kind: 'words'; readonly text: string }
  | { readonly kind: 'field'; readonly name: string; readonly fallback: string | null };

const field = /\{([a-z][a-z0-9_]{0,39})(?:\|([^{}\n]{0,200}))?\}/gu;

/** Takes a template apart. Braces around anything else are words like others. */
export function readFields(template: string): Piece[] {
  const pieces: Piece[] = [];
  let from = 0;
  for (const found of template.matchAll(field)) {
    if (found.index > from) pieces.push({ kind: 'words', text: template.slice(from, found.index) });
    pieces.push({ kind: 'field', name: found[1] ?? '', fallback: found[2] ?? null });
    from = found.index + found[0].length;
  }
  if (from < template.length) pieces.push({ kind: 'words', text: template.slice(from) });
  return pieces;
}

/** The names of a template's fields, each once, in their order. */
export function fieldNames(template: string): string[] {
  const fields = readFields(template).filter((piece) => piece.kind === 'field');
  return [...new Set(fields.map(({ name }) => name))];
}

/** A heading of a table as the name of a field: `First name` is `first_name`. */
export const fieldNameOf = (heading: string): string =>
  heading
    .trim()
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/gu, '_')
    .replaceAll(/^_+|_+$/gu, '');
