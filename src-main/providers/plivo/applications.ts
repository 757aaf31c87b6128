import { randomBytes } from 'node:crypto';

import { notOfShape } from '#main/http/answer-outcomes.ts';
import { readJson } from '#main/http/read-json.ts';
import type { Asked } from '#shared/provider/carrier-lists.ts';

import type { Access } from './access.ts';
import { callPlivo, failedAsking } from './call-plivo.ts';
import { applicationShape, newApplicationShape } from './wire-types.ts';

/** The id in an application's path, such as `/v1/Account/MA…/Application/29986316244302815/`; null where a number has none. */
export function applicationIn(path: string | null | undefined): string | null {
  return /\/Application\/(\w+)\/?$/.exec(path ?? '')?.[1] ?? null;
}

/** Where an application sends texts in; null where it sends them nowhere, or cannot be asked. */
export async function readMessageUrl(
  access: Access,
  applicationId: string,
  deadlineMs: number,
): Promise<string | null> {
  const path = `Application/${applicationId}/`;
  const answer = await callPlivo(access, { method: 'GET', path }, deadlineMs);
  if (answer.kind !== 'answered' || answer.status !== 200) return null;
  const url = applicationShape.safeParse(readJson(answer.body)).data?.message_url;
  return url == null || url === '' ? null : url;
}

/** Where an application is to send texts in. Everything else of it, calls above all, stays as it is. */
export async function setMessageUrl(
  access: Access,
  target: { readonly applicationId: string; readonly url: string },
  deadlineMs: number,
): Promise<Asked<null>> {
  const path = `Application/${target.applicationId}/`;
  const body = { message_url: target.url, message_method: 'POST' };
  const answer = await callPlivo(access, { method: 'POST', path, body }, deadlineMs);
  const done = answer.kind === 'answered' && answer.status >= 200 && answer.status < 300;
  return done ? { kind: 'told', answer: null } : failedAsking(access, answer);
}

/** Makes an application that sends texts in to this address. Names are taken only once, so chance makes this one free. */
export async function makeApplication(
  access: Access,
  { number, url }: { readonly number: string; readonly url: string },
  deadlineMs: number,
): Promise<Asked<string>> {
  const name = `Trunkline ${number} ${randomBytes(4).toString('hex')}`;
  const body = { app_name: name, message_url: url, message_method: 'POST' };
  const answer = await callPlivo(
    access,
    { method: 'POST', path: 'Application/', body },
    deadlineMs,
  );
  if (answer.kind !== 'answered' || answer.status >= 300) return failedAsking(access, answer);
  const id = newApplicationShape.safeParse(readJson(answer.body)).data?.app_id;
  return id === undefined ? notOfShape : { kind: 'told', answer: id };
}
