/** Everything but the unreserved characters of RFC 3986 percent-encoded, in UTF-8: good in a path, a query and a form. */
export function percentEncode(value: string): string {
  return encodeURIComponent(value).replaceAll(
    /[!'()*]/g,
    (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}
