import { z } from 'zod';

import { FlowrouteComplaint } from './flowroute-complaint.ts';
import type { ApiCall } from './loopback-api.ts';

const number = z.string().regex(/^\+?1?\d{10}$/);
const attributesShape = z.strictObject({
  to: number,
  from: number,
  body: z.string().min(1).optional(),
  media_urls: z.array(z.url({ protocol: /^https?$/ })).optional(),
  is_mms: z.boolean().optional(),
  dlr_callback: z.url({ protocol: /^https?$/ }).optional(),
});
export type SendAttributes = z.infer<typeof attributesShape>;

/** Both forms that the documentation shows. */
const sendShape = z.union([
  z
    .strictObject({
      data: z.strictObject({ type: z.literal('message'), attributes: attributesShape }),
    })
    .transform(({ data }) => data.attributes),
  attributesShape,
]);

const words: Readonly<Record<string, string>> = {
  to: 'Invalid destination: "to" must be an 11-digit number.',
  from: 'Invalid source: "from" must be an 11-digit number.',
  body: 'The body must not be empty.',
  media_urls: 'Each of the media_urls must be a publicly accessible address.',
};

/** What a text to be sent says. @throws FlowrouteComplaint */
export function readSend({ body, headers }: ApiCall): SendAttributes {
  const type = headers['content-type']?.split(';')[0];
  if (type !== 'application/vnd.api+json' && type !== 'application/json')
    throw new FlowrouteComplaint(415, `The content type ${type} is not known.`);
  const content = parse(body);
  const read = sendShape.safeParse(content);
  if (!read.success) throw new FlowrouteComplaint(422, whatIsWrong(content));
  const { body: text, media_urls: media = [] } = read.data;
  if (text === undefined && media.length === 0)
    throw new FlowrouteComplaint(422, 'One of body and media_urls is required.');
  return read.data;
}

function whatIsWrong(content: unknown): string {
  const flat = attributesShape.safeParse(attributesIn(content));
  const field = String(flat.error?.issues[0]?.path[0] ?? '');
  return words[field] ?? `The field ${field} is not known.`;
}

function parse(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString('utf8')) as unknown;
  } catch {
    throw new FlowrouteComplaint(400, 'The body is not JSON.');
  }
}

function attributesIn(content: unknown): unknown {
  const wrapped = z.object({ data: z.object({ attributes: z.unknown() }) }).safeParse(content);
  return wrapped.success ? wrapped.data.data.attributes : content;
}
