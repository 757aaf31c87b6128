import type { CarrierNumber } from '#shared/provider/carrier-lists.ts';

import type { PhoneNumberWire, ShortCodeWire } from './wire-types.ts';

/** What kind of number it is, by the North American numbering plan. */
export function numberTypeOf(number: string): CarrierNumber['numberType'] {
  if (/^\+18(00|33|44|55|66|77|88)\d{7}$/.test(number)) return 'toll-free';
  return /^\+1\d{10}$/.test(number) ? '10dlc' : 'other';
}

/** What a number can do; searching writes some of it in capitals. */
export function abilitiesOf({
  capabilities,
}: Pick<PhoneNumberWire, 'capabilities'>): Pick<CarrierNumber, 'sms' | 'mms' | 'voice'> {
  const { sms, SMS, mms, MMS, voice } = capabilities;
  return { sms: sms ?? SMS ?? false, mms: mms ?? MMS ?? false, voice: voice ?? false };
}

/** A number of the account, without its registration. */
export function readNumber(wire: PhoneNumberWire): CarrierNumber {
  return {
    number: wire.phone_number,
    id: wire.sid,
    label: wire.friendly_name || null,
    numberType: numberTypeOf(wire.phone_number),
    ...abilitiesOf(wire),
    /* An application would be called in the place of the address; where it lies, the number does not tell. */
    hookUrl: wire.sms_application_sid ? null : wire.sms_url || null,
    registration: null,
  };
}

/** A short code of the account. Whether it takes pictures, the carrier does not tell. */
export function readShortCode(wire: ShortCodeWire): CarrierNumber {
  return {
    number: wire.short_code,
    id: wire.sid,
    label: wire.friendly_name || null,
    numberType: 'short-code',
    sms: true,
    mms: false,
    voice: false,
    hookUrl: wire.sms_url || null,
    registration: null,
  };
}
