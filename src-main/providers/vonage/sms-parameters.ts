import { readForm } from '#main/http/read-form.ts';
import { readJson } from '#main/http/read-json.ts';
import type { RawDelivery } from '#shared/provider/delivery.ts';

export type Parameters = ReadonlyMap<string, string>;

/**
 * The parameters of a callback of the SMS API, sent as a form or as flat JSON as the account has it. Null where the body is
 * neither, holds anything but text, or names a parameter twice, so that the signature and the reader can never see two
 * different ones.
 */
export function readParameters({ headers, body }: RawDelivery): Parameters | null {
  const isJson = /[/+]json\b/i.test(headers['content-type'] ?? '');
  return isJson ? ofJson(readJson(body)) : ofForm(readForm(body));
}

function ofJson(body: unknown): Parameters | null {
  if (typeof body !== 'object' || body === null || Array.isArray(body)) return null;
  const pairs = Object.entries(body);
  return pairs.every((pair): pair is [string, string] => typeof pair[1] === 'string')
    ? new Map(pairs)
    : null;
}

function ofForm(form: URLSearchParams | undefined): Parameters | null {
  const pairs = [...(form ?? [])];
  const parameters = new Map(pairs);
  return form !== undefined && parameters.size === pairs.length ? parameters : null;
}
