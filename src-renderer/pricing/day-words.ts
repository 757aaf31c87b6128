const days = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeZone: 'UTC' });

/** A day such as `2026-11-01` as people here write it. */
export const dayWords = (day: string): string => days.format(new Date(`${day}T00:00:00Z`));
