import { notOfShape } from '#main/http/answer-outcomes.ts';
import { callApi } from '#main/http/call-api.ts';
import { readJson } from '#main/http/read-json.ts';
import type { Asked, ListPage, ListedText, TextQuery } from '#shared/provider/carrier-lists.ts';

import { failedAsking } from './ask.ts';
import { stateOf } from './read-callback.ts';
import type { Access } from './send-text.ts';
import { type ListedWire, listShape } from './wire-types.ts';

/** One page of the texts the carrier took, newest first. It lists what it took, not what it told us. */
export async function listTexts(
  access: Access,
  query: TextQuery,
  deadlineMs: number,
): Promise<Asked<ListPage<ListedText>>> {
  if (deadlineMs <= 0) return { kind: 'not-told', failure: { kind: 'no-answer', raw: null } };
  const answer = await callApi({
    method: 'GET',
    url: `${access.baseUrl}${addressOf(query)}`,
    headers: { authorization: `Bearer ${access.apiKey}` },
    body: null,
    deadlineMs,
  });
  if (answer.kind !== 'answered' || answer.status !== 200) return failedAsking(answer);
  const page = listShape.safeParse(readJson(answer.body)).data;
  if (page === undefined) return notOfShape;
  return { kind: 'told', answer: { rows: page.data.map(understand), next: page.next } };
}

function addressOf({ between, since, cursor }: TextQuery): string {
  const parameters = new URLSearchParams({ since: new Date(since).toISOString() });
  if (between !== null) {
    parameters.set('from', between.line);
    parameters.set('to', between.peer);
  }
  if (cursor !== null) parameters.set('cursor', cursor);
  return `/v1/messages?${parameters.toString()}`;
}

function understand(wire: ListedWire): ListedText {
  const { id: providerMessageId, reference, from, to, text, created_at: createdAt } = wire;
  return {
    providerMessageId,
    direction: 'out',
    reference,
    from,
    to,
    text,
    media: [],
    createdAt,
    billing: null,
    ...stateOf(wire),
  };
}
