/* Milliseconds. A server that lost everybody at once must not be asked by everybody at once (RFC 5626 4.5). */
const firstPause = 1_000;
const longestPause = 60_000;
/* A login that was refused will hardly be right a minute later, and trying it may lock the account. */
const loginPause = 600_000;

/** How long to wait before the next try after this many that failed in a row, jittered. Milliseconds. */
export function pauseAfter(failures: number, random: () => number): number {
  const longest = Math.min(longestPause, firstPause * 2 ** Math.min(failures - 1, 10));
  return longest / 2 + (random() * longest) / 2;
}

/** How long to wait after a login was refused. Milliseconds. */
export function pauseAfterRefusal(random: () => number): number {
  return loginPause / 2 + (random() * loginPause) / 2;
}

/** When to renew a registration of so many seconds: at 0.5 to 0.9 of its time, as chance has it. Milliseconds. */
export function renewAfter(expires: number, random: () => number): number {
  return Math.max(500, expires * 1_000 * (0.5 + 0.4 * random()));
}
