import { drawPicture } from '#main/sandbox-carrier/draw-picture.ts';
import { ours } from '#test/carriers/generic-account.ts';
import { GenericCarrier } from '#test/carriers/generic-carrier.ts';
import { type HookSigning, signHook } from '#test/carriers/generic-hooks.ts';
import { inJson, webhookSecret } from '#test/contract/generic-desk.ts';

import { type CarrierAtWork, addressOf, forger, forgersText } from './carrier-at-work.ts';

const failing = '+15550100102';
const signing: HookSigning = {
  secret: webhookSecret,
  header: 'x-signature',
  algorithm: 'sha256',
  encoding: 'hex',
  timestampHeader: 'x-timestamp',
};
const received = (text: object): object => ({
  type: 'text.received',
  at: new Date().toISOString(),
  text,
});

/** A carrier described by templates: its address holds a secret, it signs besides, and it lists nothing. */
export async function genericHttpAtWork(): Promise<CarrierAtWork> {
  const carrier = await GenericCarrier.start();
  carrier.signing = signing;
  const { taken } = carrier.book;
  let texts = 0;
  return {
    provider: 'generic-http',
    apiUrl: carrier.url,
    credentials: inJson,
    ours,
    failing: { to: failing, words: /landline/ },
    billing: null,
    listsTextsIn: 'not at all',
    listsPictures: false,
    listsTextsOut: false,
    signs: true,
    signsUrl: false,
    point(hooks) {
      carrier.hookUrl = addressOf(hooks, 'messages');
    },
    takenFor: async (to) =>
      taken.filter((each) => to.endsWith(each.to.replace('+', ''))).map(({ id }) => id),
    async report(id) {
      const text = taken.find((each) => each.id === id);
      const told = { type: 'text.status', id, reference: text?.reference };
      const isLost = failing.endsWith(text?.to.replace('+', '') ?? '');
      const end = isLost
        ? { status: 'failed', error: { code: 4_001, words: 'a landline' } }
        : { status: 'delivered' };
      const url = text?.receiptUrl ?? null;
      await carrier.tell({ ...told, at: new Date().toISOString(), status: 'sent' }, url);
      await carrier.tell({ ...told, at: new Date().toISOString(), ...end }, url);
    },
    async receive(what) {
      const from = '+15550100306';
      const picture = what === 'text' ? null : drawPicture('generic');
      if (picture !== null) carrier.files.set('menu', picture);
      texts += 1;
      const words = what === 'text' ? 'Grüße 👋' : 'The menu';
      const files = picture === null ? [] : [{ url: `${carrier.url}/files/menu` }];
      const sides = { sender: from.slice(1), recipient: ours };
      await carrier.tell(received({ id: 9_000 + texts, ...sides, words, files }));
      return { from, text: words, picture };
    },
    makeUp(_url, by) {
      const text = { id: 666, sender: forger, recipient: ours, words: forgersText };
      const body = JSON.stringify(received(text));
      const secret = by === 'carrier' ? webhookSecret : 'the secret of a forger';
      const signed = signHook({ ...signing, secret }, Buffer.from(body), Date.now());
      return { headers: { 'content-type': 'application/json', ...signed }, body };
    },
    [Symbol.asyncDispose]: () => carrier[Symbol.asyncDispose](),
  };
}
