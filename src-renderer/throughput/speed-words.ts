import type { RegistrationBook } from '#shared/contract/registration-commands.ts';
import type { Rate } from '#shared/throughput/throughput-tables.ts';

export type Rates = RegistrationBook['connections'][number]['rates'];

const second = 1_000;

/** `5`, `0.25`: how many in a second; empty where there is no limit. */
export function perSecond(rate: Rate | null): string {
  return rate === null ? '' : String(Number(((rate.limit * second) / rate.within).toFixed(2)));
}

/** The rate of so many in a second as written; null where it is none. Less than a whole one is one in so many seconds. */
export function rateOf(written: string): Rate | null {
  if (!/^\d{1,4}(?:\.\d{1,2})?$/u.test(written.trim())) return null;
  const count = Number(written);
  if (count < 0.01 || count > 1_000) return null;
  if (Number.isInteger(count)) return { limit: count, within: second };
  return { limit: 1, within: Math.ceil(second / count) };
}

/** `5 texts and 1 MMS a second.` */
export function speedWords(rates: Rates): string {
  if (rates === null) return 'It has no limit.';
  const mms = rates.mms === null ? '' : ` and ${perSecond(rates.mms)} MMS`;
  return `${perSecond(rates.sms)} texts${mms} a second.`;
}
