import { Agent, request } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';

import { signAsSandbox, textEvent } from '#test/fakes/sandbox-hook.ts';
import { accountId } from '#test/faults/team-folders.ts';

import { nowMs, sentHeader } from './load-desktop.ts';

/** What became of a load of webhooks. Times in milliseconds. */
export type WebhookLoad = {
  readonly sent: number;
  readonly acknowledged: number;
  readonly refused: number;
  readonly times: readonly number[];
};

export type Wanted = {
  readonly perSecond: number;
  readonly seconds: number;
  /** Signs with a wrong secret. */
  readonly forged?: boolean;
};

let texts = 0;

/** Calls a relay's hook at a steady rate, whether it keeps up or not, with calls signed as the sandbox signs them. */
export async function sendWebhooks(url: string, wanted: Wanted): Promise<WebhookLoad> {
  const { perSecond, seconds, forged = false } = wanted;
  const agent = new Agent({ keepAlive: true, maxSockets: 128 });
  const count = perSecond * seconds;
  const started = performance.now();
  const answers: Promise<Answered>[] = [];
  while (answers.length < count) {
    const due = Math.min(count, Math.ceil(((performance.now() - started) / 1_000) * perSecond));
    while (answers.length < due) answers.push(call(url, agent, forged));
    await pause(2);
  }
  const all = await Promise.all(answers);
  agent.destroy();
  const acknowledged = all.filter(({ status }) => status === 200);
  return {
    sent: all.length,
    acknowledged: acknowledged.length,
    refused: all.length - acknowledged.length,
    times: all.map(({ ms }) => ms),
  };
}

type Answered = { readonly status: number; readonly ms: number };

function call(url: string, agent: Agent, forged: boolean): Promise<Answered> {
  texts += 1;
  const text = `load ${texts} ${'Thank you, we will be there at nine tomorrow. '.repeat(4)}`;
  const body = textEvent({ id: `${process.pid}-${texts}`, text });
  const signing = forged ? { secret: 'of a forger' } : {};
  const started = performance.now();
  return new Promise((resolve) => {
    const end = (status: number): void => resolve({ status, ms: performance.now() - started });
    const calling = request(`${url}/hooks/sandbox/${accountId}`, {
      agent,
      method: 'POST',
      headers: { ...signAsSandbox(body, signing), [sentHeader]: nowMs().toFixed(2) },
    });
    calling.on('error', () => end(0));
    calling.on('response', (answer) => {
      answer.resume().once('end', () => end(answer.statusCode ?? 0));
    });
    calling.end(body);
  });
}
