/** `refused`: the host does not know this key. `unreachable`: no host answers at this address. */
export type SessionAnswer = 'open' | 'refused' | 'unreachable';

/** The parts of the page that opening a session touches. */
export type SessionPage = {
  readonly location: Pick<Location, 'hash' | 'pathname' | 'search'>;
  readonly history: Pick<History, 'replaceState'>;
  readonly fetch: (url: string, init: RequestInit) => Promise<Response>;
};

/** Milliseconds. */
const answerWithinMs = 10_000;

/** The one-time key in the fragment of the address the host printed, which never leaves the browser by itself. */
export function readToken(hash: string): string | null {
  return new URLSearchParams(hash.replace(/^#/u, '')).get('token');
}

/**
 * Exchanges the key in the address for a session cookie and takes the key out of the address bar. Without a key the cookie of
 * an earlier visit must do; whether it does shows when the wire opens.
 */
export async function openSession(page: SessionPage): Promise<SessionAnswer> {
  const token = readToken(page.location.hash);
  if (token === null) return 'open';
  const answer = await exchange(page, token);
  if (answer !== 'unreachable')
    page.history.replaceState(null, '', page.location.pathname + page.location.search);
  return answer;
}

async function exchange(page: SessionPage, token: string): Promise<SessionAnswer> {
  try {
    const response = await page.fetch('/session', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ token }),
      signal: AbortSignal.timeout(answerWithinMs),
    });
    if (response.status === 401 || response.status === 403) return 'refused';
    return response.ok ? 'open' : 'unreachable';
  } catch {
    return 'unreachable';
  }
}
