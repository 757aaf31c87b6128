import type { Asked } from '#shared/provider/carrier-lists.ts';

import type { Access } from './access.ts';
import { ask } from './ask.ts';
import { restAnswerShape } from './wire-types.ts';

/** Something done to a number, by Vonage's own parameters. */
export type NumberChange = {
  readonly deed: 'buy' | 'update';
  readonly form: Readonly<Record<string, string>>;
};

/** Buys or changes a number. */
export async function changeNumber(
  access: Access,
  { deed, form }: NumberChange,
  deadlineMs: number,
): Promise<Asked<null>> {
  const url = `${access.restUrl}/number/${deed}`;
  const call = { method: 'POST', url, by: 'account', form, shape: restAnswerShape } as const;
  const asked = await ask(access, call, deadlineMs);
  if (asked.kind === 'not-told') return asked;
  const { 'error-code': code, 'error-code-label': label } = asked.answer;
  if (code === '200') return { kind: 'told', answer: null };
  return { kind: 'not-told', failure: { kind: 'not-allowed', raw: `${code}: ${label ?? ''}` } };
}
