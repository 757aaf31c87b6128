import type { NumberType } from '#shared/message/line.ts';
import { fromCarrier } from '#shared/phone/carrier-number.ts';
import type { CarrierNumber, Registration } from '#shared/provider/carrier-lists.ts';

import { type Access, type Reply, type Until, ask, map } from './ask.ts';
import {
  type MessagingRow,
  type NumberRow,
  type Profile,
  type ShortCodeRow,
  messagingShape,
  pageOf,
  profileShape,
} from './list-wire-types.ts';
import { readWholeList } from './read-all.ts';
import {
  type Registrations,
  listAssignments,
  listVerifications,
  unregistered,
} from './registrations.ts';

/** What the carrier keeps about numbers in other places than the list of them. */
export type Surroundings = {
  readonly messaging: ReadonlyMap<string, MessagingRow>;
  readonly profiles: ReadonlyMap<string, Profile>;
  readonly campaigns: Registrations;
  readonly verifications: Registrations;
};

const allProfiles = { path: '/messaging_profiles', row: profileShape };
const nobody = { kind: 'told', answer: null } as const;

/** Reads what belongs to these numbers, each list once. */
export async function readSurroundings(
  access: Access,
  rows: readonly NumberRow[],
  end: Until,
): Promise<Reply<Surroundings>> {
  const types = rows.map(typeOf);
  const [messaging, profiles, campaigns, verifications] = await Promise.all([
    readMessaging(access, rows, end),
    readWholeList(access, allProfiles, end),
    types.includes('10dlc') ? listAssignments(access, end) : nobody,
    types.includes('toll-free') ? listVerifications(access, end) : nobody,
  ]);
  if (messaging.kind === 'not-told') return messaging;
  if (profiles.kind === 'not-told') return profiles;
  if (campaigns.kind === 'not-told') return campaigns;
  if (verifications.kind === 'not-told') return verifications;
  return {
    kind: 'told',
    answer: {
      messaging: messaging.answer,
      profiles: new Map(profiles.answer.map((profile) => [profile.id, profile])),
      campaigns: campaigns.answer,
      verifications: verifications.answer,
    },
  };
}

async function readMessaging(
  access: Access,
  rows: readonly NumberRow[],
  end: Until,
): Promise<Reply<ReadonlyMap<string, MessagingRow>>> {
  if (rows.length === 0) return { kind: 'told', answer: new Map() };
  const query = {
    'filter[phone_number]': rows.map((row) => row.phone_number).join(','),
    'page[number]': '1',
    'page[size]': '250',
  };
  const shape = pageOf(messagingShape);
  const path = '/phone_numbers/messaging';
  const reply = await ask(access, { method: 'GET', path, query, shape }, end);
  return map(reply, ({ data }) => new Map(data.map((row) => [row.phone_number, row])));
}

/** A row of the list with everything around it, in our words. */
export function understand(row: NumberRow, around: Surroundings): CarrierNumber {
  const messaging = around.messaging.get(row.phone_number);
  const number = fromCarrier(row.phone_number);
  const numberType = typeOf(row);
  return {
    number,
    id: row.id,
    label: textOrNull(row.customer_reference),
    numberType,
    sms: messaging?.features?.sms != null,
    mms: messaging?.features?.mms != null,
    // A number rings nowhere, and cannot call, before it is on a connection.
    voice: textOrNull(row.connection_id) !== null,
    hookUrl: hookOf(messaging?.messaging_profile_id, around),
    registration: registrationOf(number, { numberType, around }),
  };
}

/** A short code: texts alone, and registered by being leased at all. */
export function asShortCode(row: ShortCodeRow, around: Surroundings): CarrierNumber {
  return {
    number: row.short_code,
    id: row.id,
    label: null,
    numberType: 'short-code',
    sms: true,
    mms: true,
    voice: false,
    hookUrl: hookOf(row.messaging_profile_id, around),
    registration: null,
  };
}

function typeOf({ phone_number: number, phone_number_type: type }: NumberRow): NumberType {
  if (type === 'toll_free' || type === 'tollfree') return 'toll-free';
  if (type === 'shortcode') return 'short-code';
  return number.startsWith('+1') ? '10dlc' : 'other';
}

function hookOf(profileId: string | null | undefined, { profiles }: Surroundings): string | null {
  return textOrNull(profiles.get(profileId ?? '')?.webhook_url);
}

type Kind = { readonly numberType: NumberType; readonly around: Surroundings };

function registrationOf(number: string, { numberType, around }: Kind): Registration | null {
  if (numberType !== '10dlc' && numberType !== 'toll-free') return null;
  const list = numberType === '10dlc' ? around.campaigns : around.verifications;
  return list === null ? null : (list.get(number) ?? unregistered);
}

function textOrNull(text: string | null | undefined): string | null {
  return text == null || text === '' ? null : text;
}
