import { AcrobitsServer } from '#test/carriers/acrobits-server.ts';
import { ours } from '#test/carriers/generic-account.ts';
import { byAcrobits } from '#test/contract/generic-desk.ts';

import type { CarrierAtWork } from './carrier-at-work.ts';

/** A server of Acrobits' contract: it calls nobody, and tells of no receipts; texts are fetched. */
export async function acrobitsAtWork(): Promise<CarrierAtWork> {
  const server = await AcrobitsServer.start();
  return {
    provider: 'generic-http',
    apiUrl: server.url,
    credentials: byAcrobits,
    ours,
    failing: { to: '+15550100104', words: /./ },
    billing: null,
    listsTextsIn: 'with words',
    listsPictures: false,
    listsTextsOut: true,
    signs: false,
    signsUrl: false,
    point: () => undefined,
    takenFor: async (to) =>
      server.book.taken.filter((each) => to.endsWith(each.to.slice(-10))).map(({ id }) => id),
    report: async () => undefined,
    async receive() {
      const { peer, text } = server.receive({ peer: '15550100307', text: 'Grüße 👋' });
      return { from: `+${peer}`, text, picture: null };
    },
    makeUp() {
      throw new Error('nobody calls');
    },
    [Symbol.asyncDispose]: () => server[Symbol.asyncDispose](),
  };
}
