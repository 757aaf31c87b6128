import { readFields } from './read-fields.ts';

export type Filled = {
  /** The text; a field of which nothing is known stands in it as `{name}`. */
  readonly text: string;
  /** Names of the fields that are still to be filled, each once. */
  readonly missing: readonly string[];
};

/** Puts what is known into a template; else the field's own words for that; else the field stays, to be filled by hand. */
export function fillTemplate(
  template: string,
  known: Readonly<Record<string, string | undefined>>,
): Filled {
  const missing = new Set<string>();
  const text = readFields(template)
    .map((piece) => {
      if (piece.kind === 'words') return piece.text;
      const value = Object.hasOwn(known, piece.name) ? known[piece.name]?.trim() : undefined;
      if (value) return value;
      if (piece.fallback !== null) return piece.fallback;
      missing.add(piece.name);
      return `{${piece.name}}`;
    })
    .join('');
  return { text, missing: [...missing] };
}
