import { randomBytes } from 'node:crypto';

import type { SipHeader, SipRequest, SipResponse } from '../wire/message.ts';
import { type Login, answerChallenge } from './answer-challenge.ts';
import { type Challenge, findChallenge } from './challenge.ts';

type Place = 'Authorization' | 'Proxy-Authorization';
type Known = { readonly challenge: Challenge; uses: number };

/** The nonces a request was signed with. */
export type Signed = { readonly request: SipRequest; readonly nonces: ReadonlySet<string> };

/** `again`: sign and send anew. `refused`: the login is wrong. `not-understood`: no challenge that can be answered. */
export type Heard = 'again' | 'refused' | 'not-understood';

/**
 * Proves who we are to a server and its proxies, with one nonce for many requests as long as the server lets it.
 * A nonce that was given for this very request and is refused again means a wrong login: it is not tried a second time.
 */
export class Authorisation {
  readonly #login: Login;
  readonly #known = new Map<Place, Known>();

  constructor(login: Login) {
    this.#login = login;
  }

  sign(request: SipRequest): Signed {
    const headers = [...this.#known].map(([place, known]): SipHeader => {
      known.uses += 1;
      const { method, uri, body } = request;
      const cnonce = randomBytes(8).toString('hex');
      const proof = { method, uri, body, count: known.uses, cnonce };
      return [place, answerChallenge(known.challenge, this.#login, proof)];
    });
    return {
      request: { ...request, headers: [...request.headers, ...headers] },
      nonces: new Set([...this.#known.values()].map(({ challenge }) => challenge.nonce)),
    };
  }

  /** Hears a 401 or 407. `fresh`: nonces given since the request was first sent. */
  hear(response: SipResponse, { signed, fresh }: { signed: Signed; fresh: Set<string> }): Heard {
    const place = response.status === 407 ? 'Proxy-Authorization' : 'Authorization';
    const challenge = findChallenge(response);
    if (challenge === null) return 'not-understood';
    const before = this.#known.get(place)?.challenge.nonce;
    const tried = before !== undefined && signed.nonces.has(before);
    if (tried && challenge.nonce === before && !challenge.stale) return 'refused';
    if (tried && fresh.has(before) && !challenge.stale) return 'refused';
    fresh.add(challenge.nonce);
    if (before !== challenge.nonce) this.#known.set(place, { challenge, uses: 0 });
    return 'again';
  }
}
