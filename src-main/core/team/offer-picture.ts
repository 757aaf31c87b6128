import { createHash, randomBytes } from 'node:crypto';

import { z } from 'zod';

import { type TeamJoined, findTeam } from '#main/history/team.ts';
import { type ApiAnswer, callApi } from '#main/http/call-api.ts';
import { readJson } from '#main/http/read-json.ts';
import type { LinkOutcome } from '#main/outbound/media-road.ts';
import { signMessage } from '#main/relay/desktop-end/desktop-key.ts';
import type { ReadableDb } from '#main/sqlite/database.ts';
import type { Clock } from '#shared/contract/clock.ts';
import { uploadHeaders, uploadPath, uploadToSign } from '#shared/team/file-upload.ts';

import type { ConnectionBook } from '../connections/connection-book.ts';
import type { SecretStore } from '../host-services.ts';
import type { MediaRoadParts, OfferedFile } from '../media-road.ts';
import { readTeamKey } from './team-key.ts';

/** For a whole file over a slow line. Milliseconds. */
const deadlineMs = 30_000;

export type OfferingParts = {
  readonly db: ReadableDb;
  readonly secrets: SecretStore;
  readonly clock: Clock;
  readonly book: ConnectionBook;
};

/** Pictures for the team's connections are left on the team's relay, which their carriers reach. */
export function teamLinks(parts: OfferingParts): MediaRoadParts['teamLinkFor'] {
  return (connectionId) =>
    parts.book.get(connectionId)?.connection.origin === 'team'
      ? (file) => offer(parts, connectionId, file)
      : null;
}

const notMade = (because: string): LinkOutcome => ({ kind: 'not-made', because });

async function offer(
  { db, secrets, clock }: OfferingParts,
  connection: string,
  file: OfferedFile,
): Promise<LinkOutcome> {
  const team = findTeam(db);
  const privateKey = await readTeamKey(secrets);
  if (team === undefined || privateKey === null)
    return notMade('This desktop is not in the team any more.');
  const signed = { connection, privateKey, time: String(clock.now()) };
  const answer = await callApi({
    method: 'POST',
    url: team.address + uploadPath,
    headers: { ...headersFor(team, file, signed), 'content-type': file.type },
    body: file.bytes,
    deadlineMs,
    maxAnswerBytes: 16_384,
  });
  return judge(answer);
}

type Signed = { readonly connection: string; readonly privateKey: string; readonly time: string };

function headersFor(
  { relay, desktop }: TeamJoined,
  { bytes }: OfferedFile,
  { connection, privateKey, time }: Signed,
): Record<string, string> {
  const digest = createHash('sha256').update(bytes).digest('base64url');
  const nonce = randomBytes(16).toString('base64url');
  const parts = { relay, desktop, connection, time, nonce, digest };
  return {
    [uploadHeaders.desktop]: desktop,
    [uploadHeaders.connection]: connection,
    [uploadHeaders.time]: time,
    [uploadHeaders.nonce]: nonce,
    [uploadHeaders.digest]: digest,
    [uploadHeaders.signature]: signMessage(privateKey, uploadToSign(parts)),
  };
}

const madeShape = z.object({ url: z.url({ protocol: /^https?$/ }).max(2_048) });

function judge(answer: ApiAnswer): LinkOutcome {
  if (answer.kind === 'unanswered')
    return notMade('The team’s relay could not be reached to leave the picture there.');
  const made = answer.status === 201 ? madeShape.safeParse(readJson(answer.body)).data : undefined;
  if (made !== undefined) return { kind: 'made', url: made.url };
  return notMade(
    refusals[answer.status] ??
      `The team’s relay did not take the picture (HTTP status ${answer.status}).`,
  );
}

const refusals: Readonly<Record<number, string>> = {
  403: 'The team’s relay did not accept that the picture comes from this desktop: look at the clock of this computer, and whether it is still in the team.',
  404: 'The team’s relay does not have this connection any more.',
  413: 'The picture is larger than the team’s relay takes.',
  507: 'The team’s relay has no room for another picture now.',
};
