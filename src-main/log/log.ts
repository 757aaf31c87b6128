type Field = string | number | boolean | null;

/**
 * Writes one line of JSON to standard error. Callers pass ids, counts and states; never a credential, a token, a body or a
 * whole URL.
 */
export function log(event: string, fields: Readonly<Record<string, Field>> = {}): void {
  process.stderr.write(`${JSON.stringify({ at: new Date().toISOString(), event, ...fields })}\n`);
}
