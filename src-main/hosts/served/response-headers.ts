import type { OutgoingHttpHeaders } from 'node:http';

/** What the page may do: load its own files, show stored media and talk to this host. */
const pagePolicy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data: blob:",
  "media-src 'self'",
  "font-src 'self'",
  "connect-src 'self'",
  "form-action 'none'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
  "object-src 'none'",
  "worker-src 'self'",
  "require-trusted-types-for 'script'",
  "trusted-types 'none'",
].join('; ');

/** What stored media may do where it is opened as a document: nothing. */
export const mediaPolicy = "sandbox; default-src 'none'";

/** With every answer. */
export const everywhere: OutgoingHttpHeaders = {
  'X-Content-Type-Options': 'nosniff',
  'X-Frame-Options': 'DENY',
  'Referrer-Policy': 'no-referrer',
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'Permissions-Policy':
    'camera=(), display-capture=(), geolocation=(), microphone=(), payment=(), usb=()',
};

/** With a file of the page. What lies in `/assets/` has its content's digest in its name. */
export function pageHeaders(path: string): OutgoingHttpHeaders {
  const isHashed = path.startsWith('/assets/');
  return {
    ...everywhere,
    'Content-Security-Policy': pagePolicy,
    'Cache-Control': isHashed ? 'public, max-age=31536000, immutable' : 'no-store',
  };
}
