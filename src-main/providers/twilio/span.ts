/** From when to when, in milliseconds since 1970. */
export type Span = { readonly since: number; readonly until: number };

const secondMs = 1_000;

/** A moment as the carrier's filters take it; its times have no milliseconds. */
export function inSeconds(at: number): string {
  return `${new Date(Math.max(at, 0)).toISOString().slice(0, 19)}Z`;
}

/** Does a moment the carrier told to the second lie in the span? */
export function isWithin(at: number, { since, until }: Span): boolean {
  return at >= Math.floor(since / secondMs) * secondMs && at <= until;
}
