import type { FailureKind, SendFailure } from '#shared/provider/send-failure.ts';

const kinds: ReadonlyMap<string, FailureKind> = new Map([
  ['landline', 'landline'],
  ['opted_out', 'opted-out'],
  ['unreachable', 'unreachable'],
  ['spam', 'filtered'],
  ['media_unreachable', 'media'],
  ['unknown_sender', 'not-allowed'],
  ['unauthorized', 'credentials'],
  ['too_many_requests', 'rate-limited'],
  ['too_large', 'too-long'],
]);

/** A complaint about a field says what is wrong with it only by the field's name. */
const kindsByField: ReadonlyMap<string, FailureKind> = new Map([
  ['to', 'invalid-number'],
  ['text', 'too-long'],
  ['media_urls', 'media'],
]);

type Words = { readonly message?: string; readonly field?: string | undefined };

/** The carrier's code as a failure of ours; an unknown one is `unmapped`. `raw` keeps the code and the carrier's words. */
export function failureOf(code: string | null, words: Words = {}): SendFailure {
  const { message, field } = words;
  const byField = code === 'invalid_request' ? kindsByField.get(field?.split('.')[0] ?? '') : null;
  const kind = kinds.get(code ?? '') ?? byField ?? 'unmapped';
  const raw = [code, message].filter((part) => part != null).join(': ');
  return { kind, raw: raw === '' ? null : raw };
}
