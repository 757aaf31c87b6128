import { notOfShape } from '#main/http/answer-outcomes.ts';
import { readJson } from '#main/http/read-json.ts';
import { fromCarrier, withoutPlus } from '#shared/phone/carrier-number.ts';
import type {
  Asked,
  CarrierNumber,
  NumberOffer,
  NumberSearch,
} from '#shared/provider/carrier-lists.ts';
import { readMicros } from '#shared/provider/read-micros.ts';

import { type Access, callFlowroute, failedAsking } from './call-flowroute.ts';
import { asNumber, numberTypeOf } from './list-numbers.ts';
import { unwrap } from './read-delivery.ts';
import { type NumberWire, boughtShape, numbersShape } from './wire-types.ts';

const mostOffers = 200;

/** Numbers that can be bought. */
export async function searchNumbers(
  access: Access,
  { areaCode, tollFree, limit }: NumberSearch,
  deadlineMs: number,
): Promise<Asked<readonly NumberOffer[]>> {
  const parameters = new URLSearchParams({
    number_type: tollFree ? 'toll-free' : 'longcode',
    limit: String(Math.min(limit, mostOffers)),
    ...(areaCode === null ? {} : { starts_with: areaCode }),
  });
  const path = `/v2/numbers/available?${parameters.toString()}`;
  const answer = await callFlowroute(access, { method: 'GET', path }, deadlineMs);
  if (answer.kind !== 'answered' || answer.status !== 200) return failedAsking(access, answer);
  const page = numbersShape.safeParse(readJson(answer.body)).data;
  if (page === undefined) return notOfShape;
  const offers = page.data.slice(0, limit).map(({ attributes }) => asOffer(attributes));
  return { kind: 'told', answer: offers };
}

function asOffer(wire: NumberWire): NumberOffer {
  const place = [wire.rate_center, wire.state].filter((part) => part != null && part !== '');
  return {
    number: fromCarrier(wire.value),
    numberType: numberTypeOf(wire.number_type),
    place: place.length === 0 ? null : place.join(', ').toUpperCase(),
    // Messaging is switched on with the purchase.
    sms: true,
    mms: true,
    setupMicros: readMicros(wire.setup_cost),
    monthlyMicros: readMicros(wire.monthly_cost),
  };
}

/**
 * Buys a number and switches messaging on. Where only the latter failed (207), or is still under way, the number is there with
 * `sms: false`; configuring its hooks switches messaging on again.
 */
export async function buyNumber(
  access: Access,
  offer: NumberOffer,
  deadlineMs: number,
): Promise<Asked<CarrierNumber>> {
  const path = `/v2/numbers/${withoutPlus(offer.number)}`;
  const body = { messaging_enabled: true };
  const answer = await callFlowroute(access, { method: 'POST', path, body }, deadlineMs);
  if (answer.kind !== 'answered' || (answer.status !== 201 && answer.status !== 207))
    return failedAsking(access, answer);
  const bought = boughtShape.safeParse(unwrap(readJson(answer.body))).data;
  const number = bought === undefined ? null : asNumber(bought.data.attributes);
  return number?.number === offer.number ? { kind: 'told', answer: number } : notOfShape;
}
