import { createHash, createHmac, randomUUID } from 'node:crypto';

import { apiKey, applicationId } from './vonage-account.ts';

const encode = (part: object): string => Buffer.from(JSON.stringify(part)).toString('base64url');

export type WebhookTokenMade = {
  readonly at: number;
  readonly secret: string;
  /** Replace or add to what the carrier would put in. */
  readonly header?: object;
  readonly claims?: object;
};

/** The token the Messages API sends with a callback. */
export function signWebhook(body: Uint8Array, made: WebhookTokenMade): string {
  const head = encode({ alg: 'HS256', typ: 'JWT', ...made.header });
  const claims = encode({
    iat: Math.floor(made.at / 1_000),
    jti: randomUUID(),
    iss: 'Vonage',
    payload_hash: createHash('sha256').update(body).digest('hex'),
    api_key: apiKey,
    application_id: applicationId,
    ...made.claims,
  });
  const signature = createHmac('sha256', made.secret).update(`${head}.${claims}`);
  return `Bearer ${head}.${claims}.${signature.digest('base64url')}`;
}

export type SmsMethod = 'md5hash' | 'md5' | 'sha1' | 'sha256' | 'sha512';

export type SmsSigningMade = {
  readonly at: number;
  readonly secret: string;
  readonly method: SmsMethod;
};

/** A callback's parameters with the time, the nonce and the signature of the SMS API added. */
export function signSms(
  given: Readonly<Record<string, string>>,
  { at, secret, method }: SmsSigningMade,
): Record<string, string> {
  const timestamp = String(Math.floor(at / 1_000));
  const parameters: Record<string, string> = { ...given, timestamp, nonce: randomUUID() };
  let text = '';
  for (const name of Object.keys(parameters).sort())
    text += `&${name}=${(parameters[name] ?? '').replaceAll('&', '_').replaceAll('=', '_')}`;
  const hash = method === 'md5hash' ? createHash('md5') : createHmac(method, secret);
  hash.update(method === 'md5hash' ? text + secret : text);
  return { ...parameters, sig: hash.digest('hex').toUpperCase() };
}
