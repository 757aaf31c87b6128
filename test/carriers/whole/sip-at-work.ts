import { SipCarrier } from '#test/carriers/sip-carrier.ts';
import { credentialsFor, ours } from '#test/contract/sip-desk.ts';

import type { SessionAtWork } from './session-at-work.ts';

/** A SIP trunk over TCP: texts are MESSAGE requests, and nothing is told of what became of them. */
export async function sipAtWork(): Promise<SessionAtWork> {
  const carrier = await SipCarrier.start();
  let last: Buffer | null = null;
  return {
    provider: 'sip-message',
    apiUrl: null,
    credentials: credentialsFor(carrier, 'tcp'),
    ours,
    endsAt: 'accepted',
    complaints: () => carrier.complaints,
    sessions: () => carrier.bindings.all().length,
    takenFor: (to) =>
      carrier.taken
        .filter((each) => to.endsWith(each.to.replace('+', '')))
        .map(({ message }) => message.body.toString()),
    takeInSilence: () => void carrier.whims.MESSAGE.push({ taken: true, status: null }),
    cut: () => carrier.cut(),
    report: async () => undefined,
    async receive(text) {
      const from = '+15550100308';
      last = carrier.deliver({ from, text });
      return { from, text, picture: null };
    },
    async tellAgain() {
      if (last !== null) carrier.deliver({ again: last });
    },
    [Symbol.asyncDispose]: () => carrier[Symbol.asyncDispose](),
  };
}
