const secondMs = 1_000;
const dayMs = 86_400_000;

/**
 * How long an answer asks us to wait, in milliseconds from now: its Retry-After, given in seconds or as an HTTP date
 * (RFC 9110, 10.2.3). A date is measured against the answer's own Date header, so that neither clock need be right. Never
 * negative, at most a day; null where there is none or it cannot be read.
 */
export function readRetryAfter(
  headers: Readonly<Record<string, string>>,
  now: number,
): number | null {
  const asked = headers['retry-after']?.trim() ?? '';
  if (/^\d+$/.test(asked)) return bounded(Number(asked) * secondMs);
  const until = readHttpDate(asked);
  return until === null ? null : bounded(until - (readHttpDate(headers['date'] ?? '') ?? now));
}

function bounded(ms: number): number {
  return Math.min(Math.max(ms, 0), dayMs);
}

/** An HTTP date always begins with a day's name; `Date.parse` alone would also take "2" or "May". */
function readHttpDate(text: string): number | null {
  if (!/^(mon|tues?|wed(nes)?|thu(rs)?|fri|sat(ur)?|sun)(day)?,? /i.test(text)) return null;
  const asctime = !text.includes(',');
  const at = Date.parse(asctime ? `${text} GMT` : text);
  return Number.isNaN(at) ? null : at;
}
