import { fromCarrier } from '#shared/phone/carrier-number.ts';
import type { Registration } from '#shared/provider/carrier-lists.ts';

import { type Access, type Reply, type Until, ask, map } from './ask.ts';
import {
  type Assignment,
  type Verification,
  assignmentsShape,
  verificationsShape,
} from './list-wire-types.ts';
import { readAll } from './read-all.ts';

/** How far every number is registered; null where the account may not know. */
export type Registrations = ReadonlyMap<string, Registration> | null;

/** What a number stands as that is on none of the lists. */
export const unregistered: Registration = {
  state: 'unregistered',
  brandId: null,
  campaignId: null,
  detail: null,
};

/** The 10DLC campaigns of the account's long codes. This family of lists has pages of its own form. */
export async function listAssignments(access: Access, end: Until): Promise<Reply<Registrations>> {
  const size = 500;
  const reply = await readAll(async (page) => {
    const query = { page: String(page), recordsPerPage: String(size) };
    const path = '/10dlc/phone_number_campaigns';
    const asked = await ask(access, { method: 'GET', path, query, shape: assignmentsShape }, end);
    return map(asked, ({ records, totalRecords }) => ({
      rows: records,
      isLast: totalRecords == null ? records.length < size : page * size >= totalRecords,
    }));
  });
  return map(reply, (rows) =>
    rows === null
      ? null
      : new Map(rows.map((each) => [fromCarrier(each.phoneNumber), campaignOf(each)])),
  );
}

const statesOfAssignment: Readonly<Record<string, Registration['state']>> = {
  ASSIGNED: 'registered',
  PENDING_ASSIGNMENT: 'pending',
  FAILED_ASSIGNMENT: 'rejected',
  // On its way out, so it is not to be counted on.
  PENDING_UNASSIGNMENT: 'pending',
  FAILED_UNASSIGNMENT: 'registered',
};

function campaignOf(assignment: Assignment): Registration {
  const { assignmentStatus: status, failureReasons: reasons } = assignment;
  return {
    state: statesOfAssignment[status ?? ''] ?? 'pending',
    brandId: assignment.tcrBrandId ?? assignment.brandId ?? null,
    campaignId: assignment.tcrCampaignId ?? assignment.campaignId ?? null,
    detail: (typeof reasons === 'string' && reasons !== '' ? reasons : status) ?? null,
  };
}

/** The verifications of the account's toll-free numbers. */
export async function listVerifications(access: Access, end: Until): Promise<Reply<Registrations>> {
  const size = 100;
  const reply = await readAll(async (page) => {
    const query = { page: String(page), page_size: String(size) };
    const path = '/messaging_tollfree/verification/requests';
    const asked = await ask(access, { method: 'GET', path, query, shape: verificationsShape }, end);
    return map(asked, ({ records, total_records: total }) => ({
      rows: records,
      isLast: total == null ? records.length < size : page * size >= total,
    }));
  });
  return map(reply, (rows) => (rows === null ? null : verificationsByNumber(rows)));
}

const statesOfVerification: Readonly<Record<string, Registration['state']>> = {
  Verified: 'registered',
  Rejected: 'rejected',
};

/** Of several requests for one number, one that succeeded counts before all others, else the first. */
function verificationsByNumber(rows: readonly Verification[]): Map<string, Registration> {
  const found = new Map<string, Registration>();
  for (const { verificationStatus: status, reason, phoneNumbers } of rows)
    for (const { phoneNumber } of phoneNumbers) {
      const number = fromCarrier(phoneNumber);
      const state = statesOfVerification[status] ?? 'pending';
      if (found.has(number) && state !== 'registered') continue;
      const detail = reason == null || reason === '' ? status : `${status}: ${reason}`;
      found.set(number, { state, brandId: null, campaignId: null, detail });
    }
  return found;
}
