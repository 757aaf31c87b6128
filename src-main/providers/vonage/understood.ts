import type { z } from 'zod';

import { UnreadableDelivery } from '#shared/provider/delivery.ts';

/** A callback's body as its schema has it. @throws UnreadableDelivery that names the field, never its content */
export function understood<Schema extends z.ZodType>(
  schema: Schema,
  body: unknown,
): z.infer<Schema> {
  const read = schema.safeParse(body);
  if (read.success) return read.data;
  const field = read.error.issues[0]?.path.join('.') ?? '';
  throw new UnreadableDelivery(`the body is not a known callback: ${field || 'body'} is wrong`);
}
