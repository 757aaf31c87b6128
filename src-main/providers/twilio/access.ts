import { z } from 'zod';

import { basicAuth } from '#main/http/basic-auth.ts';
import { readOrigin } from '#main/http/read-origin.ts';
import type { HookAddress } from '#shared/provider/carrier-lists.ts';
import type { OpenConnection } from '#shared/provider/provider.ts';

/** The carrier's own hosts. An override of the address moves all of them to its origin. */
export const ownOrigins = {
  api: 'https://api.twilio.com',
  messaging: 'https://messaging.twilio.com',
  pricing: 'https://pricing.twilio.com',
} as const;

export type Host = keyof typeof ownOrigins;

/** Where the carrier is, what it knows us by, and how it reaches us. */
export type Access = {
  readonly origins: Readonly<Record<Host, string>>;
  /** Path of the account's resources, such as `/2010-04-01/Accounts/AC…`. */
  readonly account: string;
  /** Value of the Authorization header of every call. */
  readonly authorization: string;
  /** The same by the auth token, which also signs hooks; null where `authorization` is made of it already. */
  readonly tokenAuthorization: string | null;
  readonly messagingServiceSid: string | null;
  readonly hooks: readonly HookAddress[];
  /** What must never stand in a failure's words. */
  readonly secrets: readonly string[];
  /** Tokens that may sign a hook. */
  readonly signers: readonly string[];
};

const sid = (prefix: string): z.ZodString =>
  z
    .string('is missing')
    .regex(
      new RegExp(`^${prefix}[0-9a-zA-Z]{32}$`),
      `must be ${prefix} and 32 more letters and digits, as the console shows it`,
    );
const secret = z
  .string('is missing')
  .regex(/^[\x21-\x7e]{1,256}$/, 'must be printable, without spaces and not empty');

/** A field of a form that was left empty is one that was left out. */
const optional = <Shape extends z.ZodType>(shape: Shape) =>
  z.preprocess((value) => (value === '' ? undefined : value), shape.optional());

const credentialsShape = z
  .object({
    accountSid: sid('AC'),
    authToken: secret,
    previousAuthToken: optional(secret),
    apiKeySid: optional(sid('SK')),
    apiKeySecret: optional(secret),
    messagingServiceSid: optional(sid('MG')),
  })
  .superRefine(({ apiKeySid, apiKeySecret }, context) => {
    if ((apiKeySid === undefined) === (apiKeySecret === undefined)) return;
    const path = [apiKeySid === undefined ? 'apiKeySid' : 'apiKeySecret'];
    context.addIssue({ code: 'custom', path, message: 'is missing beside the other half' });
  });
type Credentials = z.infer<typeof credentialsShape>;

/** @throws an Error that names the address or the credential that is missing or malformed, never its value */
export function readAccess(connection: OpenConnection): Access {
  try {
    const { baseUrl, hooks } = connection;
    const credentials = readCredentials(connection.credentials);
    return { origins: readOrigins(baseUrl), hooks, ...asAccess(credentials) };
  } catch (error) {
    throw new Error(`Twilio connection: ${error instanceof Error ? error.message : ''}`, {
      cause: error,
    });
  }
}

function readCredentials(given: OpenConnection['credentials']): Credentials {
  const read = credentialsShape.safeParse(given);
  if (read.success) return read.data;
  const issue = read.error.issues[0];
  throw new Error(`credentials.${issue?.path.join('.')} ${issue?.message}`);
}

function readOrigins(baseUrl: string | null): Access['origins'] {
  const { api, messaging, pricing } = ownOrigins;
  return {
    api: readOrigin(baseUrl, api),
    messaging: readOrigin(baseUrl, messaging),
    pricing: readOrigin(baseUrl, pricing),
  };
}

function asAccess(credentials: Credentials): Omit<Access, 'origins' | 'hooks'> {
  const { accountSid, authToken, previousAuthToken, apiKeySid, apiKeySecret } = credentials;
  const byToken = basicAuth(accountSid, authToken);
  const byKey =
    apiKeySid === undefined || apiKeySecret === undefined
      ? null
      : basicAuth(apiKeySid, apiKeySecret);
  const headers = [byToken, byKey].flatMap((header) => header?.slice('Basic '.length) ?? []);
  const signers = [authToken, previousAuthToken].flatMap((token) => token ?? []);
  return {
    account: `/2010-04-01/Accounts/${accountSid}`,
    authorization: byKey ?? byToken,
    tokenAuthorization: byKey === null ? null : byToken,
    messagingServiceSid: credentials.messagingServiceSid ?? null,
    secrets: [...signers, ...(apiKeySecret === undefined ? [] : [apiKeySecret]), ...headers],
    signers,
  };
}
