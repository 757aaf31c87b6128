import { drawPicture } from '#main/sandbox-carrier/draw-picture.ts';
import { FlowrouteCarrier } from '#test/carriers/flowroute-carrier.ts';

import { type CarrierAtWork, addressOf, forger, forgersText } from './carrier-at-work.ts';

const ours = '+15550100001';
const failing = '+15550100102';
const ends = {
  delivered: { level: 2, status: 'delivered', status_code: 1_004 },
  unreachable: { level: 2, status: 'message failed', status_code: 1_105 },
} as const;

/** Flowroute: signs nothing, so that every callback is confirmed at its API; lists texts with their words. */
export async function flowrouteAtWork(): Promise<CarrierAtWork> {
  const value = ours.slice(1);
  const number = { value, alias: null, type: 'longcode', messagingEnabled: true } as const;
  const carrier = await FlowrouteCarrier.start([number]);
  const { callbacks } = carrier.numbers;
  return {
    provider: 'flowroute',
    apiUrl: carrier.url,
    credentials: { ...carrier.keys },
    ours,
    failing: { to: failing, words: /handset unreachable/ },
    billing: { segments: 1, priceMicros: 4_000, feeMicros: 3_000, currency: 'USD' },
    listsTextsIn: 'with words',
    listsPictures: true,
    listsTextsOut: true,
    signs: false,
    signsUrl: false,
    point(hooks) {
      callbacks.set(`${value} sms_callback`, addressOf(hooks, 'messages'));
      callbacks.set(`${value} mms_callback`, addressOf(hooks, 'mms'));
      callbacks.set(`${value} sms_dlr_callback`, addressOf(hooks, 'receipts'));
      callbacks.set(`${value} mms_dlr_callback`, addressOf(hooks, 'mms-receipts'));
    },
    takenFor: async (to) =>
      carrier.records
        .filter((each) => each.direction === 'outbound' && each.to.replace('+', '') === to.slice(1))
        .map(({ id }) => id),
    async report(id) {
      const isLost = carrier.records.find((each) => each.id === id)?.to.endsWith(failing.slice(1));
      const words = { status_code_description: '' };
      await carrier.tell(id, { level: 1, status: 'smsc submit', status_code: 1_002, ...words });
      await carrier.tell(id, { ...ends[isLost === true ? 'unreachable' : 'delivered'], ...words });
    },
    async receive(what) {
      const from = '+15550100303';
      const picture = what === 'text' ? null : drawPicture('flowroute');
      if (picture !== null) carrier.media.set('menu', picture);
      const text = what === 'text' ? 'Grüße 👋' : 'The menu';
      const media = picture === null ? [] : ['menu'];
      await carrier.receive({ from: from.slice(1), to: value, body: text, media });
      return { from, text, picture };
    },
    makeUp() {
      const attributes = {
        from: forger.slice(1),
        to: value,
        body: forgersText,
        direction: 'inbound',
        is_mms: false,
        timestamp: new Date().toISOString(),
      };
      const data = { id: `mdr2-${'6'.repeat(32)}`, type: 'message', attributes };
      return {
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ data, included: [] }),
      };
    },
    [Symbol.asyncDispose]: () => carrier[Symbol.asyncDispose](),
  };
}
