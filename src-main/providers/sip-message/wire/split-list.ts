/** The parts of a value between commas (or another mark) that stand neither in quotes nor in angle brackets, trimmed. */
export function splitList(value: string, mark = ','): string[] {
  const parts: string[] = [];
  let part = '';
  let inside: '"' | '<' | null = null;
  for (let at = 0; at < value.length; at += 1) {
    const letter = value.charAt(at);
    if (letter === mark && inside === null) {
      parts.push(part);
      part = '';
      continue;
    }
    part += letter;
    if (inside === '"' && letter === '\\') part += value.charAt((at += 1));
    else inside = insideAfter(inside, letter);
  }
  return [...parts, part].map((each) => each.trim()).filter((each) => each !== '');
}

function insideAfter(inside: '"' | '<' | null, letter: string): '"' | '<' | null {
  if (inside === '"') return letter === '"' ? null : '"';
  if (inside === '<') return letter === '>' ? null : '<';
  return letter === '"' || letter === '<' ? letter : null;
}

/** Parameters such as `;expires=300;lr` by their names in lower case; one without a value has ''. */
export function readParameters(parts: readonly string[]): ReadonlyMap<string, string> {
  return new Map(
    parts.map((part) => {
      const [name = '', ...value] = part.split('=');
      return [name.trim().toLowerCase(), unquote(value.join('=').trim())] as const;
    }),
  );
}

/** A quoted string without its quotes and escapes; anything else as it stands. */
export function unquote(value: string): string {
  if (value.length < 2 || !value.startsWith('"') || !value.endsWith('"')) return value;
  return value.slice(1, -1).replaceAll(/\\(.)/g, '$1');
}
