import { callApi } from '#main/http/call-api.ts';
import { readJson } from '#main/http/read-json.ts';
import type { ListQuery, ListedText } from '#shared/provider/provider.ts';

import { stateOf } from './read-callback.ts';
import type { Access } from './send-text.ts';
import { type ListedWire, listShape } from './wire-types.ts';

/** A list longer than so many pages is not what was asked for. */
const maxPages = 20;

/** The carrier's list of texts between two numbers, newest first; null where it could not be read whole. */
export async function listSent(
  access: Access,
  query: ListQuery,
  deadlineMs: number,
): Promise<readonly ListedText[] | null> {
  const until = performance.now() + deadlineMs;
  const listed: ListedText[] = [];
  let cursor: string | null = null;
  for (let count = 0; count < maxPages; count += 1) {
    const page = await readPage(access, addressOf(query, cursor), until - performance.now());
    if (page === null) return null;
    listed.push(...page.data.map(understand));
    if (page.next === null) return listed;
    cursor = page.next;
  }
  return null;
}

function addressOf({ from, to, since }: ListQuery, cursor: string | null): string {
  const parameters = new URLSearchParams({ from, to, since: new Date(since).toISOString() });
  if (cursor !== null) parameters.set('cursor', cursor);
  return `/v1/messages?${parameters.toString()}`;
}

type Page = { readonly data: readonly ListedWire[]; readonly next: string | null };

async function readPage(access: Access, address: string, leftMs: number): Promise<Page | null> {
  if (leftMs <= 0) return null;
  const answer = await callApi({
    method: 'GET',
    url: `${access.baseUrl}${address}`,
    headers: { authorization: `Bearer ${access.apiKey}` },
    body: null,
    deadlineMs: leftMs,
  });
  if (answer.kind !== 'answered' || answer.status !== 200) return null;
  return listShape.safeParse(readJson(answer.body)).data ?? null;
}

function understand(wire: ListedWire): ListedText {
  const { id: providerMessageId, reference, from, to, text, created_at: createdAt } = wire;
  return { providerMessageId, reference, from, to, text, createdAt, ...stateOf(wire) };
}
