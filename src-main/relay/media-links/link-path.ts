import { createHash, randomBytes } from 'node:crypto';

/** 256 bits of chance, as a path carries them. */
export type LinkToken = string;

const linkPath = /^\/media\/([\w-]{43})(?:\.([a-z0-9]{1,4}))?$/;

/** What files are called at their end. Some carriers believe it more than the type that is told with the bytes. */
const endings: Readonly<Record<string, string>> = {
  'image/jpeg': 'jpg',
  'image/png': 'png',
  'image/gif': 'gif',
  'image/webp': 'webp',
};

export function newToken(): LinkToken {
  return randomBytes(32).toString('base64url');
}

/** What of a token is kept: whoever reads the book of links can open none of them. */
export function digestOf(token: LinkToken): Buffer {
  return createHash('sha256').update(token).digest();
}

/** `picture.jpg`: a name that tells nothing. */
export function safeName(type: string): string {
  const ending = endings[type];
  return ending === undefined ? 'file' : `picture.${ending}`;
}

export function pathOfLink(token: LinkToken, type: string): string {
  const ending = endings[type];
  return ending === undefined ? `/media/${token}` : `/media/${token}.${ending}`;
}

/** The token in the path of a request, and how the path ends; null for what is no link. Nothing is decoded. */
export function readLinkPath(
  path: string,
): { readonly token: LinkToken; readonly ending: string | null } | null {
  const [, token, ending] = linkPath.exec(path) ?? [];
  return token === undefined ? null : { token, ending: ending ?? null };
}

/** May a file of this type be asked for under a path that ends so? */
export function isEndingOf(ending: string | null, type: string): boolean {
  return ending === null || endings[type] === ending;
}
