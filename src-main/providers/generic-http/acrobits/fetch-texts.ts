import { type Answered, notOfShape, notTold, withoutSecrets } from '#main/http/answer-outcomes.ts';
import { callApi } from '#main/http/call-api.ts';
import type { Asked, ListPage, ListedText, TextQuery } from '#shared/provider/carrier-lists.ts';

import { readTree } from '../reply/read-tree.ts';
import { Unfit } from '../template/fill.ts';
import type { AcrobitsProfile } from './acrobits-profile.ts';
import { complaintIn, saysError } from './complaint-in.ts';
import { type Fetched, readFetched } from './fetched-shape.ts';
import { isAskedFor } from './text-memory.ts';
import { type Owner, understandRow } from './understand-row.ts';

const longestList = 8 * 1024 * 1024;

/** The texts of a span as far as the server tells of them, newest first, on one page. */
export async function listTexts(
  profile: AcrobitsProfile,
  query: TextQuery,
  deadlineMs: number,
): Promise<Asked<ListPage<ListedText>>> {
  const asked = await fetchTexts(profile, query.since, deadlineMs);
  if (asked.kind === 'not-told') return asked;
  const rows = asked.answer.filter((text) => isAskedFor(query, text));
  return { kind: 'told', answer: { rows, next: null } };
}

/** Fetches what is new and answers with everything known, newest first; it reaches back to `since` at least, as far as the server does. */
export async function fetchTexts(
  profile: AcrobitsProfile,
  since: number,
  deadlineMs: number,
): Promise<Asked<readonly ListedText[]>> {
  const asked = await ask(profile, since, deadlineMs);
  if (asked.kind === 'told') return asked;
  return { ...asked, failure: withoutSecrets(asked.failure, profile.account.secrets) };
}

async function ask(
  { fetch, memory, connectionId: installation, ...owner }: AcrobitsProfile,
  since: number,
  deadlineMs: number,
): Promise<Asked<readonly ListedText[]>> {
  const told = memory.lastIds(since);
  const words = { lastReceivedId: told.received, lastSentId: told.sent, installation };
  const request =
    fetch?.({ words, media: [] }) ?? new Unfit('not-allowed', 'no fetchPath is given');
  if (request instanceof Unfit) return notAsked(request);
  if (deadlineMs <= 0) return notAsked(new Unfit('no-answer', 'too late to ask'));
  const began = Date.now();
  const answer = await callApi({ ...request, deadlineMs, maxAnswerBytes: longestList });
  if (answer.kind === 'unanswered' || answer.status !== 200) return notTold(answer, complaintIn);
  const read = readAnswer(owner, answer);
  if (read.kind === 'not-told') return read;
  return { kind: 'told', answer: memory.learn(read.answer, { began, ended: Date.now(), told }) };
}

function readAnswer(owner: Owner, answer: Answered): Asked<readonly ListedText[]> {
  const tree = readTree(answer.body, answer.headers['content-type']);
  const fetched = readFetched(tree?.values);
  if (fetched === null && tree !== null && saysError(tree)) return notTold(answer, complaintIn);
  const texts = fetched === null ? null : understand(owner, fetched);
  return texts === null ? notOfShape : { kind: 'told', answer: texts };
}

function notAsked({ kind, message }: Unfit): Asked<never> {
  return { kind: 'not-told', failure: { kind, raw: message } };
}

/** Every text; null where one row of them cannot be understood, because passing it over could lose it for good. */
function understand(owner: Owner, { received, sent }: Fetched): readonly ListedText[] | null {
  const rows = [
    ...received.map((row) => understandRow(owner, 'in', row)),
    ...sent.map((row) => understandRow(owner, 'out', row)),
  ];
  if (rows.includes(null)) return null;
  return rows.filter((row) => row !== null && row !== 'passed-over');
}
