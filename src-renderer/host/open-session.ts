import type { Standing } from './create-connect.ts';

type Fetch = (url: string, init: RequestInit) => Promise<Response>;

/** The parts of the page that opening a session touches. */
export type SessionPage = {
  readonly location: Pick<Location, 'hash' | 'pathname' | 'search'>;
  readonly history: Pick<History, 'replaceState'>;
  readonly fetch: Fetch;
};

/** Milliseconds. */
const answerWithinMs = 10_000;

/** The one-time key in the fragment of the address the host printed, which never leaves the browser by itself. */
export function readToken(hash: string): string | null {
  return new URLSearchParams(hash.replace(/^#/u, '')).get('token');
}

/**
 * Exchanges the key in the address for a session cookie and takes the key out of the address bar. Where that does not work, or
 * there is no key, the cookie of an earlier visit may still do; opening the wire shows it.
 */
export async function openSession(page: SessionPage): Promise<void> {
  const token = readToken(page.location.hash);
  if (token === null) return;
  const { status } = await exchange(page.fetch, token);
  if (status !== unanswered)
    page.history.replaceState(null, '', page.location.pathname + page.location.search);
}

/** Does the host hold a session for this page? */
export async function askStanding(ask: Fetch): Promise<Standing> {
  const { status } = await answerOf(ask, { cache: 'no-store' });
  if (status === unanswered) return 'away';
  return status === 401 || status === 403 ? 'refused' : 'known';
}

const exchange = (ask: Fetch, token: string): Promise<{ status: number }> =>
  answerOf(ask, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ token }),
  });

/** Stands for the status of an answer that never came. */
const unanswered = 0;

async function answerOf(ask: Fetch, init: RequestInit): Promise<{ status: number }> {
  try {
    return await ask('/session', { ...init, signal: AbortSignal.timeout(answerWithinMs) });
  } catch {
    return { status: unanswered };
  }
}
