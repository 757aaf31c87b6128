import { createHash } from 'node:crypto';

import { sameText } from '#main/http/same-text.ts';
import type { RawDelivery } from '#shared/provider/delivery.ts';
import type { WebhookGuard } from '#shared/provider/provider.ts';

import { readCallback } from './read-callback.ts';
import { signV2, signV3 } from './signature.ts';
import { UsedNonces } from './used-nonces.ts';

/**
 * The guard of a connection's callbacks. A signature of the third version, which covers everything, decides alone where there
 * is one; only without it does one of the second do, whose nonce then may not come with another body. Every token given is good,
 * so that a rotation loses nothing.
 */
export function openGuard(tokens: readonly string[]): WebhookGuard {
  const used = new UsedNonces();
  return {
    authenticate: (raw) => (isAuthentic(raw, tokens, used) ? 'authentic' : 'forged'),
    dedupeKey,
    // XML here would send an answer to the sender.
    reply: () => ({ status: 200, type: 'text/plain', body: '' }),
  };
}

function isAuthentic(raw: RawDelivery, tokens: readonly string[], used: UsedNonces): boolean {
  const { method, url, headers, body } = raw;
  const third = readSignatures(headers, 'v3');
  if (third !== null) {
    // Where the body is no form at all, so that nothing can be read from it, it still must be what was signed.
    const parameters = new URLSearchParams(
      new TextDecoder('utf-8', { ignoreBOM: true }).decode(body),
    );
    const good = tokens.map((token) => signV3({ method, url, parameters }, third.nonce, token));
    return holds(third.signatures, good);
  }
  const second = readSignatures(headers, 'v2');
  if (second === null) return false;
  const good = tokens.map((token) => signV2(url, second.nonce, token));
  return holds(second.signatures, good) && used.admit(second.nonce, raw);
}

type Signatures = { readonly nonce: string; readonly signatures: readonly string[] };

const mostSignatures = 16;

/** The account's own signatures and those of its main account; null where the version is not used at all. */
function readSignatures(headers: RawDelivery['headers'], version: 'v2' | 'v3'): Signatures | null {
  const names = [`signature-${version}`, `signature-ma-${version}`, `signature-${version}-nonce`];
  const [own, main, nonce] = names.map((name) => headers[`x-plivo-${name}`]);
  if (own === undefined && main === undefined && nonce === undefined) return null;
  const signatures = `${own ?? ''},${main ?? ''}`.split(',', mostSignatures);
  return { nonce: nonce ?? '', signatures: signatures.map((each) => each.trim()) };
}

function holds(given: readonly string[], good: readonly string[]): boolean {
  return given.some((each) => good.some((signature) => sameText(each, signature)));
}

/** A text is known by its id, a receipt by what it says too; a call that cannot be understood by its bytes. */
function dedupeKey({ body }: RawDelivery): string {
  const callback = readCallback(body);
  if (callback.kind === 'unreadable') return `body ${digest(body)}`;
  const { MessageUUID: id, Status: status, ErrorCode: code, Sequence: sequence } = callback.fields;
  if (status === undefined) return `message ${id}`;
  return `receipt ${id} ${digest(JSON.stringify([status, code, sequence]))}`;
}

function digest(content: string | Uint8Array): string {
  return createHash('sha256').update(content).digest('hex');
}
