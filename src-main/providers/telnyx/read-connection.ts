import { z } from 'zod';

import { isLoopbackAddress } from '#main/http/global-address.ts';
import type { OpenConnection } from '#shared/provider/provider.ts';

import type { Access } from './ask.ts';

const carrierAddress = 'https://api.telnyx.com/v2';

const addressHint = 'must be an https address, or an http one of this machine';
const keyHint = 'must be the 44 characters of Base64 that the portal shows';

const publicKey = z.string('is missing').regex(/^[A-Za-z0-9+/]{43}=$/, keyHint);

const connectionShape = z.object({
  baseUrl: z
    .url({ protocol: /^https?$/, error: addressHint })
    .refine(isSafe, addressHint)
    .transform(withVersion)
    .nullable(),
  credentials: z.object({
    apiKey: z.string('is missing').regex(/^[\x21-\x7e]+$/, 'must be printable and not empty'),
    publicKey,
    previousPublicKey: publicKey.optional(),
    messagingProfileId: z
      .string()
      .regex(/^[0-9A-Za-z-]{1,64}$/, 'must be the id of a messaging profile, or be left out')
      .optional(),
  }),
});

/** Keys travel with every question, so only this machine may be asked in the clear. */
function isSafe(address: string): boolean {
  if (!URL.canParse(address)) return false;
  const { protocol, hostname } = new URL(address);
  const host = hostname.replaceAll(/^\[|\]$/g, '');
  return protocol === 'https:' || host === 'localhost' || isLoopbackAddress(host);
}

/** An address that names no path stands for the carrier's own paths under that origin. */
function withVersion(address: string): string {
  const { origin, pathname } = new URL(address);
  return pathname === '/' ? `${origin}/v2` : `${origin}${pathname.replace(/\/+$/, '')}`;
}

export type ReadConnection = { readonly access: Access; readonly publicKeys: readonly string[] };

/** A connection as it was entered, checked. @throws Error that names the field, never its value */
export function readConnection(connection: OpenConnection): ReadConnection {
  const read = connectionShape.safeParse(connection);
  if (!read.success) {
    const issue = read.error.issues[0];
    throw new Error(`Telnyx connection: ${issue?.path.join('.')} ${issue?.message}`);
  }
  const { baseUrl, credentials } = read.data;
  const { apiKey, messagingProfileId, publicKey: current, previousPublicKey } = credentials;
  const { numbers, hooks } = connection;
  return {
    access: {
      baseUrl: baseUrl ?? carrierAddress,
      apiKey,
      profileId: messagingProfileId ?? null,
      numbers,
      hooks,
    },
    publicKeys: [current, previousPublicKey].filter((key) => key !== undefined),
  };
}
