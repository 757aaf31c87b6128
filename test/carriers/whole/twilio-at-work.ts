import { drawPicture } from '#main/sandbox-carrier/draw-picture.ts';
import { TwilioCarrier } from '#test/carriers/twilio-carrier.ts';
import { signHook } from '#test/carriers/twilio-hooks.ts';

import { type CarrierAtWork, addressOf, forger, forgersText } from './carrier-at-work.ts';

const ours = '+15550100001';
const failing = '+15550100102';

/** Twilio: signs the address it calls and the form it posts, lists texts with their words, tells the price in its list alone. */
export async function twilioAtWork(): Promise<CarrierAtWork> {
  const carrier = await TwilioCarrier.start({ storesApart: false });
  const { account } = carrier;
  const number = account.addNumber(ours);
  const [token = ''] = account.tokens;
  return {
    provider: 'twilio',
    apiUrl: carrier.url,
    credentials: { accountSid: account.sid, authToken: token },
    ours,
    failing: { to: failing, words: /handset unreachable/ },
    billing: { segments: 1, priceMicros: 7_900, feeMicros: null, currency: 'USD' },
    listsTextsIn: 'with words',
    listsPictures: true,
    listsTextsOut: true,
    signs: true,
    signsUrl: true,
    point(hooks) {
      number.smsUrl = addressOf(hooks, 'messages');
      number.statusCallback = addressOf(hooks, 'calls');
    },
    takenFor: async (to) =>
      account.messages
        .filter((row) => row.direction === 'outbound-api' && row.to === to)
        .map(({ sid }) => sid),
    async report(sid) {
      const isLost = account.messages.find((row) => row.sid === sid)?.to === failing;
      const end = isLost
        ? ({ status: 'undelivered', error: [30_003, 'Unreachable destination handset'] } as const)
        : { status: 'delivered' };
      await carrier.tell(sid, [{ status: 'sent' }, end]);
    },
    async receive(what) {
      const from = '+15550100302';
      const picture = what === 'text' ? null : drawPicture('twilio');
      const media = picture === null ? [] : [{ type: 'image/png', bytes: picture }];
      const text = what === 'text' ? 'Grüße & 👍 = 100 %' : 'The menu';
      await carrier.receive({ from, to: ours, body: text, media });
      return { from, text, picture };
    },
    makeUp(url, by) {
      const fields = {
        MessageSid: `SM${'6'.repeat(32)}`,
        SmsStatus: 'received',
        AccountSid: account.sid,
        From: forger,
        To: ours,
        Body: forgersText,
        NumMedia: '0',
      };
      const body = new URLSearchParams(fields).toString();
      const key = by === 'carrier' ? token : 'f'.repeat(32);
      return { headers: signHook(key, { url, body: Buffer.from(body) }), body };
    },
    [Symbol.asyncDispose]: () => carrier[Symbol.asyncDispose](),
  };
}
