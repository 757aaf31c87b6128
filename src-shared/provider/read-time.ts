const written =
  /^(\d{4}-\d{2}-\d{2})[T ](\d{2}:\d{2}(?::\d{2})?)(?:\.(\d{1,9}))?\s*(Z|[+-]\d{2}(?::?\d{2})?)?$/i;

/**
 * A carrier's time as milliseconds since 1970, from forms such as `2026-01-06T15:00:59.00Z` and `2026-01-06 20:30:59.12+05:30`.
 * Without a zone it is UTC. Null where it is no time.
 */
export function readTime(text: string | null | undefined): number | null {
  const [all, date, clock = '', fraction = '', zone = 'Z'] = written.exec(text?.trim() ?? '') ?? [];
  if (all === undefined) return null;
  const seconds = clock.length === 5 ? `${clock}:00` : clock;
  const at = Date.parse(`${date}T${seconds}.${fraction.padEnd(3, '0').slice(0, 3)}${offset(zone)}`);
  return Number.isNaN(at) ? null : at;
}

function offset(zone: string): string {
  if (zone.toUpperCase() === 'Z') return 'Z';
  const [sign = '', digits = ''] = [zone.slice(0, 1), zone.slice(1).replace(':', '')];
  return `${sign}${digits.slice(0, 2)}:${digits.slice(2).padEnd(2, '0')}`;
}
