const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/**
 * Text as HTML that is that text and nothing else, between tags and within quotes. Control characters, which no page can hold,
 * are shown as pictures; ends of lines and tabs stay.
 */
export function toHtml(text: string): string {
  return text
    .toWellFormed()
    .replaceAll('\r\n', '\n')
    .replaceAll(/[&<>"']/g, (character) => entities[character] ?? '')
    .replaceAll(/\p{Cc}/gu, picture);
}

/** Where the pictures of the control characters begin, `␀` being that of NUL. */
const pictures = 0x2400;

function picture(control: string): string {
  const code = control.charCodeAt(0);
  if (control === '\n' || control === '\t') return control;
  if (code < 0x20) return String.fromCharCode(pictures + code);
  return code === 0x7f ? '\u2421' : '\ufffd';
}
