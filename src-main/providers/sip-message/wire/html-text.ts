const named: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  nbsp: ' ',
};

/** What a page of HTML says, without its marks: some softphones send texts so. */
export function textOfHtml(html: string): string {
  return html
    .replaceAll(/<(script|style|head)\b[^>]*>[^]*?<\/\1\s*>/gi, '')
    .replaceAll(/<!--[^]*?-->/g, '')
    .replaceAll(/\s+/g, ' ')
    .replaceAll(/<(?:br|\/p|\/div|\/li)\b[^>]*>/gi, '\n')
    .replaceAll(/<[^>]*>/g, '')
    .replaceAll(/&(?:#\d{1,7}|#x[\da-f]{1,6}|[a-z]{2,6});/gi, readEntity)
    .replaceAll(/ *\n */g, '\n')
    .trim();
}

function readEntity(whole: string): string {
  const said = whole.slice(1, -1).toLowerCase();
  if (!said.startsWith('#')) return named[said] ?? whole;
  const code = said.startsWith('#x') ? Number.parseInt(said.slice(2), 16) : Number(said.slice(1));
  const valid = code > 0 && code <= 0x10ffff && !(code >= 0xd800 && code <= 0xdfff);
  return valid ? String.fromCodePoint(code) : whole;
}
