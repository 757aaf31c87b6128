import { streamPath } from '#shared/team/stream-frames.ts';

/** An address that a person gave for a relay: as it is kept, and where its stream is; or what is wrong with it. */
export type ReadAddress =
  | { readonly kind: 'good'; readonly address: string; readonly streamUrl: string }
  | { readonly kind: 'bad'; readonly sentence: string; readonly cure: string };

const example = 'such as https://relay.example.com';

/**
 * Reads `https://HOST[:PORT][/PREFIX]`. Plain `http` is taken for this computer alone: the relay hands out the carriers'
 * credentials, and over plain http whoever carries the bytes could read them.
 */
export function readRelayAddress(written: string): ReadAddress {
  const url = URL.canParse(written.trim()) ? new URL(written.trim()) : null;
  if (url === null || !['http:', 'https:'].includes(url.protocol) || url.hostname === '')
    return bad('This is not the address of a relay.', `Enter it whole, ${example}.`);
  if (url.username !== '' || url.password !== '' || url.search !== '' || url.hash !== '')
    return bad(
      'The address holds more than where the relay is.',
      `Leave out user, password, ? and #: ${example}.`,
    );
  if (url.protocol === 'http:' && !isLoopbackName(url.hostname))
    return bad(
      'The relay hands out the credentials of the carriers, and plain http would show them to everybody on the way.',
      'Enter its https address; http is for a relay on this computer alone.',
    );
  const address = (url.origin + url.pathname).replace(/\/+$/, '');
  return { kind: 'good', address, streamUrl: address.replace(/^http/, 'ws') + streamPath };
}

const bad = (sentence: string, cure: string): ReadAddress => ({ kind: 'bad', sentence, cure });

function isLoopbackName(hostname: string): boolean {
  return hostname === 'localhost' || hostname === '[::1]' || /^127(\.\d{1,3}){3}$/.test(hostname);
}
