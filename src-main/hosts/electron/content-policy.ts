/** What a page of ours may do: load its own files and show stored media. There is no network in it. */
export const pagePolicy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' media: blob:",
  'media-src media:',
  "font-src 'self'",
  "connect-src 'self'",
  "form-action 'none'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
  "object-src 'none'",
  "worker-src 'self'",
  "require-trusted-types-for 'script'",
  'trusted-types app',
].join('; ');

/** What stored media may do where it is opened as a document: nothing. */
export const mediaPolicy = "sandbox; default-src 'none'";
