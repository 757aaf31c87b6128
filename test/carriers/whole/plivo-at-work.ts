import { drawPicture } from '#main/sandbox-carrier/draw-picture.ts';
import { PlivoCarrier } from '#test/carriers/plivo-carrier.ts';

import { type CarrierAtWork, addressOf, forger, forgersText } from './carrier-at-work.ts';

const ours = '+15550100001';
const failing = '+15550100102';

/** Plivo: signs the address it calls and the form it posts; its list keeps no words. */
export async function plivoAtWork(): Promise<CarrierAtWork> {
  const number = ours.slice(1);
  const carrier = await PlivoCarrier.start([{ number, type: 'local', application: null }]);
  const isTo = (to: string, each: { readonly to: string }) => each.to === to.slice(1);
  return {
    provider: 'plivo',
    apiUrl: carrier.url,
    credentials: { authId: carrier.authId, authToken: carrier.authToken },
    ours,
    failing: { to: failing, words: /handset unreachable/ },
    billing: { segments: 1, priceMicros: 5_500, feeMicros: null, currency: 'USD' },
    listsTextsIn: 'without words',
    listsPictures: false,
    listsTextsOut: true,
    signs: true,
    signsUrl: true,
    point(hooks) {
      carrier.numbers.addApplication('1001', addressOf(hooks, 'messages'));
      carrier.numbers.find(number).application = '1001';
    },
    takenFor: async (to) =>
      carrier.messages.all
        .filter((each) => each.direction === 'outbound' && isTo(to, each))
        .map(({ uuid }) => uuid),
    async report(uuid) {
      const isLost = isTo(failing, carrier.messages.find(uuid));
      await carrier.tell(uuid, 'sent');
      if (isLost) await carrier.tell(uuid, 'undelivered', '80');
      else await carrier.tell(uuid, 'delivered');
    },
    async receive(what) {
      const from = '+15550100304';
      const picture = what === 'text' ? null : drawPicture('plivo');
      if (picture !== null) carrier.media.set('menu', picture);
      const text = what === 'text' ? 'Grüße & 👍 = 100 %' : 'The menu';
      const media = picture === null ? [] : ['menu'];
      await carrier.receive({ from: from.slice(1), to: number, text, media });
      return { from, text, picture };
    },
    makeUp(url, by) {
      const body = new URLSearchParams({
        From: forger.slice(1),
        To: number,
        Type: 'sms',
        Text: forgersText,
        MessageUUID: '66666666-0000-4000-8000-000000000666',
      }).toString();
      const token = by === 'carrier' ? carrier.authToken : 'the token of a forger';
      const type = { 'content-type': 'application/x-www-form-urlencoded' };
      return { headers: { ...type, ...carrier.sign(url, body, token) }, body };
    },
    [Symbol.asyncDispose]: () => carrier[Symbol.asyncDispose](),
  };
}
