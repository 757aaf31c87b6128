import type { Asked, CarrierNumber, ListPage } from '#shared/provider/carrier-lists.ts';

import { type Access, type Reply, type Until, ask, map, until } from './ask.ts';
import { asShortCode, readSurroundings, understand } from './describe-number.ts';
import { type NumberRow, numberShape, pageOf, shortCodeShape } from './list-wire-types.ts';
import { readWholeList } from './read-all.ts';

/** As many numbers as can be named in one question about what they do. */
const pageSize = 50;

/** One page of the account's numbers in use; the short codes, which the carrier lists apart, stand on the first. */
export async function listNumbers(
  access: Access,
  cursor: string | null,
  deadlineMs: number,
): Promise<Asked<ListPage<CarrierNumber>>> {
  const end = until(deadlineMs);
  const page = /^\d{1,6}$/.test(cursor ?? '') ? Number(cursor) : 1;
  const listed = await ask(
    access,
    questionFor({ page, filter: { 'filter[status]': 'active' } }),
    end,
  );
  if (listed.kind === 'not-told') return listed;
  const { data, meta } = listed.answer;
  const around = await readSurroundings(access, data, end);
  if (around.kind === 'not-told') return around;
  const codes = page === 1 ? await readWholeList(access, shortCodes, end) : noCodes;
  if (codes.kind === 'not-told') return codes;
  const isLast = meta == null ? data.length < pageSize : page >= meta.total_pages;
  const rows = [
    ...data.map((row) => understand(row, around.answer)),
    ...codes.answer.map((row) => asShortCode(row, around.answer)),
  ];
  return { kind: 'told', answer: { rows, next: isLast ? null : String(page + 1) } };
}

const shortCodes = { path: '/short_codes', row: shortCodeShape };
const noCodes = { kind: 'told', answer: [] } as const;

type Selection = { readonly page: number; readonly filter: Readonly<Record<string, string>> };

function questionFor({ page, filter }: Selection) {
  return {
    method: 'GET',
    path: '/phone_numbers',
    query: {
      ...filter,
      // Without this a fault in one part of the carrier takes the whole list down.
      handle_messaging_profile_error: 'true',
      'page[number]': String(page),
      'page[size]': String(pageSize),
    },
    shape: pageOf(numberShape),
  } as const;
}

/** The row of one number; null where the account does not have it. */
export async function findNumber(
  access: Access,
  number: string,
  end: Until,
): Promise<Reply<NumberRow | null>> {
  const filter = { 'filter[phone_number]': number.replace(/^\+/, '') };
  const reply = await ask(access, questionFor({ page: 1, filter }), end);
  return map(reply, ({ data }) => data.find((row) => row.phone_number === number) ?? null);
}
