import { findLinks } from '#shared/text/find-links.ts';

/** A stretch of a message: words, or a link with where it truly leads. */
export type Piece =
  | { readonly kind: 'words'; readonly text: string }
  | {
      readonly kind: 'link';
      readonly href: string;
      /** The link as written, with everything invisible made visible. */
      readonly shown: string;
      /** The host as the browser will call it. */
      readonly host: string;
      /** The host cannot be read off the link as it is written, so it must be shown beside it. */
      readonly disguised: boolean;
    };

/** Characters that change how a link looks without being seen: controls, joiners, direction marks, odd blanks. */
const hidden = /\p{C}|\p{Default_Ignorable_Code_Point}|[\u2028\u2029]/gu;

/**
 * Cuts a message into words and links. Only http and https make a link, and only where a scheme was written: what the sender
 * did not write as a link is not made one.
 */
export function linkify(text: string): Piece[] {
  const pieces: Piece[] = [];
  let done = 0;
  for (const { start, end } of findLinks(text)) {
    const link = readLink(text.slice(start, end));
    if (link === null) continue;
    if (start > done) pieces.push({ kind: 'words', text: text.slice(done, start) });
    pieces.push(link);
    done = end;
  }
  if (done < text.length) pieces.push({ kind: 'words', text: text.slice(done) });
  return pieces;
}

function readLink(written: string): Piece | null {
  if (!/^https?:\/\//iu.test(written) || !URL.canParse(written)) return null;
  const url = new URL(written);
  if (url.protocol !== 'http:' && url.protocol !== 'https:') return null;
  const shown = written.replaceAll(hidden, codePointOf);
  return {
    kind: 'link',
    href: url.href,
    shown,
    host: url.host,
    disguised: shown !== written || !beginsWithHost(written, url.host),
  };
}

/** Does the link name the host it leads to, right behind the scheme? */
const beginsWithHost = (written: string, host: string): boolean =>
  written
    .replace(/^https?:\/\//iu, '')
    .toLowerCase()
    .startsWith(host);

const codePointOf = (character: string): string =>
  `[U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}]`;
