/** A `/` at the start of the line the caret is on, with what stands between it and the caret. */
export type Slash = { readonly from: number; readonly query: string };

/** Finds it; null where the line does not begin with one, or says more than a name would. */
export function findSlash(text: string, caret: number): Slash | null {
  const from = text.lastIndexOf('\n', caret - 1) + 1;
  const line = text.slice(from, caret);
  return /^\/[^/\n]{0,60}$/u.test(line) ? { from, query: line.slice(1) } : null;
}
