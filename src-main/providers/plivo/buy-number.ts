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

import type { Access } from './access.ts';
import { callPlivo, failedAsking } from './call-plivo.ts';
import { numberTypeOf, readNumber } from './list-numbers.ts';
import { pageSize } from './listing.ts';
import { type OfferWire, boughtShape, offersShape } from './wire-types.ts';

/** Numbers that can be bought: in the US, able to text. */
export async function searchNumbers(
  access: Access,
  { areaCode, tollFree, limit }: NumberSearch,
  deadlineMs: number,
): Promise<Asked<readonly NumberOffer[]>> {
  const query = {
    country_iso: 'US',
    type: tollFree ? 'tollfree' : 'local',
    services: 'sms',
    limit: String(Math.min(limit, pageSize)),
    ...(areaCode === null ? {} : { pattern: areaCode }),
  };
  const answer = await callPlivo(
    access,
    { method: 'GET', path: 'PhoneNumber/', query },
    deadlineMs,
  );
  if (answer.kind !== 'answered' || answer.status !== 200) return failedAsking(access, answer);
  const page = offersShape.safeParse(readJson(answer.body)).data;
  if (page === undefined) return notOfShape;
  const offers = page.objects.slice(0, limit).map((wire) => asOffer(wire, tollFree));
  return { kind: 'told', answer: offers };
}

function asOffer(wire: OfferWire, tollFree: boolean): NumberOffer {
  const number = fromCarrier(wire.number);
  const place = [wire.city ?? wire.rate_center, wire.region].filter((each) => each != null);
  return {
    number,
    numberType: numberTypeOf(number, tollFree ? 'tollfree' : wire.type),
    place: place.length === 0 ? null : place.join(', '),
    sms: wire.sms_enabled === true,
    mms: wire.mms_enabled === true,
    setupMicros: readMicros(wire.setup_rate),
    monthlyMicros: readMicros(wire.monthly_rental_rate),
  };
}

/** Buys a number. One that the carrier has still to prepare is told with `sms: false`. */
export async function buyNumber(
  access: Access,
  offer: NumberOffer,
  deadlineMs: number,
): Promise<Asked<CarrierNumber>> {
  const until = performance.now() + deadlineMs;
  const path = `PhoneNumber/${withoutPlus(offer.number)}/`;
  const answer = await callPlivo(access, { method: 'POST', path, body: {} }, deadlineMs);
  if (answer.kind !== 'answered' || answer.status >= 300) return failedAsking(access, answer);
  const [bought] = boughtShape.safeParse(readJson(answer.body)).data?.numbers ?? [];
  if (bought === undefined || fromCarrier(bought.number) !== offer.number) return notOfShape;
  if (/success/i.test(bought.status)) {
    const read = await readNumber(access, offer.number, until - performance.now());
    return {
      kind: 'told',
      answer: read.kind === 'told' ? read.answer.number : asBought(offer, true),
    };
  }
  if (/pending|process/i.test(bought.status))
    return { kind: 'told', answer: asBought(offer, false) };
  return { kind: 'not-told', failure: { kind: 'not-allowed', raw: bought.status } };
}

function asBought({ number, numberType, sms, mms }: NumberOffer, ready: boolean): CarrierNumber {
  const able = { sms: sms && ready, mms: mms && ready, voice: ready };
  const unknown = { id: null, label: null, hookUrl: null, registration: null };
  return { number, numberType, ...able, ...unknown };
}
