import type { Registration } from '#shared/provider/carrier-lists.ts';

/** Something that registers numbers: a campaign or a verification, with the carrier's word for how far it is. */
export type Approval = {
  readonly status: string;
  readonly brandId: string | null;
  readonly campaignId: string | null;
};

/** What there is for each number, by the carrier's id of the number. */
export type Approvals = ReadonlyMap<string, readonly Approval[]>;

/** The carrier's words, best first. */
const states: readonly (readonly [string, Registration['state']])[] = [
  ['VERIFIED', 'registered'],
  ['TWILIO_APPROVED', 'registered'],
  ['IN_PROGRESS', 'pending'],
  ['PENDING', 'pending'],
  ['IN_REVIEW', 'pending'],
  ['PENDING_REVIEW', 'pending'],
  ['FAILED', 'rejected'],
  ['TWILIO_REJECTED', 'rejected'],
];

/** The registration of a number with these approvals, by the best of them; null where only words are told that are not known. */
export function registrationOf(approvals: readonly Approval[]): Registration | null {
  if (approvals.length === 0)
    return { state: 'unregistered', brandId: null, campaignId: null, detail: null };
  for (const [word, state] of states) {
    const found = approvals.find(({ status }) => status === word);
    if (found === undefined) continue;
    return { state, brandId: found.brandId, campaignId: found.campaignId, detail: word };
  }
  return null;
}
