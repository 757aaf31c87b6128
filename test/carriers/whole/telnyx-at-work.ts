import { keyFrom, ours, profileId, publicHalf } from '#test/carriers/telnyx-account.ts';
import { TelnyxCarrier } from '#test/carriers/telnyx-carrier.ts';
import { signAsTelnyx } from '#test/carriers/telnyx-webhooks.ts';

import { type CarrierAtWork, addressOf, forger, forgersText } from './carrier-at-work.ts';

const failing = '+15550100102';
const secret = 'the signing key';

/** Telnyx: signs the body with its key, lists texts with their words, tells the price in receipts. */
export async function telnyxAtWork(): Promise<CarrierAtWork> {
  const carrier = await TelnyxCarrier.start({ apiKey: 'KEY0123456789_whole', secret });
  const { account } = carrier;
  const jpeg = new Uint8Array(await (await fetch(`${carrier.url}/media/cat.jpg`)).arrayBuffer());
  return {
    provider: 'telnyx',
    apiUrl: carrier.url,
    credentials: { apiKey: account.apiKey, publicKey: publicHalf(keyFrom(secret)) },
    ours,
    failing: { to: failing, words: /handset unreachable/ },
    billing: { segments: 1, priceMicros: 4_000, feeMicros: 3_000, currency: 'USD' },
    listsTextsIn: 'with words',
    listsPictures: true,
    listsTextsOut: true,
    signs: true,
    signsUrl: false,
    point(hooks) {
      const profile = account.profiles.get(profileId);
      if (profile !== undefined) profile.webhook_url = addressOf(hooks, 'messages');
    },
    takenFor: async (to) =>
      [...account.messages.values()]
        .filter((each) => each.direction === 'outbound' && each.to[0]?.phone_number === to)
        .map(({ id }) => id),
    async report(id) {
      const isLost = account.messages.get(id)?.to[0]?.phone_number === failing;
      const errors = [{ code: '40008', title: 'Undeliverable' }];
      carrier.advance(id, 'sent');
      if (isLost) carrier.advance(id, 'delivery_failed', { errors });
      else carrier.advance(id, 'delivered');
      await carrier.webhooks.settled();
    },
    async receive(what) {
      const from = '+15550100301';
      const media = [{ url: `${carrier.url}/media/cat.jpg`, content_type: 'image/jpeg' }];
      const text = what === 'text' ? 'Grüße 👋' : null;
      carrier.receive({ from, to: ours, text, media: what === 'text' ? [] : media });
      await carrier.webhooks.settled();
      return { from, text: text ?? '', picture: what === 'text' ? null : jpeg };
    },
    makeUp(_url, by) {
      const payload = {
        record_type: 'message',
        id: '33333333-0000-4000-8000-000000000666',
        direction: 'inbound',
        type: 'SMS',
        from: { phone_number: forger },
        to: [{ phone_number: ours }],
        text: forgersText,
        media: [],
      };
      const body = JSON.stringify({
        data: {
          record_type: 'event',
          event_type: 'message.received',
          id: '22222222-0000-4000-8000-000000000666',
          occurred_at: new Date().toISOString(),
          payload,
        },
      });
      const key = keyFrom(by === 'carrier' ? secret : 'another key');
      const signed = signAsTelnyx(key, { body: Buffer.from(body), at: Date.now() });
      return { headers: { 'content-type': 'application/json', ...signed }, body };
    },
    [Symbol.asyncDispose]: () => carrier[Symbol.asyncDispose](),
  };
}
