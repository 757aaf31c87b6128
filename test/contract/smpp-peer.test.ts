import fc from 'fast-check';
import smpp, { type Fields, type Pdu } from 'smpp';
import { describe, expect, test } from 'vitest';

import { analyzeText } from '#shared/text/analyze-text.ts';

import { SmppDesk, ours, theirs } from './smpp-desk.ts';
import { SmppPeer } from './smpp-peer.ts';

/* Node's own smpp library as a judge: it was written by others, for both sides. */

const gsm =
  '@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !"#¤%&\'()*+,-./0123456789:;<=>?¡ABCXYZÄÖÑÜ§¿abcxyzäöñüà';
const extension = '^{}[]~|€\\';
const pieces = fc.oneof(
  { weight: 6, arbitrary: fc.constantFrom(...gsm) },
  { weight: 2, arbitrary: fc.constantFrom(...extension) },
);
const inGsm = fc.string({ unit: pieces, minLength: 1, maxLength: 500 });
const inUnicode = fc.string({ unit: 'binary', minLength: 1, maxLength: 250 });
const texts = fc.oneof(inGsm, inUnicode, fc.string({ minLength: 1, maxLength: 200 }));
const latin1 = Array.from({ length: 0x5f + 0x60 }, (_, index) =>
  String.fromCharCode(index < 0x5f ? 0x20 + index : 0xa0 + index - 0x5f),
);
const inLatin1 = fc.string({ unit: fc.constantFrom(...latin1), minLength: 1, maxLength: 400 });

/** What the peer makes of the parts it took, in the order of their places. */
function joined(taken: readonly Pdu[]): string {
  const placeOf = (pdu: Pdu): number =>
    pdu.short_message.udh?.[0]?.at(-1) ?? pdu.sar_segment_seqnum ?? 0;
  return taken
    .toSorted((a, b) => placeOf(a) - placeOf(b))
    .map((pdu) => pdu.message_payload?.message ?? pdu.short_message.message)
    .join('');
}

async function sendAll(
  texts: readonly string[],
  profile: Readonly<Record<string, string>>,
): Promise<void> {
  await using peer = await SmppPeer.start();
  await using desk = await SmppDesk.bound({ ...peer.credentials, ...profile });
  for (const text of texts) {
    peer.taken.length = 0;
    const outcome = await desk.send({ text });
    expect(outcome).toMatchObject({ kind: 'accepted' });
    expect(joined(peer.taken)).toBe(text);
    for (const { source_addr, destination_addr } of peer.taken)
      expect([source_addr, destination_addr]).toEqual(['15550100001', '15550100002']);
  }
}

describe('what the peer decodes is what was meant', () => {
  test.each(['udh', 'udh-16', 'sar', 'payload'])('by %s', async (longMode) => {
    await sendAll(fc.sample(texts, 150), { longMode });
  });

  test('by parts that are as many as were counted', async () => {
    await using peer = await SmppPeer.start();
    await using desk = await SmppDesk.bound(peer.credentials);
    for (const text of fc.sample(texts, 60)) {
      peer.taken.length = 0;
      await desk.send({ text });
      expect(peer.taken).toHaveLength(analyzeText(text).segments.length);
    }
  });

  test('where its default alphabet is Latin-1', async () => {
    smpp.encodings.default = 'LATIN1';
    try {
      const some = [...fc.sample(inLatin1, 80), ...fc.sample(inUnicode, 40), '10 €'];
      await sendAll(some, { alphabet: 'latin-1' });
    } finally {
      smpp.encodings.default = 'ASCII';
    }
  });
});

/** The same text as one message or several, as the peer is asked to send it. */
function asFields(
  text: string,
  how: { coding: number; sar: boolean; reference: number },
): Fields[] {
  const { coding, sar, reference } = how;
  const { segments } = analyzeText(text, {
    limits: {
      alphabet: 'gsm-7',
      gsm7: { single: 160, multi: 150 },
      ucs2: { single: 70, multi: 66 },
    },
  });
  const total = segments.length;
  return segments.map(({ text: message }, index) => {
    if (total === 1) return { data_coding: coding, short_message: message };
    if (sar)
      return {
        data_coding: coding,
        short_message: message,
        sar_msg_ref_num: reference,
        sar_total_segments: total,
        sar_segment_seqnum: index + 1,
      };
    const udh = Buffer.of(5, 0, 3, reference & 0xff, total, index + 1);
    return { data_coding: coding, short_message: { udh, message } };
  });
}

async function deliverAll(some: readonly string[], coding: (text: string) => number) {
  await using peer = await SmppPeer.start();
  await using desk = await SmppDesk.bound(peer.credentials);
  for (const [index, text] of some.entries()) {
    desk.road.arrivals.length = 0;
    const how = { coding: coding(text), sar: index % 2 === 0, reference: index };
    for (const fields of asFields(text, how)) expect(await peer.deliver(fields)).toBe(0);
    const read = desk.events.flatMap((event) => (event.kind === 'text-received' ? [event] : []));
    expect(read.map((each) => each.text).join('')).toBe(text);
    for (const { from, to, part } of read) {
      expect([from, to]).toEqual([theirs, ours]);
      expect(part?.total ?? 1).toBe(read.length);
      expect(part?.reference ?? index).toBe(how.sar ? index : index & 0xff);
    }
    expect(read.map(({ part }) => part?.sequence ?? 1)).toEqual(read.map((_, at) => at + 1));
  }
}

describe('what the peer sends is read as it was meant', () => {
  const codingOf = (text: string) => (analyzeText(text).encoding === 'GSM-7' ? 0 : 8);

  test('in the default alphabet and in UCS-2, by header and by parameters', async () => {
    await deliverAll(fc.sample(texts, 250), codingOf);
  });

  test('in Latin-1', async () => {
    await using peer = await SmppPeer.start();
    await using desk = await SmppDesk.bound(peer.credentials);
    for (const text of fc.sample(inLatin1, 100).map((each) => each.slice(0, 140))) {
      desk.road.arrivals.length = 0;
      await peer.deliver({ data_coding: 3, short_message: text });
      expect(desk.events).toMatchObject([{ text }]);
    }
  });

  test.each(['deliver_sm', 'data_sm'] as const)('in message_payload by %s', async (command) => {
    await using peer = await SmppPeer.start();
    await using desk = await SmppDesk.bound(peer.credentials);
    for (const text of fc.sample(texts, 60)) {
      desk.road.arrivals.length = 0;
      const fields = { data_coding: codingOf(text), message_payload: text };
      expect(await peer.deliver(fields, command)).toBe(0);
      expect(desk.events).toMatchObject([{ text }]);
    }
  });

  test('receipts by parameters and by words, with ids in hex', async () => {
    await using peer = await SmppPeer.start();
    peer.answer = (_pdu, count) => ({ message_id: (0xabc00 + count).toString(16) });
    await using desk = await SmppDesk.bound({ ...peer.credentials, idFormat: 'hex-then-decimal' });
    const outcomes = [await desk.send(), await desk.send()];
    const given = outcomes.map((each) => each.kind === 'accepted' && each.providerMessageId);
    await peer.deliver({
      esm_class: 4,
      receipted_message_id: String(0xabc01),
      message_state: 2,
      network_error_code: Buffer.of(3, 0, 0),
    });
    await peer.deliver({
      esm_class: 4,
      short_message: `id:${0xabc02} sub:001 dlvrd:000 submit date:2601011400 done date:2601011401 stat:UNDELIV err:011 text:Hello`,
    });
    expect(desk.events).toMatchObject([
      { providerMessageId: given[0], state: 'delivered', failure: null },
      { providerMessageId: given[1], state: 'failed', failure: { raw: 'UNDELIV err:011' } },
    ]);
  });
});

describe('the peer', () => {
  test('asks us, and is answered', async () => {
    await using peer = await SmppPeer.start();
    await using desk = await SmppDesk.bound(peer.credentials, { enquireEvery: 30 });
    const answered = new Promise<Pdu>((resolve) => peer.session.enquire_link(resolve));
    expect(await answered).toMatchObject({ command: 'enquire_link_resp', command_status: 0 });
    const goodbye = new Promise<Pdu>((resolve) => peer.session.unbind(resolve));
    expect(await goodbye).toMatchObject({ command: 'unbind_resp', command_status: 0 });
    await expect.poll(() => desk.road.states.length).toBeGreaterThan(3);
    await desk.isOk();
  });

  test('throttles, answers late and not at all', async () => {
    await using peer = await SmppPeer.start();
    peer.answer = async (_pdu, count) => {
      if (count === 1) return { command_status: 0x58 };
      if (count === 2) await new Promise((resolve) => setTimeout(resolve, 200));
      return count === 3 ? null : { message_id: String(count) };
    };
    await using desk = await SmppDesk.bound(peer.credentials, { answer: 400 });
    expect(await desk.send()).toMatchObject({ kind: 'unsent', failure: { kind: 'rate-limited' } });
    expect(await desk.send()).toEqual({ kind: 'accepted', providerMessageId: '2' });
    expect(await desk.send()).toMatchObject({ kind: 'unknown' });
    expect(await desk.send()).toEqual({ kind: 'accepted', providerMessageId: '4' });
  });
});
