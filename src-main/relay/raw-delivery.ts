import { createHash } from 'node:crypto';
import type { IncomingMessage } from 'node:http';

import type { RawDelivery } from '#shared/provider/delivery.ts';
import type { WebhookGuard } from '#shared/provider/provider.ts';

import type { HookPath } from './hook-path.ts';

/** Headers that carry a credential itself, not a signature made with one. They are checked and then not kept. */
const secretHeaders = ['authorization', 'proxy-authorization', 'cookie'];

/** Every header as it came, names in lower case. A header sent more than once is joined, so that no copy of it goes unseen. */
export function collectHeaders(request: IncomingMessage): Record<string, string> {
  const headers = new Map<string, string>();
  const pairs = request.rawHeaders;
  for (let at = 0; at < pairs.length; at += 2) {
    const name = (pairs[at] as string).toLowerCase();
    const value = pairs[at + 1] as string;
    const before = headers.get(name);
    headers.set(name, before === undefined ? value : `${before}, ${value}`);
  }
  return Object.fromEntries(headers);
}

/** The delivery as it is kept: without the secret of its path and without credentials. */
export function withoutSecrets(raw: RawDelivery, hook: HookPath): RawDelivery {
  const secretive = secretHeaders.some((name) => Object.hasOwn(raw.headers, name));
  if (!secretive && hook.secret === null) return raw;
  const kept = Object.entries(raw.headers).filter(([name]) => !secretHeaders.includes(name));
  const path = `/hooks/${hook.provider}/${hook.connectionId}/`;
  const url = hook.secret === null ? raw.url : raw.url.replace(path + hook.secret, `${path}-`);
  return { ...raw, url, headers: Object.fromEntries(kept) };
}

/**
 * The key a repeated call is known by, unique over carriers and connections. Where the carrier's own key cannot be told, the
 * bytes are the key: the same call repeated has the same bytes.
 */
export function logKey(raw: RawDelivery, guard: WebhookGuard): string {
  const scope = `${raw.provider}/${raw.connectionId}`;
  try {
    return `${scope}/key/${guard.dedupeKey(raw)}`;
  } catch {
    const bytes = createHash('sha256').update(raw.url).update('\0').update(raw.body);
    return `${scope}/bytes/${bytes.digest('base64url')}`;
  }
}
