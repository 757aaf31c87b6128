import { describe, expect, test } from 'vitest';

import { listConsent } from '#main/history/consent-ledger.ts';
import { savePolicy } from '#main/history/line-policies.ts';
import { verifyConsent } from '#main/history/verify-consent.ts';
import { usualPolicy } from '#shared/compliance/line-policy.ts';
import { ConsentRoad } from '#test/fakes/consent-road.ts';
import { sends, unsent } from '#test/fakes/outbound-road.ts';
import { peerNumber } from '#test/fakes/write-history.ts';

const confirmation =
  'Front desk: You are opted out and will get no more texts from us. Reply START to opt in again.';
const help = 'Front desk: For help, reply here or call this number. Reply STOP to opt out.';

describe('STOP', () => {
  test('locks the number, cancels what waits, and is confirmed once', async () => {
    const consent = new ConsentRoad();
    await consent.hears('Hi');
    consent.road.carrier.onSend = () => unsent(3_600_000);
    await sends(consent.road, { text: 'One' });
    await sends(consent.road, { text: 'Two' });
    consent.road.carrier.onSend = () => ({ kind: 'accepted', providerMessageId: 'c' });
    await consent.hears('Stop.');
    expect(consent.lines()).toEqual([
      '< Hi',
      '> One [failed]',
      '> Two [failed]',
      '< Stop.',
      '* Opted out by customer ("Stop."). 2 pending texts cancelled.',
      `> ${confirmation} [accepted]`,
    ]);
    await consent.hears('STOP');
    expect(consent.sent.filter((text) => text === confirmation)).toHaveLength(1);
    await expect(sends(consent.road, { text: 'Three' })).rejects.toMatchObject({
      failure: { message: expect.stringContaining('opted out') },
    });
    expect(verifyConsent(consent.road.db)).toEqual([]);
    expect(consent.road.toldAs('consent.changed')).toContainEqual({ number: peerNumber(0) });
  });

  test('also holds for a text that another line would send, and not for other people', async () => {
    const consent = new ConsentRoad();
    await consent.hears('Hi', { peer: 1 });
    await consent.hears('unsubscribe');
    await sends(consent.road, { text: 'To another', peer: 1 });
    expect(consent.sent).toContain('To another');
  });

  test.each([
    ['STOP', 0],
    ['stop please', 1],
  ])('%s is confirmed %i times where the carrier confirms STOP by itself', async (text, times) => {
    const consent = new ConsentRoad({ capabilities: { confirmsOptOut: ['STOP'] } });
    await consent.hears(text);
    expect(consent.sent).toEqual(Array.from({ length: times }, () => confirmation));
  });

  test('that was heard of late is obeyed, and not confirmed any more', async () => {
    const consent = new ConsentRoad();
    await consent.hears('STOP', { ago: 300_000 });
    expect(consent.lines().slice(1)).toEqual([
      '* Opted out by customer ("STOP").',
      '* The confirmation was not sent: it came more than five minutes ago.',
    ]);
    expect(consent.sent).toEqual([]);
  });

  test('told twice is one', async () => {
    const consent = new ConsentRoad();
    await consent.hears('STOP', { id: 'same' });
    await consent.hears('STOP', { id: 'same' });
    expect(listConsent(consent.road.db, peerNumber(0))).toHaveLength(1);
  });

  test('after START begins anew, and is confirmed anew', async () => {
    const consent = new ConsentRoad();
    await consent.hears('STOP');
    await consent.road.clock.advance(1_000);
    await consent.hears('START');
    await sends(consent.road, { text: 'Welcome back' });
    await consent.road.clock.advance(1_000);
    await consent.hears('STOP');
    expect(consent.sent).toEqual([confirmation, 'Welcome back', confirmation]);
  });
});

describe('START', () => {
  test.each(['START', 'unstop', 'Yes'])(
    '%s gives consent again to who was opted out',
    async (word) => {
      const consent = new ConsentRoad();
      await consent.hears('STOP');
      await consent.road.clock.advance(1_000);
      await consent.hears(word);
      expect(consent.lines().at(-1)).toBe(`* Opted in by customer ("${word}").`);
    },
  );

  test('is answered where the line says so', async () => {
    const consent = new ConsentRoad();
    const { db, line } = consent.road;
    savePolicy(db, line.id, { ...usualPolicy, optInText: 'Welcome back to us.' });
    await consent.hears('STOP');
    await consent.road.clock.advance(1_000);
    await consent.hears('START');
    expect(consent.sent).toEqual([confirmation, 'Welcome back to us.']);
  });

  test('"Yes" of somebody who was neither opted out nor asked means nothing', async () => {
    const consent = new ConsentRoad();
    await consent.hears('Yes');
    const { consent: known } = await consent.handlers['consent.get']({
      threadId: consent.threadOf(),
      asOf: null,
    });
    expect(known.standing).toBe('none');
    expect(consent.lines()).toEqual(['< Yes']);
  });
});

describe('HELP', () => {
  test('is answered, to who is opted out as well, and at most once an hour', async () => {
    const consent = new ConsentRoad();
    await consent.hears('STOP');
    await consent.hears('help');
    await consent.hears('HELP');
    await consent.road.clock.advance(3_600_000);
    await consent.hears('Info');
    expect(consent.sent).toEqual([confirmation, help, help]);
  });

  test('is answered with the words of the line', async () => {
    const consent = new ConsentRoad();
    const { db, line } = consent.road;
    savePolicy(db, line.id, { ...usualPolicy, helpText: 'Acme: call 555 0100.' });
    await consent.hears('HELP');
    expect(consent.sent).toEqual(['Acme: call 555 0100.']);
  });
});
