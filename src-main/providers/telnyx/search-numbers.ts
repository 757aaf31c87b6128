import type { Asked, NumberOffer, NumberSearch } from '#shared/provider/carrier-lists.ts';

import { type Access, ask, map, until } from './ask.ts';
import { readMoney } from './billing-of.ts';
import { type OfferRow, offersShape } from './list-wire-types.ts';

/** Numbers of the United States that can be bought and can text. */
export async function searchNumbers(
  access: Access,
  search: NumberSearch,
  deadlineMs: number,
): Promise<Asked<readonly NumberOffer[]>> {
  const reply = await ask(
    access,
    {
      method: 'GET',
      path: '/available_phone_numbers',
      query: {
        'filter[country_code]': 'US',
        'filter[phone_number_type]': search.tollFree ? 'toll_free' : 'local',
        'filter[features]': 'sms',
        'filter[limit]': String(search.limit),
        // Else numbers come that only resemble what was asked for.
        ...(search.tollFree ? {} : { 'filter[best_effort]': 'false' }),
        ...digitsOf(search),
      },
      shape: offersShape,
    },
    until(deadlineMs),
  );
  return map(reply, ({ data }) => data.map((row) => offerOf(row, search.tollFree)));
}

/** The carrier asks for the area code and for what follows it apart. */
function digitsOf({ areaCode }: NumberSearch): Record<string, string> {
  if (areaCode === null || areaCode === '') return {};
  const rest = areaCode.slice(3);
  return areaCode.length < 3
    ? { 'filter[phone_number][starts_with]': areaCode }
    : {
        'filter[national_destination_code]': areaCode.slice(0, 3),
        ...(rest === '' ? {} : { 'filter[phone_number][starts_with]': rest }),
      };
}

function offerOf(row: OfferRow, tollFree: boolean): NumberOffer {
  const { cost_information: cost, features } = row;
  const names = (features ?? []).map(({ name }) => name);
  const inDollars = cost?.currency === 'USD';
  return {
    number: row.phone_number,
    numberType: tollFree ? 'toll-free' : '10dlc',
    place: placeOf(row),
    sms: names.includes('sms'),
    mms: names.includes('mms'),
    setupMicros: inDollars ? readMoney(cost.upfront_cost) : null,
    monthlyMicros: inDollars ? readMoney(cost.monthly_cost) : null,
  };
}

/** Town and state, such as "AUSTIN, TX". */
function placeOf({ region_information: regions }: OfferRow): string | null {
  const nameOf = (type: string): string | null | undefined =>
    regions?.find((region) => region.region_type === type)?.region_name;
  const parts = [nameOf('location') ?? nameOf('rate_center'), nameOf('state')];
  return parts.filter((part) => part != null && part !== '').join(', ') || null;
}
