import { z } from 'zod';

import { basicAuth } from '#main/http/basic-auth.ts';
import { readOrigin } from '#main/http/read-origin.ts';
import type { HookAddress } from '#shared/provider/carrier-lists.ts';
import type { OpenConnection } from '#shared/provider/provider.ts';

/** Where the carrier is, what it knows us by, and where it can reach us. */
export type Access = {
  /** Everything of the account is under it; ends in a slash. */
  readonly accountUrl: string;
  /** Null where the API is at the carrier's own address. */
  readonly overriddenOrigin: string | null;
  readonly authorization: string;
  readonly hooks: readonly HookAddress[];
  /** Tokens that may sign a callback. */
  readonly signers: readonly string[];
  /** What may stand in no failure's words. */
  readonly secrets: readonly string[];
};

const token = z
  .string('is missing')
  .trim()
  .regex(/^[\x21-\x7e]{1,200}$/, 'must be the token as the console shows it');

const credentialsShape = z.object({
  authId: z
    .string('is missing')
    .trim()
    .regex(/^[MS]A[A-Z0-9]{18}$/, 'must be MA or SA and 18 more letters and digits'),
  authToken: token,
  previousAuthToken: z.preprocess((value) => (value === '' ? undefined : value), token.optional()),
});

/** @throws an Error that names the field that is wrong, never its value */
export function readAccess(connection: OpenConnection): Access {
  const read = credentialsShape.safeParse(connection.credentials);
  if (!read.success) {
    const issue = read.error.issues[0];
    throw new Error(`Plivo connection: credentials.${issue?.path.join('.')} ${issue?.message}`);
  }
  const { authId, authToken, previousAuthToken } = read.data;
  const origin = readOrigin(connection.baseUrl, 'https://api.plivo.com');
  const authorization = basicAuth(authId, authToken);
  const signers = [authToken, previousAuthToken].filter((each) => each !== undefined);
  return {
    accountUrl: `${origin}/v1/Account/${authId}/`,
    overriddenOrigin: connection.baseUrl === null ? null : origin,
    authorization,
    hooks: connection.hooks,
    signers,
    secrets: [authorization.slice('Basic '.length), ...signers, authId],
  };
}
