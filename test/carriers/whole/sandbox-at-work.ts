import { createHmac } from 'node:crypto';

import { drawPicture } from '#main/sandbox-carrier/draw-picture.ts';
import { quote } from '#main/sandbox-carrier/plan-aftermath.ts';
import { idOf } from '#main/sandbox-carrier/seeded-chance.ts';
import { startSandboxCarrier } from '#main/sandbox-carrier/start-sandbox-carrier.ts';
import type { Clock } from '#shared/contract/clock.ts';
import { ours, sandboxOptions, webhookSecret } from '#test/fakes/sandbox-desk.ts';

import { type CarrierAtWork, addressOf, forger, forgersText } from './carrier-at-work.ts';

/** Somebody who answers a text with words that nobody answers by itself, and somebody who answers with a picture. */
const friendly = '+15550190100';
const photographer = ['+15550100109', 'Here is the picture.'] as const;

/** The sandbox: signs the body and a time, tells by itself, and lists only what went out. */
export async function sandboxAtWork(clock: Clock): Promise<CarrierAtWork> {
  const options = sandboxOptions({ clock });
  const carrier = await startSandboxCarrier(options);
  const { apiKey } = options.account;
  const authorization = `Bearer ${apiKey}`;
  let [texts, turn] = [0, 0];
  const answerOfFriendly = (): string => {
    const sent = { from: ours, to: friendly, text: 'Hi', files: [], turn };
    turn += 1;
    return quote(sent, options.seed);
  };
  const ask = async (path: string, init: RequestInit = {}): Promise<unknown> =>
    (await fetch(carrier.url + path, { ...init, headers: { authorization } })).json();
  return {
    provider: 'sandbox',
    apiUrl: carrier.url,
    credentials: { apiKey, webhookSecret },
    ours,
    failing: { to: '+15550100102', words: /handset unreachable/ },
    billing: null,
    listsTextsIn: 'not at all',
    listsPictures: false,
    listsTextsOut: true,
    signs: true,
    signsUrl: false,
    point: (hooks) => carrier.setWebhookUrl(addressOf(hooks, 'messages')),
    async takenFor(to) {
      const list = await ask(`/v1/messages?to=${encodeURIComponent(to)}`);
      return (list as { data: { id: string }[] }).data.map(({ id }) => id);
    },
    report: async () => undefined,
    async receive(what) {
      const [from, text] = what === 'text' ? [friendly, answerOfFriendly()] : photographer;
      texts += 1;
      const body = { from: ours, to: from, text: 'Hi', reference: `from elsewhere ${texts}` };
      const sent = await ask('/v1/messages', { method: 'POST', body: JSON.stringify(body) });
      const file = `${idOf('pic', (sent as { id: string }).id)}.png`;
      return { from, text, picture: what === 'text' ? null : drawPicture(file) };
    },
    makeUp(_url, by) {
      const message = { id: 'msg_forged', from: forger, to: ours, text: forgersText };
      const body = JSON.stringify({
        id: 'evt_forged',
        type: 'message.received',
        account_id: options.account.id,
        occurred_at: new Date(clock.now()).toISOString(),
        message: { ...message, media: [], part: null },
      });
      const timestamp = String(Math.floor(clock.now() / 1_000));
      const secret = by === 'carrier' ? webhookSecret : 'the secret of a forger';
      const signature = createHmac('sha256', secret).update(`${timestamp}.${body}`).digest('hex');
      const signed = { 'x-sandbox-timestamp': timestamp, 'x-sandbox-signature': signature };
      return { headers: { 'content-type': 'application/json', ...signed }, body };
    },
    [Symbol.asyncDispose]: () => carrier.stop(),
  };
}
