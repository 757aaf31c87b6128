import { createHash, createHmac } from 'node:crypto';

import { sameText } from '#main/http/same-text.ts';
import type { RawDelivery } from '#shared/provider/delivery.ts';

import { urlForms } from './url-forms.ts';

const form = /^[A-Za-z0-9+/]{27}=$/;

/**
 * Is a call signed with one of these tokens? The carrier signs the address it called and, after it, every field of the form by
 * name (HMAC-SHA1). A body that is no form is covered by its SHA-256, which then stands in the address. No time is signed.
 */
export function isSigned(raw: RawDelivery, tokens: readonly string[]): boolean {
  const given = raw.headers['x-twilio-signature'] ?? '';
  if (!form.test(given)) return false;
  const byHash = raw.url.includes('bodySHA256');
  if (byHash && !isOfHash(raw)) return false;
  const fields = byHash ? '' : signedFields(raw.body);
  return tokens.some((token) =>
    urlForms(raw.url).some((url) => sameText(given, sign(token, url + fields))),
  );
}

function sign(token: string, data: string): string {
  return createHmac('sha1', token).update(data).digest('base64');
}

function isOfHash({ url, body }: RawDelivery): boolean {
  const said = URL.canParse(url) ? new URL(url).searchParams.get('bodySHA256') : null;
  return sameText(said ?? '', createHash('sha256').update(body).digest('hex'));
}

/** Names in their order, each before its values; a value that a name has twice counts once. */
function signedFields(body: Uint8Array): string {
  const text = new TextDecoder('utf-8', { ignoreBOM: true }).decode(body);
  // A question mark at the very start would be taken for the mark of a query, and dropped.
  const fields = new URLSearchParams(`&${text}`);
  const names = [...new Set(fields.keys())].toSorted();
  return names.map((name) => valuesOf(fields, name)).join('');
}

function valuesOf(fields: URLSearchParams, name: string): string {
  const values = [...new Set(fields.getAll(name))].toSorted();
  return values.map((value) => name + value).join('');
}
