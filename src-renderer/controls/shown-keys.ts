const isMac = /Mac|iP(?:hone|ad)/u.test(navigator.platform);

const names: Readonly<Record<string, string>> = {
  Mod: isMac ? '⌘' : 'Ctrl',
  Alt: isMac ? '⌥' : 'Alt',
  Shift: isMac ? '⇧' : 'Shift',
  ArrowUp: '↑',
  ArrowDown: '↓',
  Escape: 'Esc',
};

/** A key as the table writes it (`Mod+Shift+1`) the way people read it: "Ctrl Shift 1", on a Mac "⌘ ⇧ 1". */
export function shownKeys(keys: string): string {
  return keys
    .split('+')
    .map((part) => names[part] ?? part)
    .join(' ');
}

/** The same for `aria-keyshortcuts`. */
export function keysForAria(keys: string): string {
  return keys.replace('Mod', isMac ? 'Meta' : 'Control');
}
