import type {
  Asked,
  CarrierNumber,
  NumberOffer,
  NumberSearch,
} from '#shared/provider/carrier-lists.ts';

import type { Access } from './access.ts';
import { ask } from './ask.ts';
import { changeNumber } from './change-number.ts';
import { typeOf } from './list-numbers.ts';
import { fromVonage, toVonage } from './vonage-number.ts';
import { offeredNumbersShape } from './wire-types.ts';

/** Numbers are looked for, and bought, in the United States. */
const country = 'US';
const mostOffers = 100;
/** Vonage's word for a pattern that a number begins with. */
const beginsWith = '0';

/** Numbers that take texts and can be bought. Their price is not told: Vonage names it in euros, an offer is in dollars. */
export async function searchNumbers(
  access: Access,
  { areaCode, tollFree, limit }: NumberSearch,
  deadlineMs: number,
): Promise<Asked<readonly NumberOffer[]>> {
  const parameters = new URLSearchParams({
    country,
    features: 'SMS',
    type: tollFree ? 'landline-toll-free' : 'mobile-lvn',
    size: String(Math.min(Math.max(limit, 1), mostOffers)),
    ...(areaCode === null ? {} : { pattern: `1${areaCode}`, search_pattern: beginsWith }),
  });
  const url = `${access.restUrl}/number/search?${parameters.toString()}`;
  const call = { method: 'GET', url, by: 'account', shape: offeredNumbersShape } as const;
  const asked = await ask(access, call, deadlineMs);
  if (asked.kind === 'not-told') return asked;
  const offers = asked.answer.numbers.map((number): NumberOffer => ({
    number: fromVonage(number.msisdn),
    numberType: typeOf(number),
    place: null,
    sms: number.features.includes('SMS'),
    mms: number.features.includes('MMS'),
    setupMicros: null,
    monthlyMicros: null,
  }));
  return { kind: 'told', answer: offers };
}

/** Buys a number. It has no hook until one is configured. */
export async function buyNumber(
  access: Access,
  offer: NumberOffer,
  deadlineMs: number,
): Promise<Asked<CarrierNumber>> {
  const form = { country, msisdn: toVonage(offer.number) };
  const bought = await changeNumber(access, { deed: 'buy', form }, deadlineMs);
  if (bought.kind === 'not-told') return bought;
  const { number, numberType, sms, mms } = offer;
  const answer: CarrierNumber = {
    number,
    id: null,
    label: null,
    numberType,
    sms,
    mms,
    voice: false,
    hookUrl: null,
    registration: null,
  };
  return { kind: 'told', answer };
}
