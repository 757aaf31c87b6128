/** No carrier nests deeper than a handful of levels. */
const maxDepth = 32;

/**
 * Reads bytes from outside as JSON; undefined where they are not UTF-8, not JSON, or nested deeper than 32 levels. The
 * value is not to be trusted before a schema has judged it.
 */
export function readJson(bytes: Uint8Array): unknown {
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    return depthOf(text) > maxDepth ? undefined : JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** The deepest nesting of brackets outside strings. */
function depthOf(text: string): number {
  let depth = 0;
  let deepest = 0;
  for (let at = 0; at < text.length; at += 1) {
    const sign = text[at];
    if (sign === '"') at = endOfString(text, at);
    else if (sign === '[' || sign === '{') depth += 1;
    else if (sign === ']' || sign === '}') depth -= 1;
    deepest = Math.max(deepest, depth);
  }
  return deepest;
}

function endOfString(text: string, start: number): number {
  let at = start + 1;
  while (at < text.length && text[at] !== '"') at += text[at] === '\\' ? 2 : 1;
  return at;
}
