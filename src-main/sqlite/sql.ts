/** A value SQLite can hold. */
export type SqlValue = string | number | bigint | Uint8Array | null;

/** A statement with its parameters apart from its text, so that no value is ever glued into SQL. */
export type Sql = { readonly text: string; readonly values: readonly SqlValue[] };

/**
 * Builds a statement: sql`SELECT … WHERE id = ${id}`. A part that is itself {@link Sql} is spliced in with its parameters.
 */
export function sql(parts: TemplateStringsArray, ...holes: readonly (SqlValue | Sql)[]): Sql {
  const values: SqlValue[] = [];
  let text = parts[0] ?? '';
  holes.forEach((hole, index) => {
    if (isSql(hole)) {
      text += hole.text;
      values.push(...hole.values);
    } else {
      text += '?';
      values.push(hole);
    }
    text += parts[index + 1] ?? '';
  });
  return { text, values };
}

function isSql(hole: SqlValue | Sql): hole is Sql {
  return typeof hole === 'object' && hole !== null && 'text' in hole;
}
