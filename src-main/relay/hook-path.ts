import { createHash, timingSafeEqual } from 'node:crypto';

/** Where a call is addressed: `/hooks/<provider>/<connection id>[/<path secret>]`. */
export type HookPath = {
  readonly provider: string;
  readonly connectionId: string;
  readonly secret: string | null;
};

const hookPath = /^\/hooks\/([a-z0-9-]{1,64})\/([\w-]{1,128})(?:\/([\w-]{1,256}))?$/;

/**
 * Reads the target of a request, query and all. Anything but these plain characters is no hook: dots, encoded slashes and
 * whole URLs are never decoded, so they can mean nothing.
 */
export function parseHookPath(target: string): HookPath | null {
  const [, provider, connectionId, secret] = hookPath.exec(pathOf(target)) ?? [];
  if (provider === undefined || connectionId === undefined) return null;
  return { provider, connectionId, secret: secret ?? null };
}

export function pathOf(target: string): string {
  const query = target.indexOf('?');
  return query < 0 ? target : target.slice(0, query);
}

/** Compares the secret of a path with the expected one in a time that tells nothing of either. */
export function isSecret(given: string | null, expected: string | null): boolean {
  if (expected === null) return given === null;
  return given !== null && timingSafeEqual(digest(given), digest(expected));
}

function digest(secret: string): Buffer {
  return createHash('sha256').update(secret).digest();
}
