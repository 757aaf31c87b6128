import { withoutPlus } from '#shared/phone/carrier-number.ts';
import type { HookPurpose } from '#shared/provider/capabilities.ts';
import type { Asked, CarrierNumber, HookAddress } from '#shared/provider/carrier-lists.ts';

import { type Access, callFlowroute, failedAsking } from './call-flowroute.ts';
import { enableMessaging } from './enable-messaging.ts';

/** What the carrier calls each of them; a purpose that is left out loses what comes by it. */
const callbackTypes: Readonly<Partial<Record<HookPurpose, string>>> = {
  messages: 'sms_callback',
  mms: 'mms_callback',
  receipts: 'sms_dlr_callback',
  'mms-receipts': 'mms_dlr_callback',
};

/** Points a number's callbacks at these addresses, having switched messaging on where the number has it off. */
export async function configureHooks(
  access: Access,
  target: { readonly number: CarrierNumber; readonly hooks: readonly HookAddress[] },
  deadlineMs: number,
): Promise<Asked<null>> {
  const until = performance.now() + deadlineMs;
  const { number, hooks } = target;
  if (!number.sms) {
    const enabled = await enableMessaging(access, number.number, until);
    if (enabled.kind === 'not-told') return enabled;
  }
  for (const { purpose, url } of hooks) {
    const type = callbackTypes[purpose];
    if (type === undefined) continue;
    const path = `/v2/numbers/${withoutPlus(number.number)}/relationships/${type}`;
    const body = { data: { attributes: { callback_url: url } } };
    const left = until - performance.now();
    const answer = await callFlowroute(access, { method: 'POST', path, body }, left);
    if (answer.kind !== 'answered' || answer.status >= 300) return failedAsking(access, answer);
  }
  return { kind: 'told', answer: null };
}
