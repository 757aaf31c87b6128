import { createHash, randomBytes } from 'node:crypto';

import { type WireMessage, valueOf } from './sip-wire.ts';

/** How the local carrier asks who is there. */
export type Gate = {
  /** In the order they are offered. */
  algorithms: readonly ('MD5' | 'SHA-256' | 'SHA-512-256')[];
  qop: 'auth' | 'auth-int' | 'auth,auth-int' | null;
  proxy: boolean;
  /** How often a nonce is good. */
  usesOfNonce: number;
  /** Says so where a nonce was right and is old. */
  saysStale: boolean;
};

/** Checks digests by RFC 7616, with nonces that are counted. */
export class Gatekeeper {
  readonly gate: Gate = {
    algorithms: ['MD5'],
    qop: 'auth',
    proxy: false,
    usesOfNonce: 1_000,
    saysStale: true,
  };
  /** How often a wrong proof came. */
  refused = 0;
  readonly #realm: string;
  readonly #counts = new Map<string, number>();

  constructor(realm: string) {
    this.#realm = realm;
  }

  /** Headers of a challenge, or null where the request is proved. */
  judge(request: WireMessage, passwordOf: (user: string) => string | undefined) {
    const written = valueOf(request, this.gate.proxy ? 'proxy-authorization' : 'authorization');
    if (written === '') return this.#challenge(false);
    const said = readDigest(written);
    const known = this.#counts.get(said['nonce'] ?? '');
    const right = this.#isRight(request, { said, password: passwordOf(said['username'] ?? '') });
    if (known === undefined || !right) {
      this.refused += 1;
      return this.#challenge(false);
    }
    const used = known + 1;
    if (this.gate.qop !== null && Number.parseInt(said['nc'] ?? '', 16) !== used) {
      this.refused += 1;
      return this.#challenge(false);
    }
    this.#counts.set(said['nonce'] ?? '', used);
    return used > this.gate.usesOfNonce ? this.#challenge(this.gate.saysStale) : null;
  }

  /** Forgets every nonce, as a carrier that was started again. */
  forget(): void {
    this.#counts.clear();
  }

  #challenge(stale: boolean): (readonly [string, string])[] {
    const nonce = randomBytes(12).toString('hex');
    this.#counts.set(nonce, 0);
    const { algorithms, qop, proxy } = this.gate;
    return algorithms.map((algorithm) => [
      proxy ? 'Proxy-Authenticate' : 'WWW-Authenticate',
      `Digest realm="${this.#realm}", nonce="${nonce}", opaque="o\\"p", algorithm=${algorithm}` +
        `${qop === null ? '' : `, qop="${qop}"`}${stale ? ', stale=TRUE' : ''}`,
    ]);
  }

  #isRight(
    request: WireMessage,
    { said, password }: { said: Said; password: string | undefined },
  ): boolean {
    const [, uri] = request.start.split(' ');
    const offered = this.gate.algorithms.some((each) => each === said['algorithm']);
    const echoed = said['opaque'] === 'o"p' && said['realm'] === this.#realm && said['uri'] === uri;
    const protections: readonly (string | undefined)[] = this.gate.qop?.split(',') ?? [undefined];
    if (password === undefined || !offered || !echoed) return false;
    if (!protections.includes(said['qop'])) return false;
    return said['response'] === proofOf(request, said, password);
  }
}

type Said = Readonly<Record<string, string>>;

function proofOf(request: WireMessage, said: Said, password: string): string {
  const algorithm = said['algorithm'] === 'SHA-256' ? 'sha256' : 'md5';
  const hash = (text: string | Buffer): string => createHash(algorithm).update(text).digest('hex');
  const { username, realm, nonce, nc, cnonce, qop } = said;
  const [method = '', uri = ''] = request.start.split(' ');
  const ha1 = hash(`${username}:${realm}:${password}`);
  const ha2 = hash(`${method}:${uri}${qop === 'auth-int' ? `:${hash(request.body)}` : ''}`);
  if (qop === undefined) return hash(`${ha1}:${nonce}:${ha2}`);
  return hash(`${ha1}:${nonce}:${nc}:${cnonce}:${qop}:${ha2}`);
}

function readDigest(value: string): Said {
  const found = value.matchAll(/(\w+)=(?:"((?:[^"\\]|\\.)*)"|([^\s,]+))/g);
  return Object.fromEntries(
    [...found].map(([, name = '', quoted, bare]) => [
      name,
      quoted?.replaceAll(/\\(.)/g, '$1') ?? bare ?? '',
    ]),
  );
}
