/**
 * Replaces the whole text of a box as if it had been typed, so that undo brings the old text back.
 * @param caret where the caret stands afterwards, in UTF-16 units
 */
export function writeInto(box: HTMLTextAreaElement, text: string, caret: number): void {
  box.focus();
  box.setSelectionRange(0, box.value.length);
  if (!insertAsTyped(text)) {
    box.setRangeText(text);
    box.dispatchEvent(new InputEvent('input', { bubbles: true }));
  }
  box.setSelectionRange(caret, caret);
}

/** Deprecated, and still the only way to keep the undo history; false where the browser has it no more. */
function insertAsTyped(text: string): boolean {
  return (
    typeof document.execCommand === 'function' && document.execCommand('insertText', false, text)
  );
}
