import type { Message } from '#test/carriers/smsc-message.ts';
import { textsTaken } from '#test/carriers/smsc-reading.ts';
import { Smsc } from '#test/carriers/smsc.ts';
import { ours } from '#test/contract/smpp-desk.ts';

import type { SessionAtWork } from './session-at-work.ts';

const line = ours.slice(1);

/** A message centre that allows one bind, and tells by receipts what became of a text. */
export async function smppAtWork(): Promise<SessionAtWork> {
  const smsc = await Smsc.start();
  smsc.manners.mostBinds = 1;
  const usual = (_: unknown, count: number) => ({ kind: 'take', id: `A${count}` }) as const;
  smsc.manners.submit = usual;
  let last: Message | null = null;
  const isTo = (to: string, { dest }: { readonly dest: string }): boolean => to.endsWith(dest);
  return {
    provider: 'smpp',
    apiUrl: null,
    credentials: smsc.credentials,
    ours,
    endsAt: 'delivered',
    complaints: () => smsc.breaches,
    sessions: () => smsc.boundCount,
    takenFor: (to) => textsTaken({ submits: smsc.submits.filter((each) => isTo(to, each)) }),
    takeInSilence() {
      smsc.manners.submit = () => {
        smsc.manners.submit = usual;
        return { kind: 'silent', taken: true };
      };
    },
    async report(to) {
      for (const [index, submit] of smsc.submits.entries()) {
        const text = `id:A${index + 1} stat:DELIVRD err:000`;
        if (isTo(to, submit))
          await smsc.deliver({ from: to.slice(1), to: line, esmClass: 0x04, text });
      }
    },
    cut: () => smsc.cut(),
    async receive(text) {
      last = { from: '15550100309', to: line, text, dataCoding: 8 };
      await smsc.deliver(last);
      return { from: `+${last.from}`, text, picture: null };
    },
    async tellAgain() {
      if (last !== null) await smsc.deliver(last);
    },
    [Symbol.asyncDispose]: () => smsc[Symbol.asyncDispose](),
  };
}
