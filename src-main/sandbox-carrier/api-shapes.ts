import { z } from 'zod';

import { type ApiReply, complain } from './api-reply.ts';

/** The longest text the carrier takes, in UTF-16 units. */
export const longestText = 1_600;

const mediaUrl = z.url({ protocol: /^https?$/, error: 'must be an http or https address' });

/** A text to send. What is not named here is refused. */
export const sendShape = z
  .strictObject({
    from: z.string().min(1, 'must not be empty'),
    to: z.string().regex(/^\+[1-9]\d{6,14}$/, 'must be a number like +15550100101'),
    text: z.string().max(longestText, `must not be longer than ${longestText} UTF-16 units`),
    media_urls: z.array(mediaUrl).max(10, 'must not hold more than 10').default([]),
    reference: z.string().min(1, 'must not be empty').max(64, 'must not be longer than 64'),
  })
  .refine((body) => body.text !== '' || body.media_urls.length > 0, {
    path: ['text'],
    error: 'must not be empty without media_urls',
  });
export type SendBody = z.infer<typeof sendShape>;

const wholeNumber = z.string().regex(/^\d{1,15}$/, 'must be a whole number');

/** The parameters of the list. */
export const listShape = z.strictObject({
  from: z.string().optional(),
  to: z.string().optional(),
  since: z.iso.datetime({ error: 'must be a time like 2026-11-21T10:00:00Z' }).optional(),
  limit: wholeNumber.optional(),
  cursor: wholeNumber.optional(),
});

/** The complaint about the first thing that is wrong with a body or with parameters. */
export function complainOf(error: z.ZodError): ApiReply {
  const issue = error.issues[0];
  const unknown = issue?.code === 'unrecognized_keys' ? issue.keys[0] : undefined;
  const field = [...(issue?.path ?? []), ...(unknown === undefined ? [] : [unknown])].join('.');
  const wrong = unknown === undefined ? (issue?.message ?? 'is wrong') : 'is not a known field';
  return complain(400, { code: 'invalid_request', message: `${field || 'body'}: ${wrong}`, field });
}
