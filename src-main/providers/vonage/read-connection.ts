import { type KeyObject, createPrivateKey } from 'node:crypto';

import { z } from 'zod';

import type { OpenConnection } from '#shared/provider/provider.ts';

import type { Access, Application } from './access.ts';
import { signatureMethods } from './sms-signature.ts';

/** Which API a connection sends and receives by. */
export const apis = ['messages', 'sms'] as const;

const text = z.string('is missing').min(1, 'must not be empty');
const optionalText = z.string().min(1, 'must not be empty, or be left out').optional();

const connectionShape = z.object({
  baseUrl: z
    .url({ protocol: /^https?$/, error: 'must be an https address' })
    .refine(isSafe, 'must be an https address, or an http one of this machine')
    .nullable(),
  credentials: z
    .object({
      apiKey: z
        .string('is missing')
        .regex(/^[A-Za-z0-9]{8}$/, 'must be the 8 letters and digits of the API key'),
      apiSecret: z
        .string('is missing')
        .regex(/^[\x21-\x7e]+$/, 'must be printable, without spaces, and not empty'),
      applicationId: z
        .string()
        .regex(/^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i, 'must be the id of an application')
        .optional(),
      privateKey: z.string().transform(readPrivateKey).optional(),
      signatureSecret: text,
      previousSignatureSecret: optionalText,
      api: z.enum(apis, 'must be messages or sms').default('messages'),
      signatureMethod: z
        .enum(signatureMethods, `must be one of ${signatureMethods.join(', ')}`)
        .default('sha256'),
    })
    .refine((given) => given.privateKey === undefined || given.applicationId !== undefined, {
      path: ['applicationId'],
      message: 'is missing: a private key is of an application',
    }),
});

export type Credentials = z.infer<typeof connectionShape>['credentials'];

/**
 * A connection's credentials and the access they give.
 * @throws Error that names the field that is missing or malformed, never its value
 */
export function readConnection(connection: OpenConnection): {
  readonly access: Access;
  readonly credentials: Credentials;
} {
  const read = connectionShape.safeParse(connection);
  if (!read.success) {
    const issue = read.error.issues[0];
    throw new Error(`Vonage connection: ${issue?.path.join('.')} ${issue?.message}`);
  }
  const { baseUrl, credentials } = read.data;
  const { apiKey, apiSecret } = credentials;
  const application = applicationOf(credentials);
  const { hooks } = connection;
  return {
    access: { ...hostsOf(baseUrl), apiKey, apiSecret, application, hooks },
    credentials,
  };
}

const loopback: ReadonlySet<string> = new Set(['127.0.0.1', 'localhost', '[::1]']);

function isSafe(address: string): boolean {
  const url = URL.canParse(address) ? new URL(address) : null;
  return url?.protocol === 'https:' || (url !== null && loopback.has(url.hostname));
}

const restHost = 'https://rest.nexmo.com';
const regional = /^api-[a-z0-9-]+\.(nexmo|vonage)\.com$/;

/** A region of Vonage's has its own host for the one API alone; any other address stands for all hosts. */
function hostsOf(baseUrl: string | null): Pick<Access, 'apiUrl' | 'restUrl'> {
  if (baseUrl === null) return { apiUrl: 'https://api.nexmo.com', restUrl: restHost };
  const { origin, hostname } = new URL(baseUrl);
  return { apiUrl: origin, restUrl: regional.test(hostname) ? restHost : origin };
}

function applicationOf({ applicationId, privateKey }: Credentials): Application | null {
  return applicationId === undefined
    ? null
    : { id: applicationId.toLowerCase(), privateKey: privateKey ?? null };
}

/** A key from a file has its line breaks; one from an environment has `\n` in their place. */
function readPrivateKey(pem: string, context: z.RefinementCtx): KeyObject | undefined {
  try {
    const key = createPrivateKey(pem.replaceAll('\\n', '\n').trim());
    if (key.asymmetricKeyType === 'rsa') return key;
  } catch {
    // Below: what the library says may quote the key.
  }
  context.addIssue({ code: 'custom', message: 'must be an RSA private key in PEM form' });
  return undefined;
}
