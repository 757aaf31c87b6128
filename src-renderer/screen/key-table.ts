/** What a key may do anywhere on the screen. */
export type KeyDeed =
  | 'new-message'
  | 'search'
  | 'next-thread'
  | 'previous-thread'
  | 'next-unread'
  | 'previous-unread'
  | 'nth-thread'
  | 'composer'
  | 'reply'
  | 'note'
  | 'done'
  | 'opt-out'
  | 'next-pane'
  | 'previous-pane'
  | 'details'
  | 'settings'
  | 'key-guide'
  | 'escape';

export type KeyBinding = {
  readonly deed: KeyDeed;
  /** `Mod` is Ctrl, on a Mac Cmd. The first is the one shown beside the control. */
  readonly keys: readonly string[];
  readonly words: string;
};

const nine = [1, 2, 3, 4, 5, 6, 7, 8, 9].map((nth) => `Mod+${nth}`);

/** Every key that works anywhere, in the order of the guide. */
export const keyTable: readonly KeyBinding[] = [
  { deed: 'new-message', keys: ['Mod+N', 'Alt+N'], words: 'New message' },
  { deed: 'search', keys: ['Mod+F', 'Mod+K'], words: 'Search, or jump to a person or number' },
  { deed: 'next-thread', keys: ['Alt+ArrowDown'], words: 'Next conversation' },
  { deed: 'previous-thread', keys: ['Alt+ArrowUp'], words: 'Previous conversation' },
  { deed: 'next-unread', keys: ['Alt+Shift+ArrowDown'], words: 'Next unread conversation' },
  { deed: 'previous-unread', keys: ['Alt+Shift+ArrowUp'], words: 'Previous unread conversation' },
  { deed: 'nth-thread', keys: nine, words: 'First to ninth conversation' },
  { deed: 'composer', keys: ['Mod+Shift+T'], words: 'Write in the open conversation' },
  { deed: 'reply', keys: ['Alt+L'], words: 'Write a text to the customer' },
  { deed: 'note', keys: ['Alt+P'], words: 'Write a note for the team' },
  { deed: 'done', keys: ['Alt+E'], words: 'Mark the conversation done, or open it again' },
  { deed: 'opt-out', keys: ['Mod+Shift+O'], words: 'Opt the customer out, after a question' },
  { deed: 'details', keys: ['Mod+D'], words: 'Details of the selected message' },
  { deed: 'next-pane', keys: ['F6'], words: 'Next pane' },
  { deed: 'previous-pane', keys: ['Shift+F6'], words: 'Previous pane' },
  { deed: 'settings', keys: ['Mod+,'], words: 'Settings' },
  { deed: 'key-guide', keys: ['Mod+/', '?'], words: 'This guide' },
  { deed: 'escape', keys: ['Escape'], words: 'Close what is on top' },
];

/** Keys that work in one place only; listed in the guide, handled where they work. */
export const localKeys: readonly { readonly keys: string; readonly words: string }[] = [
  { keys: 'Enter', words: 'Send the text or add the note, while writing' },
  { keys: 'Shift+Enter', words: 'New line, while writing' },
  { keys: 'Mod+Shift+1', words: 'Replace what makes a text Unicode' },
  { keys: 'Mod+Shift+Enter', words: 'Send later, while writing' },
  { keys: '/', words: 'Templates, at the start of a line' },
  { keys: 'ArrowUp', words: 'Up and down in the list and in the messages' },
];

/** The key shown for a deed. */
export function keyOf(deed: KeyDeed): string {
  return keyTable.find((binding) => binding.deed === deed)?.keys[0] ?? '';
}

type Pressed = Pick<KeyboardEvent, 'key' | 'code' | 'ctrlKey' | 'metaKey' | 'altKey' | 'shiftKey'>;

/**
 * A pressed key as the table writes it. Digits go by their place on the keyboard, as Shift makes other characters of them;
 * letters go by what is printed on the key, except where Alt has made another character of it.
 */
export function pressedKeys(event: Pressed): string {
  const name = nameOf(event);
  const shifted = event.shiftKey && name !== '?';
  return [
    event.ctrlKey || event.metaKey ? 'Mod' : '',
    event.altKey ? 'Alt' : '',
    shifted ? 'Shift' : '',
    name,
  ]
    .filter(Boolean)
    .join('+');
}

function nameOf({ key, code, altKey }: Pressed): string {
  if (/^Digit\d$/u.test(code)) return code.slice(5);
  if (/^[a-z]$/iu.test(key)) return key.toUpperCase();
  if (altKey && /^Key[A-Z]$/u.test(code)) return code.slice(3);
  return key;
}

/** What a pressed key does, if anything. A single character does nothing while the person is writing. */
export function deedOf(event: Pressed, isWriting: boolean): KeyDeed | null {
  const pressed = pressedKeys(event);
  if (isWriting && pressed.length === 1) return null;
  return keyTable.find(({ keys }) => keys.includes(pressed))?.deed ?? null;
}
