import type { Registration } from '#shared/provider/carrier-lists.ts';

import type { NumberWire } from './wire-types.ts';

const states: ReadonlyMap<string, Registration['state']> = new Map([
  ['COMPLETED', 'registered'],
  ['REGISTERED', 'registered'],
  ['VERIFIED', 'registered'],
  ['PROCESSING', 'pending'],
  ['PENDING', 'pending'],
  ['PENDING_VERIFICATION', 'pending'],
  ['UNREGISTERED', 'unregistered'],
  ['UNVERIFIED', 'unregistered'],
  ['FAILED', 'rejected'],
  ['REJECTED', 'rejected'],
]);

/** How far a number is registered: with a 10DLC campaign, or as toll-free. Null where the carrier says nothing known. */
export function registrationOf(wire: NumberWire): Registration | null {
  const detail = wire.tendlc_registration_status ?? wire.toll_free_sms_verification ?? null;
  const state = states.get((detail ?? '').toUpperCase());
  if (state === undefined) return null;
  return { state, brandId: null, campaignId: wire.tendlc_campaign_id ?? null, detail };
}
