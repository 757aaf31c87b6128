import { vi } from 'vitest';

/** Waits until this is true, however busy the machine is; resolves with it. */
export function until<Result>(
  deed: () => Result | Promise<Result>,
): Promise<Exclude<Awaited<Result>, false | null | undefined | 0 | ''>> {
  return vi.waitUntil(deed, { timeout: 40_000 }) as ReturnType<typeof until<Result>>;
}
