import { setTimeout as pause } from 'node:timers/promises';

import { notOfShape } from '#main/http/answer-outcomes.ts';
import type { ApiAnswer } from '#main/http/call-api.ts';
import { readJson } from '#main/http/read-json.ts';
import { withoutPlus } from '#shared/phone/carrier-number.ts';
import type { Asked } from '#shared/provider/carrier-lists.ts';

import { type Access, callFlowroute, failedAsking } from './call-flowroute.ts';
import { taskShape } from './wire-types.ts';

const betweenLooks = 1_000;
const ended = /success|complete|enabled/i;
const failed = /fail|error|reject/i;

/**
 * Switches messaging on for a number: numbers come without. The carrier does it in a task of its own; one that is still under
 * way at `until` (as `performance.now` counts) goes on by itself and counts as done.
 */
export async function enableMessaging(
  access: Access,
  number: string,
  until: number,
): Promise<Asked<null>> {
  const body = { numbers: [withoutPlus(number)], action: 'enable' };
  const request = { method: 'POST', path: '/v2/message-provision', body } as const;
  let task = readTask(access, await callFlowroute(access, request, until - performance.now()));
  while (task.kind === 'told' && !ended.test(task.answer.status)) {
    const { id, status } = task.answer;
    if (failed.test(status)) return refused(status);
    if (until - performance.now() < 2 * betweenLooks) break;
    await pause(betweenLooks);
    const path = `/v2/message-provision/status/${encodeURIComponent(id)}`;
    const left = until - performance.now();
    task = readTask(access, await callFlowroute(access, { method: 'GET', path }, left));
  }
  return task.kind === 'told' ? { kind: 'told', answer: null } : task;
}

type Task = { readonly id: string; readonly status: string };

function readTask(access: Access, answer: ApiAnswer): Asked<Task> {
  if (answer.kind !== 'answered' || answer.status >= 300) return failedAsking(access, answer);
  const read = taskShape.safeParse(readJson(answer.body)).data;
  if (read === undefined) return notOfShape;
  return { kind: 'told', answer: { id: read.data.id, status: read.data.attributes.status } };
}

function refused(status: string): Asked<never> {
  const raw = `messaging could not be switched on: ${status}`;
  return { kind: 'not-told', failure: { kind: 'not-allowed', raw } };
}
