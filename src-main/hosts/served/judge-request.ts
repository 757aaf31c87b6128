import type { IncomingMessage } from 'node:http';

/**
 * Does this request come from our own page, or from the person's own hand? A page of another origin must not, whatever name its
 * owner has pointed at this machine: `Host` must be ours to the letter, and so must `Origin` where one is sent.
 * @param authority such as `127.0.0.1:4417`
 * @param needsOrigin true for what changes something: there `Origin` must be present
 */
export function isFromOurPage(
  { headersDistinct }: IncomingMessage,
  authority: string,
  needsOrigin: boolean,
): boolean {
  const origins = headersDistinct['origin'] ?? [];
  if (!isExactly(headersDistinct['host'], authority)) return false;
  if (origins.length === 0 && needsOrigin) return false;
  if (origins.length > 0 && !isExactly(origins, `http://${authority}`)) return false;
  return (headersDistinct['sec-fetch-site'] ?? ['none']).every(isNear);
}

function isExactly(values: readonly string[] | undefined, wanted: string): boolean {
  return values?.length === 1 && values[0] === wanted;
}

/** `same-site` is not near: another port of this machine is another program, maybe of another person. */
function isNear(site: string): boolean {
  return site === 'same-origin' || site === 'none';
}
