import { setTimeout as pause } from 'node:timers/promises';

import { SipCarrier } from '#test/carriers/sip-carrier.ts';
import { credentialsFor, ours } from '#test/contract/sip-desk.ts';

import type { SessionAtWork } from './session-at-work.ts';

/** A SIP trunk over TCP: texts are MESSAGE requests, and nothing is told of what became of them. */
export async function sipAtWork(): Promise<SessionAtWork> {
  const carrier = await SipCarrier.start();
  return {
    provider: 'sip-message',
    apiUrl: null,
    credentials: credentialsFor(carrier, 'tcp'),
    ours,
    endsAt: 'accepted',
    sessions: () => carrier.bindings.all().length,
    takenFor: (to) =>
      carrier.taken
        .filter((each) => to.endsWith(each.to.replace('+', '')))
        .map(({ message }) => message.body.toString()),
    takeInSilence: () => void carrier.whims.MESSAGE.push({ taken: true, status: null }),
    cut: () => carrier.cut(),
    async receive(text, times) {
      const from = '+15550100308';
      let again: Buffer | undefined;
      for (let time = 0; time < times; time += 1) {
        again = carrier.deliver({ from, text, ...(again === undefined ? {} : { again }) });
        await pause(50);
      }
      return { from, text, picture: null };
    },
    [Symbol.asyncDispose]: () => carrier[Symbol.asyncDispose](),
  };
}
