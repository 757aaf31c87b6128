import type { z } from 'zod';

import { type Access, type Reply, type Until, ask, map, orAbsent } from './ask.ts';
import { pageOf } from './list-wire-types.ts';

/** More pages than this hold no list of a sensible account. */
const mostPages = 40;
const largestPage = 250;

export type Batch<Row> = { readonly rows: readonly Row[]; readonly isLast: boolean };

/** A list of several pages, whole; null where the account has no such list or the key may not see it. */
export async function readAll<Row>(
  readPage: (page: number) => Promise<Reply<Batch<Row>>>,
): Promise<Reply<readonly Row[] | null>> {
  const rows: Row[] = [];
  for (let page = 1; page <= mostPages; page += 1) {
    const reply = orAbsent(await readPage(page));
    if (reply.kind === 'not-told') return reply;
    if (reply.answer === null) return { kind: 'told', answer: null };
    rows.push(...reply.answer.rows);
    if (reply.answer.isLast || reply.answer.rows.length === 0) break;
  }
  return { kind: 'told', answer: rows };
}

type List<Row extends z.ZodType> = { readonly path: string; readonly row: Row };

/** A list with pages as most lists have them, whole; empty where the account has none. */
export async function readWholeList<Row extends z.ZodType>(
  access: Access,
  { path, row }: List<Row>,
  end: Until,
): Promise<Reply<readonly z.infer<Row>[]>> {
  const shape = pageOf(row);
  const reply = await readAll(async (page) => {
    const query = { 'page[number]': String(page), 'page[size]': String(largestPage) };
    const asked = await ask(access, { method: 'GET', path, query, shape }, end);
    return map(asked, ({ data, meta }) => ({
      rows: data,
      isLast: page >= (meta?.total_pages ?? 0),
    }));
  });
  return map(reply, (rows) => rows ?? []);
}
