import type { Asked, CarrierNumber, Registration } from '#shared/provider/carrier-lists.ts';

import type { Access } from './access.ts';
import { listCampaigns } from './campaigns.ts';
import { type Service, askEveryPage } from './messaging-services.ts';
import { type Approvals, registrationOf } from './registration-of.ts';
import { verificationsShape } from './wire-types.ts';

const nothingAsked: Asked<Approvals> = { kind: 'told', answer: new Map() };

type Known = {
  readonly numbers: readonly CarrierNumber[];
  readonly services: Asked<readonly Service[]>;
};

/**
 * How far numbers are registered, by the number: a long code by the campaign of the messaging service it is in, a toll-free one
 * by its verification. A number is missing where the carrier did not tell for sure.
 */
export async function readRegistrations(
  access: Access,
  { numbers, services }: Known,
  until: number,
): Promise<ReadonlyMap<string, Registration>> {
  const has = (type: CarrierNumber['numberType']): boolean =>
    numbers.some(({ numberType }) => numberType === type);
  const [campaigns, verifications] = await Promise.all([
    has('10dlc') ? listCampaigns(access, services, until) : nothingAsked,
    has('toll-free') ? listVerifications(access, until) : nothingAsked,
  ]);
  const told = numbers.flatMap(({ number, numberType, id }) => {
    const asked = numberType === 'toll-free' ? verifications : campaigns;
    if (numberType === 'other' || asked.kind === 'not-told') return [];
    const registration = registrationOf(asked.answer.get(id ?? '') ?? []);
    return registration === null ? [] : [[number, registration] as const];
  });
  return new Map(told);
}

async function listVerifications(access: Access, until: number): Promise<Asked<Approvals>> {
  const list = { path: '/v1/Tollfree/Verifications?PageSize=1000', shape: verificationsShape };
  const asked = await askEveryPage(access, list, until);
  if (asked.kind === 'not-told') return asked;
  const all = asked.answer.flatMap((page) => page.verifications);
  const byNumber = Map.groupBy(all, (each) => each.tollfree_phone_number_sid);
  const approvals = [...byNumber].map(([id, each]) => {
    const words = each.map(({ status }) => ({ status, brandId: null, campaignId: null }));
    return [id, words] as const;
  });
  return { kind: 'told', answer: new Map(approvals) };
}
