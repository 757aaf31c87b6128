import { parse, stringify } from 'node:querystring';

/** Scheme with user and password, host, port with its colon, and everything after it, each exactly as written. */
const parts = /^([a-z][a-z\d+.-]*:\/\/(?:[^/?#]*@)?)(\[[^\]/?#]*\]|[^:/?#]*)(:[^/?#]*)?(.*)$/is;

/**
 * The forms of an address the carrier may have signed, in the order its own validator tries them: as it stands without its
 * port and with the usual one; as the URL standard writes it, likewise; those two with the query encoded anew.
 */
export function urlForms(url: string): readonly string[] {
  const normal = URL.canParse(url) ? new URL(url).href : url;
  const rewritten = [withoutPort(normal), withPort(normal)];
  return [withoutPort(url), withPort(url), ...rewritten, ...rewritten.map(withQueryEncodedAnew)];
}

function withoutPort(url: string): string {
  return url.replace(parts, '$1$2$4');
}

function withPort(url: string): string {
  const usual = /^https:/i.test(url) ? ':443' : ':80';
  return parts.exec(url)?.[3] === undefined ? url.replace(parts, `$1$2${usual}$4`) : url;
}

function withQueryEncodedAnew(url: string): string {
  const query = url.indexOf('?') + 1;
  if (query === 0 || query === url.length) return url;
  return url.slice(0, query) + stringify(parse(url.slice(query)));
}
