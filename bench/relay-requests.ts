import { randomBytes } from 'node:crypto';

import { signatureOf } from '#test/fakes/signing-guard.ts';

export const secret = 'bench';
/** The public URL that all signatures cover. */
export const benchUrl = 'https://hooks.example.com';

const target = '/hooks/acme/c1';

/**
 * So many signed webhook calls as bytes, each another one, of the size and with ids as a carrier's
 * are: about 600 bytes of body, and ids in no order.
 */
export function makeRequests(count: number): Buffer[] {
  const filler = 'Thank you, we will be there at nine tomorrow morning. '.repeat(8);
  return Array.from({ length: count }, () => {
    const id = `SM${randomBytes(16).toString('hex')}`;
    const body = JSON.stringify({
      id,
      from: '+15550100001',
      to: '+15550100002',
      text: filler,
    });
    return Buffer.from(
      [
        `POST ${target} HTTP/1.1`,
        'host: hooks.example.com',
        'content-type: application/json',
        'user-agent: acme-webhooks/1.0',
        `x-id: ${id}`,
        `x-signature: ${signatureOf(secret, benchUrl + target, body)}`,
        `content-length: ${Buffer.byteLength(body)}`,
        '',
        body,
      ].join('\r\n'),
    );
  });
}
