/** The scheme the screen is served under. */
export const pageScheme = 'app';
/** The scheme pictures and sounds are served under: `media://<id>`. */
export const mediaScheme = 'media';
export const mediaBase = `${mediaScheme}://`;

const pageHost = 'trunkline';
export const pageUrl = `${pageScheme}://${pageHost}/index.html`;

/**
 * Is this an address of our own screen? Protocol and host are compared, never the origin: `new URL('app://x').origin` is the
 * string "null" for every scheme but the web's own.
 */
export function isOurPage(address: string): boolean {
  const url = URL.parse(address);
  return (
    url !== null &&
    url.protocol === `${pageScheme}:` &&
    url.host === pageHost &&
    url.username === '' &&
    url.password === ''
  );
}
