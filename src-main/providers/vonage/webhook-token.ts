import { createHash, createHmac } from 'node:crypto';

import { z } from 'zod';

import { readJson } from '#main/http/read-json.ts';
import { sameText } from '#main/http/same-text.ts';

const headerShape = z.object({ alg: z.literal('HS256'), crit: z.undefined().optional() });

const claimsShape = z.object({
  iss: z.literal('Vonage'),
  iat: z.number(),
  exp: z.number().optional(),
  nbf: z.number().optional(),
  api_key: z.string(),
  application_id: z.string().optional(),
  payload_hash: z.string(),
});
export type WebhookClaims = z.infer<typeof claimsShape>;

const longest = 8_192;
const bearer = /^Bearer ([\w-]+)\.([\w-]+)\.([\w-]{43})$/;

/**
 * The claims of a callback's token (RFC 7519) if one of the secrets signed it by HMAC-SHA256; null otherwise. The algorithm is
 * pinned: what the token's own header asks for can only make it refused.
 */
export function verifyWebhookToken(
  authorization: string,
  secrets: readonly string[],
): WebhookClaims | null {
  if (authorization.length > longest) return null;
  const [all, header = '', claims = '', signature = ''] = bearer.exec(authorization) ?? [];
  if (all === undefined) return null;
  const good = secrets.some((secret) => {
    const expected = createHmac('sha256', secret).update(`${header}.${claims}`);
    return sameText(expected.digest('base64url'), signature);
  });
  if (!good || !headerShape.safeParse(decode(header)).success) return null;
  return claimsShape.safeParse(decode(claims)).data ?? null;
}

function decode(part: string): unknown {
  return readJson(Buffer.from(part, 'base64url'));
}

/** What `payload_hash` must be: SHA-256 over the body exactly as it came, in hexadecimal. */
export function hashOfPayload(body: Uint8Array): string {
  return createHash('sha256').update(body).digest('hex');
}
