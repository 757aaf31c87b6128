/**
 * Replaces the whole text of a box as if it had been typed, so that undo brings the old text back.
 * @returns false where the browser cannot, and nothing has changed
 */
export function typeInto(box: HTMLTextAreaElement, text: string): boolean {
  // Deprecated, and still the only way to keep the undo history.
  if (typeof document.execCommand !== 'function') return false;
  box.focus();
  box.setSelectionRange(0, box.value.length);
  return document.execCommand('insertText', false, text);
}
