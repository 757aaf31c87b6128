import type { IncomingMessage } from 'node:http';

/** Cookies know no ports, so the name carries ours: two Trunklines on one machine do not overwrite each other's. */
function nameFor(port: number): string {
  return `trunkline_session_${port}`;
}

/** The `Set-Cookie` for a session. `Secure` is left out, as there is no TLS on the loopback. */
export function writeSessionCookie(port: number, sessionId: string): string {
  return `${nameFor(port)}=${sessionId}; HttpOnly; SameSite=Strict; Path=/`;
}

/** The session's id a request brings; null where it brings none, or more than one. */
export function readSessionCookie(port: number, { headers }: IncomingMessage): string | null {
  const prefix = `${nameFor(port)}=`;
  const found = (headers.cookie ?? '')
    .split(';')
    .map((each) => each.trim())
    .filter((each) => each.startsWith(prefix));
  return found.length === 1 ? (found[0]?.slice(prefix.length) ?? null) : null;
}
