import type { Asked } from '#shared/provider/carrier-lists.ts';

import type { Access } from './access.ts';
import { askInTurns } from './ask-in-turns.ts';
import { ask } from './ask.ts';
import { type Service, askEveryPage } from './messaging-services.ts';
import type { Approvals } from './registration-of.ts';
import { type CampaignWire, brandShape, campaignsShape } from './wire-types.ts';

/** The campaigns that cover each number: those of the messaging service it is in, for the carrier knows no others. */
export async function listCampaigns(
  access: Access,
  services: Asked<readonly Service[]>,
  until: number,
): Promise<Asked<Approvals>> {
  if (services.kind === 'not-told') return services;
  const used = services.answer.filter(({ numbers }) => numbers.length > 0);
  const asked = await askInTurns(used, ({ service }) => readCampaigns(access, service.sid, until));
  if (asked.kind === 'not-told') return asked;
  const brands = await readBrands(access, asked.answer.flat(), until);
  const approvals = used.flatMap(({ numbers }, at) => {
    const campaigns = (asked.answer[at] ?? []).map((each) => ({
      status: each.campaign_status,
      brandId: brands.get(each.brand_registration_sid ?? '') ?? null,
      campaignId: each.campaign_id || null,
    }));
    return numbers.map((id) => [id, campaigns] as const);
  });
  return { kind: 'told', answer: new Map(approvals) };
}

async function readCampaigns(
  access: Access,
  service: string,
  until: number,
): Promise<Asked<readonly CampaignWire[]>> {
  const path = `/v1/Services/${service}/Compliance/Usa2p?PageSize=100`;
  const asked = await askEveryPage(access, { path, shape: campaignsShape }, until);
  if (asked.kind === 'not-told') return asked;
  return { kind: 'told', answer: asked.answer.flatMap((page) => page.compliance) };
}

/** The registry's ids of brands, by the carrier's. One that is not told is left out: the campaign counts without it. */
async function readBrands(
  access: Access,
  campaigns: readonly CampaignWire[],
  until: number,
): Promise<ReadonlyMap<string, string>> {
  const sids = new Set(campaigns.flatMap((each) => each.brand_registration_sid ?? []));
  const brands = await askInTurns([...sids], async (sid) => {
    const path = `/v1/a2p/BrandRegistrations/${sid}`;
    const question = { host: 'messaging', path, form: null, shape: brandShape } as const;
    const asked = await ask(access, question, until);
    const tcrId = asked.kind === 'told' ? asked.answer.tcr_id : null;
    return { kind: 'told', answer: tcrId ? [[sid, tcrId] as const] : [] };
  });
  return new Map(brands.kind === 'told' ? brands.answer.flat() : []);
}
