import { drawPicture } from '#main/sandbox-carrier/draw-picture.ts';
import {
  apiKey,
  apiSecret,
  applicationId,
  ours,
  privateKey,
  signatureSecret,
} from '#test/carriers/vonage-account.ts';
import { VonageCarrier } from '#test/carriers/vonage-carrier.ts';
import { signWebhook } from '#test/carriers/vonage-signing.ts';

import { type CarrierAtWork, addressOf, forger, forgersText } from './carrier-at-work.ts';

const failing = '15550100102';

/** Vonage by its Messages API: signs a token over the body, tells by itself, lists texts with their words. */
export async function vonageAtWork(): Promise<CarrierAtWork> {
  const carrier = await VonageCarrier.start();
  const { book, callbacks } = carrier;
  book.fates.set(failing, { kind: 'tell', statuses: [['submitted'], ['undeliverable', '1220']] });
  return {
    provider: 'vonage',
    apiUrl: carrier.url,
    credentials: { apiKey, apiSecret, applicationId, privateKey, signatureSecret },
    ours: `+${ours}`,
    failing: { to: `+${failing}`, words: /handset unreachable/ },
    billing: { segments: 1, priceMicros: 8_500, feeMicros: null, currency: 'EUR' },
    listsTextsIn: 'with words',
    listsPictures: false,
    listsTextsOut: true,
    signs: true,
    signsUrl: false,
    point(hooks) {
      const hook = (purpose: 'messages' | 'receipts') => ({
        address: addressOf(hooks, purpose),
        http_method: 'POST',
      });
      const { messages } = book.application.capabilities;
      if (messages !== undefined)
        messages.webhooks = { inbound_url: hook('messages'), status_url: hook('receipts') };
    },
    takenFor: async (to) =>
      book.texts
        .filter((each) => each.direction === 'outbound' && each.to === to.slice(1))
        .map(({ id }) => id),
    report: async () => undefined,
    async receive(what) {
      const from = '15550100305';
      const picture = what === 'text' ? null : drawPicture('vonage');
      const text = what === 'text' ? 'Grüße 👋' : 'The menu';
      const provider = picture === null ? 'sms' : 'mms';
      const common = { product: 'MESSAGES', direction: 'inbound', clientRef: '' } as const;
      const { id } = book.book({ ...common, provider, from, to: ours, text, price: '0.00000000' });
      if (picture !== null) book.media.set('/v3/media/menu', picture);
      const image = { url: `${carrier.url}/v3/media/menu`, caption: text };
      const said = picture === null ? { text } : { channel: 'mms', message_type: 'image', image };
      await callbacks.receive({ message_uuid: id, ...said }, from);
      return { from: `+${from}`, text, picture };
    },
    makeUp(_url, by) {
      const body = JSON.stringify({
        message_uuid: '66666666-0000-4000-8000-000000000666',
        channel: 'sms',
        message_type: 'text',
        from: forger.slice(1),
        to: ours,
        timestamp: new Date().toISOString(),
        text: forgersText,
      });
      const secret = by === 'carrier' ? signatureSecret : 'the secret of a forger, long enough';
      const authorization = signWebhook(Buffer.from(body), { at: Date.now(), secret });
      return { headers: { 'content-type': 'application/json', authorization }, body };
    },
    [Symbol.asyncDispose]: () => carrier[Symbol.asyncDispose](),
  };
}
