import { z } from 'zod';

import { party, sid } from './wire-types.ts';

/** The fields of a hook's form. */
export type HookFields = Readonly<Record<string, string>>;

const count = (most: number) =>
  z
    .string()
    .regex(/^\d{1,7}$/)
    .transform(Number)
    .refine((value) => value <= most);

/** A text that came in. */
export const textHookShape = z.object({
  MessageSid: sid,
  From: party,
  To: party,
  Body: z.string().default(''),
  NumMedia: count(50).default(0),
});

/** The picture or sound at this place of a text, counted from 0. */
export function mediaHookShape(at: number) {
  const [url, type] = [`MediaUrl${at}`, `MediaContentType${at}`];
  return z
    .object({
      [url]: z.url({ protocol: /^https?$/ }).max(2_048),
      [type]: z.string().max(200).optional(),
    })
    .transform((fields) => ({ url: fields[url] ?? '', type: fields[type] ?? null }));
}

/** News of a text out. */
export const receiptHookShape = z.object({
  MessageSid: sid,
  MessageStatus: z.string().min(1).max(40),
  ErrorCode: z.string().max(20).optional(),
  ErrorMessage: z.string().max(4_096).optional(),
});

/** News of a call. */
export const callHookShape = z.object({
  CallSid: sid,
  From: z.string().max(200),
  To: z.string().max(200),
  Direction: z.string().max(40),
  CallStatus: z.string().min(1).max(40),
  CallDuration: count(7 * 86_400).optional(),
});
