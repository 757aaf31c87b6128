import type { Screen } from './screen.ts';

/** Has the screen's one live region say something when the reader comes to a pause. */
export function announce({ announcement }: Screen, words: string): void {
  announcement.setState(({ count }) => ({ words, count: count + 1 }));
}
