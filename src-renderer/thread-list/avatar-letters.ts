import { callingCodeOf } from '#shared/phone/format-peer.ts';

/** What stands in the round mark of a contact: initials, else the country of the number, else the kind of sender. */
export function avatarLetters({
  name,
  peer,
}: {
  readonly name: string | null;
  readonly peer: string;
}): string {
  const initials = initialsOf(name ?? '');
  if (initials !== '') return initials;
  const code = callingCodeOf(peer);
  if (code !== null) return code;
  return /^\d+$/u.test(peer) ? '#' : peer.slice(0, 2).toUpperCase();
}

/** The first letters of the first and the last word. */
export function initialsOf(name: string): string {
  const words = name.split(/\s+/u).filter((word) => /^[\p{L}\p{N}]/u.test(word));
  const ends = words.length > 1 ? [words[0], words.at(-1)] : words;
  return ends.map((word) => Array.from(word ?? '')[0]?.toUpperCase() ?? '').join('');
}
