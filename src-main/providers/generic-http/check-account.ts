import { kindOfStatus, notTold } from '#main/http/answer-outcomes.ts';
import { callApi } from '#main/http/call-api.ts';
import type { Asked, CredentialTest } from '#shared/provider/carrier-lists.ts';

import type { Settings } from './read-settings.ts';
import { type Place, compileRequest } from './request-template.ts';
import { Unfit } from './template/fill.ts';

/** Asks for something that only good credentials get. */
export type CheckAccount = (deadlineMs: number) => Promise<Asked<CredentialTest>>;

/** Null where the settings name nothing to ask for. @throws {WrongSetting} */
export function compileCheck(settings: Settings, place: Place): CheckAccount | null {
  const { checkPath, sendHeaders } = settings;
  if (checkPath === null) return null;
  const request = compileRequest(
    {
      method: 'GET',
      path: ['checkPath', checkPath],
      body: null,
      type: 'text/plain',
      headers: sendHeaders === null ? null : ['sendHeaders', sendHeaders],
    },
    place,
  );
  return async (deadlineMs) => {
    const written = request({ words: {}, media: [] });
    if (written instanceof Unfit)
      return { kind: 'not-told', failure: { kind: 'credentials', raw: written.message } };
    const answer = await callApi({ ...written, deadlineMs, maxAnswerBytes: 256 * 1024 });
    if (answer.kind === 'answered' && answer.status >= 200 && answer.status < 300)
      return { kind: 'told', answer: { account: null } };
    return notTold(answer, ({ status }) => ({ kind: kindOfStatus(status), raw: `HTTP ${status}` }));
  };
}
