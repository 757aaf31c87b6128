import { z } from 'zod';

const key = z.string().min(1, 'must not be empty');

const shape = z.object({
  dataFile: key,
  port: z.int().min(0).max(65_535),
  account: z.object({
    id: key,
    apiKey: key.regex(/^[\x21-\x7e]+$/, 'must be printable ASCII without spaces'),
    webhookSecret: key,
    webhookUrl: z.url({ protocol: /^https?$/ }).nullable(),
  }),
  numbers: z.array(z.string().regex(/^\+[1-9]\d{6,14}$/, 'must be a number like +15550100001')),
  speed: z.number().positive('must be above 0').max(10_000),
  seed: z.number(),
});

/** @throws Error that names the option that is wrong and what it must be; never its value */
export function checkOptions(options: unknown): void {
  const issue = shape.safeParse(options).error?.issues[0];
  if (issue !== undefined)
    throw new Error(`sandbox carrier: option ${issue.path.join('.')} ${issue.message}`);
}
