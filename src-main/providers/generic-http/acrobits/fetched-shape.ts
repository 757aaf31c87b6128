import { z } from 'zod';

const scalar = z.union([z.string(), z.number().transform(String)]);

/** One text as the list holds it, in the older and in the newer form. */
export const rowShape = z.object({
  sms_id: scalar.pipe(z.string().trim().min(1).max(300)),
  sending_date: scalar,
  sender: scalar.nullish(),
  recipient: scalar.nullish(),
  sms_text: scalar.nullish(),
  content_type: z.string().nullish(),
});
export type Row = z.infer<typeof rowShape>;

/** In XML, and in some JSON, the rows are members of an object: `item`, `sms`. An empty element is an empty text. */
const rows = z
  .unknown()
  .transform((value): unknown => {
    if (value == null || (typeof value === 'string' && value.trim() === '')) return [];
    if (Array.isArray(value) || typeof value !== 'object') return value;
    return Object.values(value).flat();
  })
  .pipe(z.array(rowShape));

const names = ['received_smss', 'unread_smss', 'sent_smss'] as const;

/** An answer to a fetch: `unread_smss` in the older form, `received_smss` in the newer one. */
const listShape = z
  .object({ received_smss: rows, unread_smss: rows, sent_smss: rows })
  .transform((lists) => ({
    received: [...lists.received_smss, ...lists.unread_smss],
    sent: lists.sent_smss,
  }));
export type Fetched = z.infer<typeof listShape>;

/** The lists in an answer, which may stand in an element around them; null where it is no such answer. */
export function readFetched(values: unknown): Fetched | null {
  const list = [values, ...membersOf(values)].find(
    (each) => isObject(each) && names.some((name) => Object.hasOwn(each, name)),
  );
  return isObject(list) ? (listShape.safeParse(own(list)).data ?? null) : null;
}

function own(list: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(
    names.map((name) => [name, Object.hasOwn(list, name) ? list[name] : []]),
  );
}

function membersOf(values: unknown): unknown[] {
  return isObject(values) && Object.keys(values).length === 1 ? Object.values(values) : [];
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
