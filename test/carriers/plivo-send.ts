import { z } from 'zod';

import { PlivoComplaint } from './plivo-complaint.ts';

const number = z.string().regex(/^\+?\d{7,15}$|^\d{3,6}$/);
const sendShape = z.strictObject({
  src: number,
  dst: number,
  text: z.string().min(1).optional(),
  type: z.enum(['sms', 'mms']).default('sms'),
  media_urls: z
    .array(z.url({ protocol: /^https?$/ }))
    .min(1)
    .max(10)
    .optional(),
  url: z.url({ protocol: /^https?$/ }).optional(),
  method: z.enum(['POST', 'GET']).default('POST'),
  message_expiry: z.int().min(5).max(10_799).optional(),
  log: z.enum(['true', 'false', 'content_only', 'number_only']).optional(),
});
export type PlivoSend = z.infer<typeof sendShape>;

const words: Readonly<Record<string, string>> = {
  src: 'src parameter is not a valid number',
  dst: 'dst parameter is not a valid number',
  media_urls: 'media_urls must be up to 10 addresses',
};

/** What a text to be sent says, of an account that has these numbers, without plus. @throws PlivoComplaint */
export function readPlivoSend(body: Buffer, owned: readonly string[]): PlivoSend {
  const read = sendShape.safeParse(parse(body));
  if (!read.success) {
    const field = String(read.error.issues[0]?.path[0] ?? '');
    throw new PlivoComplaint(400, words[field] ?? `parameter ${field} is not valid`);
  }
  judgeNumbers(read.data, owned);
  judgeContent(read.data);
  return read.data;
}

function parse(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString('utf8')) as unknown;
  } catch {
    throw new PlivoComplaint(400, 'the body is not JSON');
  }
}

function judgeNumbers({ src, dst }: PlivoSend, owned: readonly string[]): void {
  if (!owned.includes(src.replace('+', '')))
    throw new PlivoComplaint(400, 'src parameter is not a number of this account');
  if (src.replace('+', '') === dst.replace('+', ''))
    throw new PlivoComplaint(400, 'src and dst parameters cannot be the same');
  if (/^\+?[2-9]\d{6}/.test(dst))
    throw new PlivoComplaint(403, 'this account may not send to that country');
  if (dst.endsWith('0107'))
    throw new PlivoComplaint(429, 'too many requests', { 'retry-after': '1' });
}

function judgeContent({ text = '', type, media_urls: media }: PlivoSend): void {
  if ((type === 'mms') !== (media !== undefined))
    throw new PlivoComplaint(400, 'media_urls and type mms go together');
  if (text === '' && media === undefined)
    throw new PlivoComplaint(400, 'text parameter is required');
  const most = Buffer.byteLength(text) === text.length ? 1_600 : 737;
  if (text.length > most)
    throw new PlivoComplaint(400, `text parameter exceeds the length of ${most}`);
}
