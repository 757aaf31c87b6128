import { z } from 'zod';

import { fromCarrier } from '#shared/phone/carrier-number.ts';
import type { Asked, CarrierNumber, HookAddress } from '#shared/provider/carrier-lists.ts';
import { findHook } from '#shared/provider/find-hook.ts';

import { type Access, type Reply, type Until, ask, map, until } from './ask.ts';
import { type Profile, messagingShape, pageOf, profileShape } from './list-wire-types.ts';

/**
 * Has a number's texts sent to us. With this carrier that is a setting of the messaging profile, which numbers share: all
 * numbers of the profile the number is on then send their texts to the same address, so a profile that sends them elsewhere
 * now, and serves numbers that are not ours, is left as it is and told of. A number on no profile is put on the connection's
 * own. Nothing else of a profile is changed, and no number is moved from one to another, because who has opted out is kept
 * with the profile.
 */
export async function configureHooks(
  access: Access,
  { number, hooks }: { readonly number: CarrierNumber; readonly hooks: readonly HookAddress[] },
  deadlineMs: number,
): Promise<Asked<null>> {
  const end = until(deadlineMs);
  const url = findHook(hooks, 'messages');
  if (url === null) return refuse('there is no public address to have texts sent to');
  const path = pathOf(number);
  if (path === null) return refuse('the number has no id: list the numbers first');
  const settings = await ask(access, { method: 'GET', path, shape: settingsShape }, end);
  if (settings.kind === 'not-told') return settings;
  const current = settings.answer.data.messaging_profile_id ?? '';
  const profileId = current === '' ? access.profileId : current;
  if (profileId === null)
    return refuse(
      'the number is on no messaging profile: give the connection a messagingProfileId',
    );
  const pointed = await pointProfile(access, { profileId, url }, end);
  if (pointed.kind === 'not-told' || current !== '') return pointed;
  const body = { messaging_profile_id: profileId };
  return nothingElse(await ask(access, { method: 'PATCH', path, body, shape: settingsShape }, end));
}

const settingsShape = z.object({ data: messagingShape.pick({ messaging_profile_id: true }) });
const oneProfileShape = z.object({ data: profileShape });

function pathOf({ id, numberType }: CarrierNumber): string | null {
  if (id === null) return null;
  const segment = encodeURIComponent(id);
  return numberType === 'short-code'
    ? `/short_codes/${segment}`
    : `/phone_numbers/${segment}/messaging`;
}

type Change = { readonly profileId: string; readonly url: string };

async function pointProfile(access: Access, change: Change, end: Until): Promise<Asked<null>> {
  const path = `/messaging_profiles/${encodeURIComponent(change.profileId)}`;
  const read = await ask(access, { method: 'GET', path, shape: oneProfileShape }, end);
  if (read.kind === 'not-told') return read;
  const profile = read.answer.data;
  if (profile.webhook_url === change.url && profile.webhook_api_version === '2') return done;
  const free = await isFreeToPoint(access, { profile, url: change.url }, end);
  if (free.kind === 'not-told') return free;
  const body = { webhook_url: change.url, webhook_api_version: '2' };
  return nothingElse(
    await ask(access, { method: 'PATCH', path, body, shape: oneProfileShape }, end),
  );
}

type Plan = { readonly profile: Profile; readonly url: string };

async function isFreeToPoint(
  access: Access,
  { profile, url }: Plan,
  end: Until,
): Promise<Asked<null>> {
  const now = profile.webhook_url ?? '';
  if (now === '' || originOf(now) === originOf(url)) return done;
  const path = `/messaging_profiles/${encodeURIComponent(profile.id)}/phone_numbers`;
  const query = { 'page[number]': '1', 'page[size]': '250' };
  const listed = await ask(
    access,
    { method: 'GET', path, query, shape: pageOf(messagingShape) },
    end,
  );
  if (listed.kind === 'not-told') return listed;
  const { data, meta } = listed.answer;
  const others = data.filter((row) => !access.numbers.includes(fromCarrier(row.phone_number)));
  if (others.length === 0 && (meta?.total_pages ?? 1) <= 1) return done;
  return refuse(
    `the messaging profile “${profile.name ?? profile.id}” sends the texts of all its numbers to ${originOf(now)}, ` +
      `and ${others.length} of them are not of this connection: change its webhook in the carrier's portal, or put the number on a profile of its own`,
  );
}

function originOf(url: string): string {
  return URL.canParse(url) ? new URL(url).origin : url;
}

const done: Asked<null> = { kind: 'told', answer: null };

function nothingElse(reply: Reply<unknown>): Asked<null> {
  return map(reply, () => null);
}

function refuse(raw: string): Asked<never> {
  return { kind: 'not-told', failure: { kind: 'not-allowed', raw } };
}
