import { z } from 'zod';

import { readOrigin } from '#main/http/read-origin.ts';
import type { HookAddress } from '#shared/provider/carrier-lists.ts';
import type { OpenConnection } from '#shared/provider/provider.ts';

import { numberFormats } from './carrier-format.ts';
import {
  algorithms,
  authWays,
  contracts,
  encodings,
  methods,
  signedContents,
} from './credential-fields.ts';
import { bodyTypes } from './template/body-template.ts';
import type { Base } from './template/url-template.ts';
import { WrongSetting } from './wrong-setting.ts';

const text = z
  .string()
  .optional()
  .transform((value) => (value === undefined || value.trim() === '' ? null : value.trim()));
const oneOf = <const Values extends readonly [string, ...string[]]>(values: Values) =>
  z
    .string()
    .optional()
    .transform((value) => (value === undefined || value.trim() === '' ? values[0] : value.trim()))
    .pipe(z.enum(values, `must be one of ${values.join(', ')}`));
const isLine = (value: string | null): boolean =>
  value === null || !/[\p{Cc}\p{Surrogate}]/u.test(value);
const onOneLine = { error: 'must be one line without control characters' };
const line = text.refine(isLine, onOneLine);
/** A blank at its ends may belong to it. */
const secret = z
  .string()
  .optional()
  .transform((value) => (value === undefined || value === '' ? null : value))
  .refine(isLine, onOneLine);

const shape = z.strictObject({
  contract: oneOf(contracts),
  username: line,
  password: secret,
  token: secret,
  auth: oneOf(authWays),
  authHeader: line,
  sendPath: line,
  sendMethod: oneOf(methods),
  sendType: oneOf(bodyTypes),
  sendBody: text,
  sendHeaders: text,
  numberFormat: oneOf(numberFormats),
  successStatuses: line,
  unsentStatuses: line,
  successField: line,
  failureField: line,
  messageId: line,
  errorCode: line,
  errorWords: line,
  errorKinds: text,
  inbound: text,
  receipts: text,
  receiptStates: text,
  webhookReply: text,
  signatureHeader: line,
  signatureAlgorithm: oneOf(algorithms),
  signatureEncoding: oneOf(encodings),
  signedContent: oneOf(signedContents),
  timestampHeader: line,
  toleranceSeconds: line,
  webhookSecret: secret,
  previousWebhookSecret: secret,
  fetchPath: line,
  fetchBody: text,
  fetchType: oneOf(bodyTypes),
  checkPath: line,
  mediaOrigins: line,
});

/** What a person said of the carrier: null where nothing, the first choice where there are choices. */
export type Settings = z.infer<typeof shape> & {
  readonly base: Base;
  readonly connectionId: string;
  readonly numbers: readonly string[];
  readonly hooks: readonly HookAddress[];
};

/** @throws an Error that names the field, and never its value */
export function readSettings(connection: OpenConnection): Settings {
  const { connectionId, numbers, hooks } = connection;
  const base = readBase(connection.baseUrl);
  const read = shape.safeParse(connection.credentials);
  if (read.success) return { ...read.data, base, connectionId, numbers, hooks };
  const [issue] = read.error.issues;
  if (issue?.code === 'unrecognized_keys')
    throw new WrongSetting(issue.keys[0]?.slice(0, 60) ?? '', 'is not known: check its spelling');
  throw new WrongSetting(issue?.path.join('.') ?? '', issue?.message ?? 'is wrong');
}

function readBase(baseUrl: string | null): Base {
  try {
    if (baseUrl === null) throw new Error('baseUrl is missing: give the address of the API');
    const origin = readOrigin(baseUrl, baseUrl);
    const { pathname, search, hash } = new URL(baseUrl);
    if (search !== '' || hash !== '')
      throw new Error('baseUrl must end with its path: put the query into sendPath');
    return { origin, path: pathname.replace(/\/+$/, '') };
  } catch (error) {
    const words = error instanceof Error ? error.message : 'baseUrl is wrong';
    throw new Error(`Generic HTTP connection: ${words}`, { cause: error });
  }
}

/** A setting that must be there. @throws {WrongSetting} */
export function mustHave(settings: Settings, field: keyof Settings & string, why: string): string {
  const value = settings[field];
  if (typeof value !== 'string') throw new WrongSetting(field, `is missing: ${why}`);
  return value;
}
