import type { NumberType } from '#shared/message/line.ts';
import type { Asked, CarrierNumber, ListPage } from '#shared/provider/carrier-lists.ts';

import type { Access } from './access.ts';
import { ask } from './ask.ts';
import { readApplication } from './read-application.ts';
import { fromVonage } from './vonage-number.ts';
import { type OwnedNumber, ownedNumbersShape } from './wire-types.ts';

const pageSize = 100;

export type OwnedNumbers = { readonly count: number; readonly numbers: readonly OwnedNumber[] };

/** Numbers of the account as Vonage has them, by the parameters of its list. */
export async function askForNumbers(
  access: Access,
  parameters: Readonly<Record<string, string>>,
  deadlineMs: number,
): Promise<Asked<OwnedNumbers>> {
  const query = new URLSearchParams({ size: String(pageSize), ...parameters });
  const url = `${access.restUrl}/account/numbers?${query.toString()}`;
  const call = { method: 'GET', url, by: 'account', shape: ownedNumbersShape } as const;
  return await ask(access, call, deadlineMs);
}

/** One page of the account's numbers; where they send texts is told by our application, or by the number itself. */
export async function listNumbers(
  access: Access,
  cursor: string | null,
  deadlineMs: number,
): Promise<Asked<ListPage<CarrierNumber>>> {
  const index = cursor === null ? 1 : Number(cursor);
  const started = performance.now();
  const asked = await askForNumbers(access, { index: String(index) }, deadlineMs);
  if (asked.kind === 'not-told') return asked;
  const { count, numbers } = asked.answer;
  const left = deadlineMs - (performance.now() - started);
  const inboundUrl = await inboundUrlOf(access, left);
  const rows = numbers.map((number) => numberOf(number, hookOf(number, { access, inboundUrl })));
  const next = numbers.length > 0 && index * pageSize < count ? String(index + 1) : null;
  return { kind: 'told', answer: { rows, next } };
}

async function inboundUrlOf(access: Access, deadlineMs: number): Promise<string | null> {
  if (access.application === null) return null;
  const asked = await readApplication(access, access.application.id, deadlineMs);
  if (asked.kind === 'not-told') return null;
  return asked.answer.capabilities.messages?.webhooks?.inbound_url?.address ?? null;
}

type Hooks = { readonly access: Access; readonly inboundUrl: string | null };

function hookOf(number: OwnedNumber, { access, inboundUrl }: Hooks): string | null {
  const linked = applicationOf(number);
  if (access.application !== null && linked === access.application.id) return inboundUrl;
  return number.moHttpUrl || null;
}

/** The id of the application a number is linked to; null where it is linked to none. */
export function applicationOf({ app_id, messagesCallbackValue }: OwnedNumber): string | null {
  return app_id || messagesCallbackValue || null;
}

type Described = Pick<OwnedNumber, 'country' | 'msisdn' | 'type' | 'features'>;

/** A number as every carrier's is described. */
export function numberOf(number: Described, hookUrl: string | null): CarrierNumber {
  return {
    number: fromVonage(number.msisdn),
    id: null,
    label: null,
    numberType: typeOf(number),
    sms: number.features.includes('SMS'),
    mms: number.features.includes('MMS'),
    voice: number.features.includes('VOICE'),
    hookUrl,
    registration: null,
  };
}

/** What Vonage calls a mobile or landline number is a ten-digit long code in North America. */
export function typeOf({ country, type, msisdn }: Described): NumberType {
  if (type.includes('toll-free')) return 'toll-free';
  if (type.includes('shortcode') || msisdn.length <= 6) return 'short-code';
  return country === 'US' || country === 'CA' ? '10dlc' : 'other';
}
