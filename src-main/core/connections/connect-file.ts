import { z } from 'zod';

import { type NewConnection, newConnectionSchema } from '#shared/contract/connection-shapes.ts';
import { type NumberType, numberTypeSchema } from '#shared/message/line.ts';
import { isTollFree } from '#shared/phone/toll-free.ts';

const numberShape = z.union([
  z.string().max(32),
  z.strictObject({
    number: z.string().max(32),
    label: z.string().max(60).optional(),
    numberType: numberTypeSchema.optional(),
  }),
]);

const fileShape = z.strictObject({
  label: z.string().optional(),
  credentials: newConnectionSchema.shape.credentials,
  baseUrl: newConnectionSchema.shape.baseUrl.optional(),
  publicUrl: newConnectionSchema.shape.publicUrl.optional(),
  numbers: z.array(numberShape).default([]),
});

export type ConnectFile =
  | { readonly kind: 'read'; readonly wanted: NewConnection }
  /** The sentence names the field and the cure, never a value. */
  | { readonly kind: 'wrong'; readonly sentence: string };

export type Connecting = { readonly provider: string; readonly publicUrl: string | null };

/** Reads what `connect --from` names: label, credentials, optional addresses, numbers. */
export function readConnectFile(text: string, { provider, publicUrl }: Connecting): ConnectFile {
  const read = fileShape.safeParse(parse(text));
  if (!read.success) return wrong(read.error);
  const { label, credentials, baseUrl = null, numbers } = read.data;
  const wanted = newConnectionSchema.safeParse({
    provider,
    label: label ?? provider,
    baseUrl,
    publicUrl: publicUrl ?? read.data.publicUrl ?? null,
    credentials,
    numbers: numbers.map(asWanted),
  });
  return wanted.success ? { kind: 'read', wanted: wanted.data } : wrong(wanted.error);
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function wrong(error: z.ZodError): ConnectFile {
  const issue = error.issues[0];
  const field = issue?.path.join('.') ?? '';
  const sentence =
    field === ''
      ? 'The file is not a JSON object with label, credentials and numbers: correct it.'
      : `The field ${field} in the file is wrong (${issue?.message ?? 'invalid'}): correct it.`;
  return { kind: 'wrong', sentence };
}

function asWanted(each: z.infer<typeof numberShape>) {
  const { number, label, numberType } = typeof each === 'string' ? { number: each } : each;
  return { number, label: label ?? number, numberType: numberType ?? typeOf(number) };
}

/** What kind of number this is, as far as its digits tell. */
function typeOf(number: string): NumberType {
  const digits = number.replaceAll(/\D/g, '');
  if (digits.length >= 3 && digits.length <= 6) return 'short-code';
  return isTollFree(number) ? 'toll-free' : '10dlc';
}
