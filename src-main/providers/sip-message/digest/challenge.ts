import { type SipResponse, headersOf } from '../wire/message.ts';
import { readParameters, splitList } from '../wire/split-list.ts';

/** The algorithms of RFC 8760 that are answered here, the best first. */
export const algorithms = ['SHA-256', 'MD5'] as const;
export type Algorithm = (typeof algorithms)[number];

/** How the answer is protected: `null` as RFC 2069 had it. */
export type Protection = 'auth' | 'auth-int' | null;

/** What a server wants to be proved, and how (RFC 3261 22, RFC 7616, RFC 8760). */
export type Challenge = {
  readonly realm: string;
  readonly nonce: string;
  readonly opaque: string | null;
  readonly algorithm: Algorithm;
  readonly qop: Protection;
  /** The nonce before it was right but old. */
  readonly stale: boolean;
};

/** The best challenge of a 401 or 407 that can be answered; null where there is none. */
export function findChallenge(response: SipResponse): Challenge | null {
  const name = response.status === 407 ? 'proxy-authenticate' : 'www-authenticate';
  const read = headersOf(response, name)
    .map(readChallenge)
    .filter((each) => each !== null);
  return (
    algorithms
      .map((algorithm) => read.find((each) => each.algorithm === algorithm))
      .find((each) => each !== undefined) ?? null
  );
}

/** One challenge; null where it is not a digest, or of a kind that is not answered here. */
export function readChallenge(value: string): Challenge | null {
  const [, rest] = /^Digest\s+(\S.*)$/i.exec(value) ?? [];
  if (rest === undefined) return null;
  const said = readParameters(splitList(rest));
  const [realm, nonce] = [said.get('realm'), said.get('nonce')];
  const algorithm = readAlgorithm(said.get('algorithm'));
  const qop = readProtection(said.get('qop'));
  if (realm === undefined || nonce === undefined || algorithm === null || qop === 'unknown')
    return null;
  const stale = said.get('stale')?.toLowerCase() === 'true';
  return { realm, nonce, opaque: said.get('opaque') ?? null, algorithm, qop, stale };
}

function readAlgorithm(written = 'MD5'): Algorithm | null {
  return algorithms.find((each) => each === written.toUpperCase()) ?? null;
}

function readProtection(written: string | undefined): Protection | 'unknown' {
  if (written === undefined || written === '') return null;
  const offered = written.split(',').map((each) => each.trim().toLowerCase());
  if (offered.includes('auth')) return 'auth';
  return offered.includes('auth-int') ? 'auth-int' : 'unknown';
}
