import type { Asked, NumberOffer, NumberSearch } from '#shared/provider/carrier-lists.ts';
import { readMicros } from '#shared/provider/read-micros.ts';

import type { Access } from './access.ts';
import { ask } from './ask.ts';
import { abilitiesOf, numberTypeOf } from './read-number.ts';
import { type OfferWire, offersShape, pricesShape } from './wire-types.ts';

/** The countries whose numbers begin with +1, in the order they are searched. */
const countries = ['US', 'CA'] as const;
type Country = (typeof countries)[number];

/**
 * Numbers that can be bought and take texts: in the United States or, where they have none of these or no such area code, in
 * Canada.
 */
export async function searchNumbers(
  access: Access,
  search: NumberSearch,
  deadlineMs: number,
): Promise<Asked<readonly NumberOffer[]>> {
  const until = performance.now() + deadlineMs;
  for (const country of countries) {
    const asked = await searchIn(access, addressOf(access, search, country), until);
    const elsewhere = asked.kind === 'not-told' && asked.failure.kind === 'unmapped';
    if (elsewhere && country !== countries.at(-1)) continue;
    if (asked.kind === 'not-told') return asked;
    if (asked.answer.length > 0) return await withPrices(access, { asked, search, country }, until);
  }
  return { kind: 'told', answer: [] };
}

/* Three digits are an area code. More of them are looked for as the beginning of a number. */
function addressOf(access: Access, search: NumberSearch, country: Country): string {
  const kind = search.tollFree ? 'TollFree' : 'Local';
  const limit = Math.min(Math.max(Math.trunc(search.limit), 1), 1_000);
  const parameters = new URLSearchParams({ SmsEnabled: 'true', PageSize: String(limit) });
  const { areaCode } = search;
  if (areaCode?.length === 3) parameters.set('AreaCode', areaCode);
  else if (areaCode !== null && areaCode !== '') parameters.set('Contains', `+1${areaCode}`);
  return `${access.account}/AvailablePhoneNumbers/${country}/${kind}.json?${parameters.toString()}`;
}

async function searchIn(
  access: Access,
  path: string,
  until: number,
): Promise<Asked<readonly OfferWire[]>> {
  const asked = await ask(access, { host: 'api', path, form: null, shape: offersShape }, until);
  if (asked.kind === 'not-told') return asked;
  return { kind: 'told', answer: asked.answer.available_phone_numbers };
}

type Found = {
  readonly asked: Extract<Asked<readonly OfferWire[]>, { kind: 'told' }>;
  readonly search: NumberSearch;
  readonly country: Country;
};

async function withPrices(
  access: Access,
  { asked, search, country }: Found,
  until: number,
): Promise<Asked<readonly NumberOffer[]>> {
  const monthlyMicros = await readPrice(access, { search, country }, until);
  const offers = asked.answer.slice(0, search.limit).map((wire) => ({
    number: wire.phone_number,
    numberType: numberTypeOf(wire.phone_number),
    place: [wire.locality, wire.region].filter((part) => part).join(', ') || null,
    sms: abilitiesOf(wire).sms,
    mms: abilitiesOf(wire).mms,
    setupMicros: null,
    monthlyMicros,
  }));
  return { kind: 'told', answer: offers };
}

/** What a month costs; null where the carrier does not tell, or tells in other money than dollars. */
async function readPrice(
  access: Access,
  { search, country }: Omit<Found, 'asked'>,
  until: number,
): Promise<number | null> {
  const path = `/v1/PhoneNumbers/Countries/${country}`;
  const asked = await ask(access, { host: 'pricing', path, form: null, shape: pricesShape }, until);
  if (asked.kind === 'not-told' || asked.answer.price_unit !== 'USD') return null;
  const type = search.tollFree ? 'toll free' : 'local';
  const price = asked.answer.phone_number_prices.find((each) => each.number_type === type);
  return readMicros(price?.current_price);
}
