import { z } from 'zod';

import type { Asked, CredentialTest } from '#shared/provider/carrier-lists.ts';

import { type Access, type Until, ask, orAbsent, until } from './ask.ts';
import { balanceShape, pageOf, profileShape } from './list-wire-types.ts';

/** Reads one messaging profile, which needs the key; the balance, which some keys may not read, names the account. */
export async function testCredentials(
  access: Access,
  deadlineMs: number,
): Promise<Asked<CredentialTest>> {
  const end = until(deadlineMs);
  const profile = await readProfile(access, end);
  if (profile.kind === 'not-told') return profile;
  const request = { method: 'GET', path: '/balance', shape: balanceShape } as const;
  const balance = orAbsent(await ask(access, request, end));
  if (balance.kind === 'not-told') return balance;
  if (balance.answer === null) return { kind: 'told', answer: { account: null } };
  const { balance: amount, currency } = balance.answer.data;
  return { kind: 'told', answer: { account: `Balance ${amount} ${currency}` } };
}

async function readProfile(access: Access, end: Until): Promise<Asked<null>> {
  const { profileId } = access;
  if (profileId === null) {
    const query = { 'page[size]': '1' };
    const shape = pageOf(profileShape);
    const reply = await ask(
      access,
      { method: 'GET', path: '/messaging_profiles', query, shape },
      end,
    );
    return reply.kind === 'told' ? { kind: 'told', answer: null } : reply;
  }
  const path = `/messaging_profiles/${encodeURIComponent(profileId)}`;
  const shape = z.object({ data: profileShape });
  const reply = await ask(access, { method: 'GET', path, shape }, end);
  if (reply.kind === 'told') return { kind: 'told', answer: null };
  if (reply.status !== 404) return reply;
  const raw = `messagingProfileId: ${reply.failure.raw ?? 'not found'}`;
  return { kind: 'not-told', failure: { kind: 'not-allowed', raw } };
}
