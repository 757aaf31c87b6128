import { z } from 'zod';

import type { TelnyxAccount, TelnyxProfile } from './telnyx-account.ts';
import { Refusal, type TelnyxAnswer, pageOf } from './telnyx-answer.ts';
import type { TelnyxQuery } from './telnyx-query.ts';

export function listProfiles(account: TelnyxAccount, query: TelnyxQuery): TelnyxAnswer {
  return pageOf([...account.profiles.values()], query.takePage(250));
}

export function showProfile(account: TelnyxAccount, id: string): TelnyxAnswer {
  return { status: 200, body: { data: profileWith(account, id) } };
}

function profileWith(account: TelnyxAccount, id: string): TelnyxProfile {
  const profile = account.profiles.get(id);
  if (profile === undefined) throw new Refusal('10005');
  return profile;
}

const changeShape = z.strictObject({
  name: z.string().optional(),
  enabled: z.boolean().optional(),
  webhook_url: z.url().max(2_000).nullable().optional(),
  webhook_failover_url: z.url().max(2_000).nullable().optional(),
  webhook_api_version: z.enum(['1', '2', '2010-04-01']).optional(),
});

/** What is not named in the body stays as it is. */
export function changeProfile(account: TelnyxAccount, id: string, body: unknown): TelnyxAnswer {
  const change = changeShape.safeParse(body).data;
  if (change === undefined) throw new Refusal('10015');
  Object.assign(profileWith(account, id), change);
  return showProfile(account, id);
}

export function showBalance(): TelnyxAnswer {
  const data = {
    record_type: 'balance',
    balance: '300.00',
    credit_limit: '100.00',
    available_credit: '400.00',
    pending: '10.00',
    currency: 'USD',
  };
  return { status: 200, body: { data } };
}
