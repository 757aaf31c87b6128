/** A link as a handset would make one: with its scheme, or a bare domain. */
export type FoundLink = {
  readonly from: number;
  readonly to: number;
  readonly scheme: string | null;
  /** What stands between scheme and path, in lower case. */
  readonly authority: string;
  readonly path: string;
};

/* Names have 253 characters at most, so no text makes this slow. */
const written =
  /\b(?:(https?):\/\/)?([^\s/?#<>"'(),;]{1,253}\.[^\s/?#<>"'(),;]{1,253})([/?#][^\s<>"]*)?/giu;
const bareDomain =
  /^(?:[\p{L}\p{N}-]+\.)+(?:com|net|org|info|biz|io|co|me|us|ca|ly|gl|gd|cc|gy|at|vc|gg|app|dev|xyz|top|site|online|shop|link|click|live|one|chat|edu|gov|uk|ru|cn|de|su|tk)$/iu;
const trailing = /[.,!?:;)\]}'"»”’]+$/u;

/** Every link in a text, in order. A stop or a bracket behind one is not part of it. */
export function findLinks(text: string): FoundLink[] {
  return [...text.matchAll(written)].flatMap((match) => {
    const [whole, scheme = null, host = '', path = ''] = match;
    const kept = whole.replace(trailing, '');
    const authority = (path === '' ? host.replace(trailing, '') : host).toLowerCase();
    if (scheme === null && !isBareDomain(authority)) return [];
    const from = match.index;
    return [{ from, to: from + kept.length, scheme, authority, path: path.replace(trailing, '') }];
  });
}

/** An address of mail is none; with a port it still is one. */
const isBareDomain = (authority: string): boolean =>
  !authority.includes('@') && bareDomain.test(authority.replace(/:\d+$/u, ''));

/** The host of a link, without who and without port. */
export const hostOf = ({ authority }: Pick<FoundLink, 'authority'>): string =>
  authority
    .slice(authority.lastIndexOf('@') + 1)
    .replace(/:\d*$/u, '')
    .replace(/\.$/u, '');
